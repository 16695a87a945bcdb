"""A Hearth of the test's own, driven as a person drives it: by the command."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hearth.cli.places import embedded_server
from way_out import free_port as found_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Hearth:
    """The command in a HEARTH_HOME of its own. What is still running at the end is stopped."""

    home: Path
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    @property
    def surroundings(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
        return {**told, "PYTHONPATH": str(ROOT / "src"), "HEARTH_HOME": str(self.home)}

    def __call__(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run it to its end."""
        return subprocess.run(
            [sys.executable, "-m", "hearth.cli", *words],
            env={**self.surroundings, **more}, capture_output=True, text=True, cwd=self.home, timeout=300,
        )  # fmt: skip

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start it and go on."""
        child = subprocess.Popen(
            [sys.executable, "-m", "hearth.cli", *words],
            env=self.surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.home,
        )  # fmt: skip
        self.started.append(child)
        return child

    def end(self) -> None:
        """End what a test has left running."""
        for child in self.started:
            child.kill()
            child.communicate()


@pytest.fixture(scope="session")
def homes() -> Iterator[Path]:
    """A folder others may enter, because PostgreSQL does not run as root; everything in it is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="hearth-cli-"))
    folder.chmod(0o755)
    yield folder
    for home in folder.glob("h*"):
        embedded_server(home).stop("immediate")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def home_of(homes: Path) -> Callable[[str], AbstractContextManager[Hearth]]:
    """Makes the command with an empty HEARTH_HOME of that name."""

    @contextmanager
    def make(name: str) -> Iterator[Hearth]:
        home = homes / f"h-{name}"
        home.mkdir()
        hearth = Hearth(home)
        yield hearth
        hearth.end()

    return make


@pytest.fixture
def hearth(homes: Path, home_of: Callable[[str], AbstractContextManager[Hearth]]) -> Iterator[Hearth]:
    """The command with an empty HEARTH_HOME."""
    with home_of(str(len(list(homes.glob("h*"))))) as hearth:
        yield hearth


@pytest.fixture
def free_port() -> int:
    """A port nobody uses now."""
    return found_port()

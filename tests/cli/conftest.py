"""A Hearth of the test's own, driven as a person drives it: by the command."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hearth.cli.places import embedded_server

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Hearth:
    """The command in a HEARTH_HOME of its own. What is still running at the end is stopped."""

    home: Path
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    @property
    def surroundings(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
        told.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's second start has its compiled modules
        told["PYTHONPYCACHEPREFIX"] = str(self.home.parent / "compiled")
        return {**told, "PYTHONPATH": str(ROOT / "src"), "HEARTH_HOME": str(self.home)}

    def __call__(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run it to its end."""
        return subprocess.run(
            [sys.executable, "-m", "hearth.cli", *words],
            env={**self.surroundings, **more}, capture_output=True, text=True, cwd=self.home, timeout=120,
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


@pytest.fixture
def hearth(homes: Path) -> Iterator[Hearth]:
    """The command with an empty HEARTH_HOME."""
    home = homes / f"h{len(list(homes.glob('h*')))}"
    home.mkdir()
    hearth = Hearth(home)
    yield hearth
    hearth.end()


@pytest.fixture
def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        return int(knock.getsockname()[1])

"""The built assets, for the tests of pages and journeys."""

import fcntl
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def hatch_build() -> ModuleType:
    """The build hook as a module; it lies beside pyproject.toml, not in the package."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def built_assets(hatch_build: ModuleType) -> Path:
    """The folder of built assets, built by whichever test worker comes first."""
    with (ROOT / ".building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        hatch_build.build(ROOT)
    return Path(ROOT, hatch_build.BUILT, hatch_build.inputs_digest(ROOT))

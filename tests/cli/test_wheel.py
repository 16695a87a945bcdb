"""The wheel holds all that runs without a clone: compiled styles, packs, templates, SQL. `uv build` builds it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

import hearth
from hearth.cli import places

ROOT = Path(__file__).resolve().parents[2]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]


def test_what_git_ignores_and_the_wheel_needs_is_named():
    """A builder leaves out what git ignores, unless it is told."""
    files = [str(path) for path in (ROOT / "src").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    told = subprocess.run(
        ["git", "check-ignore", "--stdin"], cwd=ROOT, input="\n".join(files), text=True, capture_output=True
    )
    left_out = {path for path in told.stdout.splitlines() if not path.endswith(".lock")}
    built = str(ROOT / "src/hearth/web/static/built")
    assert "src/hearth/web/static/built" in WHEEL["artifacts"]
    assert {path for path in left_out if not path.startswith(built)} == set()
    assert WHEEL["packages"] == ["src/hearth"]
    assert WHEEL["hooks"]["custom"]["path"] == "hatch_build.py", "the styles are compiled when it is built"


def test_a_pack_is_found_by_name_where_the_wheel_puts_it(tmp_path, monkeypatch):
    assert WHEEL["force-include"]["packs"] == "hearth/packs"
    package = tmp_path / "site-packages" / "hearth"
    (package / "packs" / "manchester-2025").mkdir(parents=True)
    (package / "packs" / "manchester-2025" / "pack.toml").touch()
    monkeypatch.setattr(hearth, "__file__", str(package / "__init__.py"))
    assert places.pack("manchester-2025") == package / "packs" / "manchester-2025"


@pytest.fixture
def uv():
    """The one the launcher brought into the project's own folder, or the developer's."""
    found = next(iter(sorted(ROOT.glob(".hearth/uv-*/bin/uv"))), None) or shutil.which("uv")
    assert found, "start ./hearth once: it fetches uv"
    return found


@pytest.mark.long
def test_a_wheel_that_is_built_holds_what_runs_without_a_clone(tmp_path, uv):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    locked = ["--python", sys.executable, "--build-constraints", "requirements-build.lock"]
    build = [uv, "build", "--wheel", *locked, "--out-dir", tmp_path]
    done = subprocess.run(build, cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    held = set(ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "src/hearth", "packs"], cwd=clone, capture_output=True, text=True)
    wanted = {("hearth/" + path).replace("hearth/src/hearth/", "hearth/", 1) for path in tracked.stdout.splitlines()}
    assert {"hearth/cli/__main__.py", "hearth/packs/defaults/pack.toml"} <= wanted
    assert wanted - held == set()
    built = {path for path in held if path.startswith("hearth/web/static/built/")}
    assert any(path.endswith(".css") for path in built), "the styles are compiled when it is built"
    assert any(path.endswith(".js") for path in built)

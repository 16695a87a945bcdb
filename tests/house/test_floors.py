"""The floors, rooms and doors of the house are contracts; each breaks when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from house.sources import HOUSE, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PLANTED = {
    "The floors of the house": ("ledger/planted.py", "import hearth.access.clock\n"),
    "The rooms of every app": ("access/terms.py", "import hearth.access.queries\n"),
    "Ways in reach no table": ("web/planted.py", "import hearth.access.models\n"),
    "The domain knows no page": ("access/planted.py", "import jinja2\n"),
    "Rules are plain Python": ("access/rules.py", "import django.conf\n"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What lint-imports says of a copy of the house with one wrong door in each contract."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(HOUSE, copy / "hearth", ignore=shutil.ignore_patterns("__pycache__", "node_modules", "static"))
    for name, line in PLANTED.values():
        file = copy / "hearth" / name
        file.write_text(line + (file.read_text() if file.exists() else ""))
    return lint(copy)


def lint(source: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [str(program), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_door_breaks_its_contract(broken, name):
    assert f"{name}" in broken
    said = next(line for line in broken.splitlines() if line.startswith(name))
    assert said.endswith("BROKEN")


def test_every_contract_has_a_control_and_holds():
    names = [contract["name"] for contract in CONTRACTS]
    assert [name for name in names if not any(name.startswith(planted) for planted in PLANTED)] == []
    assert "0 broken" in lint(ROOT / "src")


def test_the_plain_modules_are_all_named():
    plain = next(contract for contract in CONTRACTS if contract["name"] == "Rules are plain Python")
    wanted = {"hearth.access.rules", "hearth.policy.packs", "hearth.policy.durations", "hearth.timescales.engine"}
    there = {name for name in wanted if exists(name)}
    assert there == set(plain["source_modules"])


def exists(module: str) -> bool:
    path = ROOT / "src" / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.parametrize(
    ("where", "line", "refused"),
    [
        ("access/planted.py", "from django.http import Http404\n", True),
        ("access/planted.py", "from django.shortcuts import render\n", True),
        ("access/planted.py", "from django.db.models.signals import post_save\n", True),
        ("access/planted.py", "import procrastinate\n", True),
        ("web/planted.py", "from django.http import Http404\n", False),
    ],
)
def test_the_domain_speaks_no_http(where, line, refused):
    said = subprocess.run(
        [str(Path(sys.executable).with_name("ruff")), "check", "--select", "TID251", "--no-cache",
         "--stdin-filename", str(HOUSE / where), "-"],
        input=line, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ("TID251" in said.stdout) is refused

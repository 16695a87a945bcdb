"""A house with a few hundred invented cases, as `hearth fill` makes it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from hearth.cli.postgres import databases

ROOT = Path(__file__).resolve().parents[1]
TODAY = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}"  # what is asked of it goes back from today
CASES = "220"  # more than one stretch


def told(address: str) -> dict[str, str]:
    anchors = Path(settings.HEARTH_HOME) / f"anchors-{name_of(address)}"
    return {
        "HEARTH_DATABASE_URL": address,
        "HEARTH_KEYS": str(settings.HEARTH_KEYS),
        "HEARTH_ANCHORS": str(anchors),
        "HEARTH_HOME": str(settings.HEARTH_HOME),
    }


def fill(address: str, *words: str) -> None:
    """Run the command to its good end."""
    begun = begin_to_fill(address, *words)
    _, said = begun.communicate(timeout=300)
    assert begun.returncode == 0, said


def begin_to_fill(address: str, *words: str) -> "subprocess.Popen[str]":
    """Begin the command, to be waited for or killed."""
    command = [sys.executable, "-m", "hearth.cli", "fill", "--cases", CASES, "--today", TODAY, *words]
    surroundings = {**os.environ, **told(address), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="session")
def filled(postgres, template):
    """A house with a few hundred invented cases, made once for all who read it. Whoever writes copies it."""
    address = postgres.url("hearth_filled")
    if not databases.exists(postgres, "hearth_filled"):
        databases.create(postgres, "hearth_filled", template=template)
        fill(address)
    return address


def name_of(address: str) -> str:
    return address.split("/")[3].split("?")[0]

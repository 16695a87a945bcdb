"""A round of the jobs process, made once in a process of its own with the worker's role, on a test's own database."""

import os
import subprocess
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"


def make_round(database: str, name: str, at: str = "None") -> str:
    """What the round of that name in `hearth.jobs.rounds` answers, as text; `at` is written as Python."""
    told = {
        **os.environ, "PYTHONPATH": str(SRC), "HEARTH_DATABASE_ROLE": "worker",
        "HEARTH_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "hearth.site.settings",
    }  # fmt: skip
    words = f"import django; django.setup(); from hearth.jobs.rounds import {name} as go; print(go({at}))"
    done = subprocess.run([sys.executable, "-c", words], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()

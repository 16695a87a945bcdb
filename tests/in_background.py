"""A process of the background work, on a database of a test's own."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from waiting import LONGEST

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_A_TIMETABLE = """
import dataclasses, django
django.setup()
from hearth.jobs.rounds import ROUNDS
from hearth.jobs.worker import keep_working
keep_working([dataclasses.replace(each, cron="0 0 29 2 *") for each in ROUNDS])
"""


@contextmanager
def running(kind, database, folder, *, killed=False, has_timetable=True):
    """One jobs process on that database, stopped politely at the end, or killed.

    A worker without a timetable makes its rounds when it starts and when the database names one, and not otherwise.
    """
    told = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "HEARTH_DATABASE_ROLE": kind, "HEARTH_DATABASE_URL": database,
        "HEARTH_ANCHORS": str(folder / "anchors"), "HEARTH_EMAIL": settings.HEARTH_EMAIL,
    }  # fmt: skip
    words = ["-m", "hearth.jobs", kind] if has_timetable else ["-c", WITHOUT_A_TIMETABLE]
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen([sys.executable, *words], env=told, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
        try:
            assert child.wait(timeout=LONGEST) == (-signal.SIGKILL if killed else 0), (folder / "log").read_text()
        finally:
            child.kill()
            child.wait()

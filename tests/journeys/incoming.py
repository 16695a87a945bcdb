"""Register files on their way in, with the round of the jobs process made here."""

from pathlib import Path

from django.db import transaction
from playwright.sync_api import Page

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.terms import Viewer
from hearth.housing.imports.uploads import uploads_of, work_on
from hearth.housing.models import RegisterUpload


def jobs_do_their_round(keeper: Viewer, *, state: str) -> None:
    """What the jobs process does, as the keeper."""
    with acting_as(keeper):
        with transaction.atomic():
            (waiting,) = [row for row in uploads_of(keeper) if row.state in ("asked", "confirmed")]
            RegisterUpload.objects.filter(pk=waiting.pk).update(state=state)
        work_on(waiting.pk, at=clock.now())


def choose(page: Page, folder: Path, **files: str) -> None:
    """Choose files with these contents and let them be looked at."""
    for name, content in files.items():
        path = folder / f"{name}.csv"
        path.write_text(content, encoding="utf-8")
        page.get_by_label(name.capitalize()).set_input_files(path)
    page.get_by_role("button", name="Look at the files").click()

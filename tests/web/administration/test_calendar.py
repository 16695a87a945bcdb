"""Correcting the calendar: what would move is shown first, without telling an administrator of any record."""

import uuid
from datetime import date, timedelta

import pytest

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.ledger.models import Entry
from hearth.pathway.raising import raise_concern
from hearth.timescales.models import Clock

TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.ELSEWHERE, elsewhere="The flat over the bakery",
    noticed="planted-canary", signs=(), told_by="saw_it",
)  # fmt: skip


@pytest.fixture
def running(cast) -> Clock:
    """A promise in working days that runs for a concern."""
    with acting_as(cast.reporter):
        raise_concern(TOLD, by=cast.reporter, at=clock.now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with as_the_house():
        return Clock.objects.filter(limit__contains="working", due_day__isnull=False).order_by("due_day").first()


def correction(on: date, working: str = "no", **more: str) -> dict[str, str]:
    return {**day("day", on), "working": working, "why": "A bank holiday was proclaimed", **more}


def due_day(running: Clock) -> date:
    with as_the_house():
        return Clock.objects.get(pk=running.pk).due_day


def test_what_would_move_is_shown_then_made_and_kept_as_a_happening(browser, running: Clock) -> None:
    admin, was = browser("administrator"), due_day(running)
    shown = admin.post("/calendar", correction(was, step="look"))
    page = text(shown)
    assert "This would change" in page
    assert "Running promises that would move" in page
    assert due_day(running) == was, "looking changes nothing"
    for secret in ("planted-canary", "C-", "bakery"):
        assert secret not in page, "an administrator learns of no record"
    done = text(admin.post("/calendar", correction(was, step="confirm"), follow=True))
    assert "The calendar is corrected." in done
    assert due_day(running) > was
    with as_the_house():
        (entry,) = Entry.objects.filter(act="calendar.corrected")
        assert entry.facts == {"nation": "england", "day": was.isoformat(), "working": False}
    again = text(admin.post("/calendar", correction(was, step="look")))
    assert "It counts like that already." in again


def test_a_day_nothing_hangs_on_moves_nothing_and_errors_stand_beside_the_field(browser, running: Clock) -> None:
    admin = browser("administrator")
    far = clock.now().date() + timedelta(days=365)
    far += timedelta(days=(1 - far.weekday()) % 7)
    assert "No running promise would move." in text(admin.post("/calendar", correction(far)))
    wrong = admin.post("/calendar", {"why": "typed and kept", "step": "look"}).content.decode()
    assert "Enter the day" in wrong
    assert "Select what it is" in wrong
    assert "typed and kept" in wrong


def test_only_an_administrator_corrects_the_calendar(browser) -> None:
    for who, answer in (("administrator", 200), ("lead", 404), ("worker", 404)):
        assert browser(who).get("/calendar").status_code == answer, who

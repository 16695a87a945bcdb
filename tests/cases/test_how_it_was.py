"""Once a case is closed somebody asks the adult how it was, or writes down why that could not be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.cases.chronology import chronology
from hearth.cases.kinds import Kind
from hearth.cases.operations.afterwards import ask_how_it_was
from hearth.cases.terms import NoSuchCase, Risk, Stage
from hearth.concerns.terms import NotComplete
from hearth.pathway.closing import ask_for_closing
from hearth.policy.durations import local_day
from hearth.timescales.models import Clock
from hearth.timescales.rebuilding import check_clocks
from hearth.triage.terms import ChildThere, Limb, Limbs, SubjectKind
from walked import ENDING, OPEN, TRIAGED, owned
from web.signed_in import at_a_browser, read

CLOSED = TRIAGED + timedelta(days=20)
ASKED_AT = CLOSED + timedelta(days=14)
SAID = "You listened. The carer was changed and I sleep again."
WHY_NOT = "She does not want to be rung about it any more."
LIMBS = Limbs(
    care_needs=Limb.YES, care_needs_why="She cannot dress alone.", at_risk=Limb.YES, at_risk_why="Bruises, twice.",
    unable_to_protect=Limb.NOT_KNOWN, unable_to_protect_why="",
)  # fmt: skip
ADULT = replace(OPEN, subject=SubjectKind.ADULT, children_in_household=ChildThere.NO, limbs=LIMBS)


def closed(cast, *, at=CLOSED, **options):
    """A case about an adult, closed by whoever had it."""
    case = owned(cast, **{"judged": ADULT, "risk": Risk.STANDARD, "at": at - (CLOSED - TRIAGED), **options})
    with acting_as(cast.owner):
        ask_for_closing(cases.case_for(cast.owner, case.public_id), ENDING, by=cast.owner, at=at)
        assert cases.case_for(cast.owner, case.public_id).stage == Stage.CLOSED
        return cases.case_for(cast.owner, case.public_id)


def limit(case):
    """How the promise to ask stands: its state and the day it is due, or nothing where there is none."""
    with as_the_house():
        found = Clock.objects.filter(about_kind="case", about_id=case.pk, rule="adult.experience")
        return [(each.state, each.due_day) for each in found]


def asks(cast, case, *, said="", why_not="", on=None, by=None, at=ASKED_AT):
    by = by or cast.owner
    with acting_as(by), transaction.atomic():
        ask_how_it_was(case, said=said, why_not=why_not, on=on or local_day(at), by=by, at=at)


@pytest.mark.parametrize(
    ("told", "words", "title"),
    [
        ({"said": SAID}, SAID, "Asked how our help was for them"),
        ({"why_not": WHY_NOT}, WHY_NOT, "Could not be asked how our help was for them"),
    ],
    ids=["what she said", "why she could not be asked"],
)
def test_asking_how_it_was_keeps_the_promise_that_closing_began(cast, told, words, title):
    case = closed(cast)
    due = local_day(CLOSED + timedelta(weeks=8))
    assert limit(case) == [("running", due)]
    asks(cast, case, **told)
    assert limit(case) == [("met", due)]
    assert list(check_clocks()) == []
    with acting_as(cast.owner):
        line = chronology(cast.owner, case, what=Kind.CONTACTS)[-1]
    assert (line.title, line.by, line.words) == (title, cast.owner.name, words)


def test_it_counts_from_the_day_somebody_asked_and_never_from_before_the_closing(cast):
    case = closed(cast)
    for day, fits in ((CLOSED - timedelta(days=1), False), (ASKED_AT + timedelta(days=1), False), (CLOSED, True)):
        if fits:
            asks(cast, case, said=SAID, on=local_day(day))
            continue
        with pytest.raises(NotComplete, match="from the closing of the case to today") as problem:
            asks(cast, case, said=SAID, on=local_day(day))
        assert problem.value.field == "on"
    with as_the_house():
        kept = Clock.objects.get(about_kind="case", about_id=case.pk, rule="adult.experience")
    assert local_day(kept.stopped_at) == local_day(CLOSED)
    assert kept.stopped_at >= CLOSED


def test_one_of_both_is_written_and_the_case_is_closed(cast):
    case = closed(cast)
    for told in ({}, {"said": " "}, {"said": SAID, "why_not": WHY_NOT}):
        with pytest.raises(NotComplete, match="and not both"):
            asks(cast, case, **told)
    open_one = owned(cast, at=TRIAGED)
    with pytest.raises(NotComplete, match="once the case is closed"):
        asks(cast, open_one, said=SAID)


def test_a_case_about_a_child_promises_nothing_and_may_be_asked_about_all_the_same(cast):
    case = closed(cast, judged=OPEN)
    assert limit(case) == []
    asks(cast, case, said=SAID)
    assert limit(case) == []


def test_a_colleague_who_does_not_work_on_it_cannot_say_it(cast):
    case = closed(cast)
    with acting_as(cast.manager), pytest.raises((Refused, NoSuchCase)):
        ask_how_it_was(case, said=SAID, why_not="", on=local_day(ASKED_AT), by=cast.manager, at=ASKED_AT)
    assert limit(case)[0][0] == "running"


def test_on_the_page_an_error_stands_beside_its_question_and_keeps_what_was_typed(cast):
    case = closed(cast, at=now())
    browser, address = at_a_browser(cast.owner), f"/case/{case.public_id}/how-it-was"
    page = browser.get(f"/case/{case.public_id}")
    assert f'href="{address}"' in page.content.decode()
    assert "How it was for them" not in read(page)
    today = local_day(now())
    day = {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    wrong = browser.post(address, {"was_asked": "no", "said": SAID, "why_not": "", **day})
    assert "Write why they could not be asked" in read(wrong)
    assert SAID in read(wrong), "what was typed beside the other answer is still there"
    assert limit(case)[0][0] == "running"
    done = browser.post(address, {"was_asked": "yes", "said": SAID, "why_not": "", **day}, follow=True)
    assert "How it was for them is kept with the case." in read(done)
    assert limit(case)[0][0] == "met"
    shown = read(browser.get(f"/case/{case.public_id}"))
    assert "How it was for them Asked how our help was for them" in shown
    assert f"by {cast.owner.name}. {SAID}" in shown

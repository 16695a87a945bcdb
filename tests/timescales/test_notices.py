"""Notices: a warning, a breach, a reminder, each told once and to the right parts."""

from datetime import date, datetime
from pathlib import Path

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.policy.durations import LOCAL
from hearth.policy.packs import read_chain
from hearth.timescales.models import Clock, Notice
from hearth.timescales.moving import record_of
from hearth.timescales.notices import take_notices
from hearth.timescales.operations import adopt_policy, happened

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)


def morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=7), LOCAL)


@pytest.fixture
def case(cast):
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))
        about = record_of("case", 1, make_circle(CircleKind.CASE, by=cast.lead, at=FRIDAY))
        happened("case.opened", about=about, by=cast.lead, at=FRIDAY, facts={"risk_band": "standard"})
        happened("case.owner_changed", about=about, by=cast.lead, at=FRIDAY, facts={"owner": cast.owner.id})
        happened("case.handed_over", about=about, by=cast.lead, at=FRIDAY)
        yield about


def told(day: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.rule, each.rung, each.parts) for each in take_notices(at=morning(day))]


def test_each_rung_is_told_once_and_a_breach_to_those_the_policy_names(case, cast):
    """feature 27"""
    assert told("2026-12-04") == []
    assert told("2026-12-08") == [("case.handover", "over", ("case_manager", "lead"))]
    assert told("2026-12-08") == []
    happened("case.handover_answered", about=case, by=cast.lead, at=morning("2026-12-08"), facts={"answer": "accepted"})
    assert ("case.review", "2 working days before", ("case_manager",)) in told("2026-12-31")


def test_only_the_last_of_several_missed_moments_is_told(case):
    happens = {rule: (rung, parts) for rule, rung, parts in told("2027-03-15")}
    assert happens["case.target"] == ("1 calendar day over", ("owns_it", "lead", "case_manager"))
    with as_the_house():
        target = Clock.objects.get(rule="case.target")
        rungs = set(Notice.objects.filter(clock=target).values_list("rung", flat=True))
    assert rungs == {"4 weeks before", "2 weeks before", "over", "1 calendar day over"}
    assert target.next_notice_at is None


def test_what_has_stopped_is_told_of_no_more(case, cast):
    happened("case.support_in_place", about=case, by=cast.lead, at=morning("2026-12-10"))
    assert "case.target" not in [rule for rule, *_ in told("2027-03-15")]

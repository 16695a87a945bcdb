"""A policy is tried on what has happened before anybody adopts it, and nothing changes by trying."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.ledger.models import Entry
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, Pack, PackFiles, build, read_chain
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened
from hearth.timescales.rows import as_clock
from hearth.timescales.simulating import BLOCKED, LATE, PROMISED, simulate

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
SPRING = datetime(2027, 4, 1, tzinfo=LOCAL)
ENDED = {
    "outcome": "risk_removed",
    "wishes_answered": True,
    "change_seen": True,
    "child_decision": "safe",
    "subject": "child",
}
STRICTER = """
[pack]
title = "Stricter"
version = "2"
policy = "The same policy with a shorter target"
nation = "england"
inherits = "manchester-2025"

[[override]]
rule = "case.target"
clause = "4.1.6a"
limit = "4 weeks"

[[gate]]
id = "review.band"
act = "case.reviewed"
clause = "3.3b"
sentence = "Judge the risk anew at each review"
requires = { fact = "risk_band", present = true }
"""


def with_more(text: str) -> Pack:
    files = PackFiles("stricter", (("pack.toml", text.encode()),))
    return build(Chain((*read_chain(PACKS / "manchester-2025").packs, files)))


@pytest.fixture
def worked(cast):
    """Three cases, closed after three, six and fourteen weeks; the last is restricted."""
    with acting_as(cast.lead):
        for number, weeks in ((1, 3), (2, 6), (3, 14)):
            circle = make_circle(CircleKind.CASE, restricted=number == 3, by=cast.lead, at=FRIDAY)
            give(circle, to=cast.owner.id, part_in_it=Part.OWNS_IT, by=cast.lead, at=FRIDAY)
            case = record_of("case", number, circle)
            for act, at, facts in (
                ("case.opened", FRIDAY, {"risk_band": "standard", "subject": "child"}),
                ("case.reviewed", FRIDAY + timedelta(days=10), {}),
                ("case.closed", FRIDAY + timedelta(weeks=weeks), ENDED),
            ):
                happened(act, about=case, by=cast.lead, at=at, facts=facts)
    return cast


def figures(pack: Pack, what: str, name: str) -> tuple[int, int]:
    """How many as recorded and as tried, all months and teams together."""
    found = simulate(pack, since=FRIDAY - timedelta(days=1), until=SPRING)
    rows = [each for each in found.figures() if (each.what, each.name) == (what, name)]
    return sum(each.recorded for each in rows), sum(each.tried for each in rows)


def test_the_policy_in_force_tried_on_its_own_history_gives_exactly_what_was_recorded(worked):
    found = simulate(build(read_chain(PACKS / "manchester-2025")), since=FRIDAY - timedelta(days=1), until=SPRING)
    assert found.records == 2
    assert found.differing == 0
    assert found.recorded == found.tried
    assert found.recorded


def test_a_shorter_target_shows_which_cases_would_have_been_late(worked):
    pack = with_more(STRICTER)
    assert figures(pack, PROMISED, "case.target") == (2, 2)
    assert figures(pack, LATE, "case.target") == (0, 1)
    assert simulate(pack, since=FRIDAY - timedelta(days=1), until=SPRING).differing == 2


def test_a_new_gate_shows_what_it_would_have_stopped(worked):
    assert figures(with_more(STRICTER), BLOCKED, "review.band") == (0, 2)


def test_what_began_before_keeps_the_policy_it_began_under(worked):
    found = simulate(with_more(STRICTER), since=FRIDAY + timedelta(days=1), until=SPRING)
    late = [each for each in found.figures() if (each.what, each.name) == (LATE, "case.target")]
    assert sum(each.tried for each in late) == 0


def test_restricted_records_are_left_out_and_counted_as_left_out(worked):
    assert simulate(with_more(STRICTER), since=FRIDAY - timedelta(days=1), until=SPRING).left_out == 1


def test_trying_changes_nothing(worked):
    def everything():
        with as_the_house():
            return {as_clock(row) for row in Clock.objects.all()}, Entry.objects.count()

    before = everything()
    seen = []
    simulate(
        with_more(STRICTER), since=FRIDAY, until=SPRING, progress=lambda kind, done, of: seen.append((kind, done >= of))
    )
    assert everything() == before
    assert ("case", True) in seen

"""A policy is tried on what has happened before anybody adopts it, and nothing changes by trying."""

from datetime import timedelta

import pytest

from hearth.access.identity import as_the_house
from hearth.ledger.models import Entry
from hearth.policy.packs import Pack, build, read_chain
from hearth.timescales.models import Clock
from hearth.timescales.rows import as_clock
from hearth.timescales.simulating import BLOCKED, LATE, PROMISED, simulate
from timescales.three_cases import FRIDAY, PACKS, SPRING, STRICTER, three_cases, with_more


@pytest.fixture
def worked(cast):
    three_cases(cast.lead, cast.owner)
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
    pack = build(with_more(STRICTER))
    assert figures(pack, PROMISED, "case.target") == (2, 2)
    assert figures(pack, LATE, "case.target") == (0, 1)
    assert simulate(pack, since=FRIDAY - timedelta(days=1), until=SPRING).differing == 2


def test_a_new_gate_shows_what_it_would_have_stopped(worked):
    assert figures(build(with_more(STRICTER)), BLOCKED, "review.band") == (0, 2)


def test_what_began_before_keeps_the_policy_it_began_under(worked):
    found = simulate(build(with_more(STRICTER)), since=FRIDAY + timedelta(days=1), until=SPRING)
    late = [each for each in found.figures() if (each.what, each.name) == (LATE, "case.target")]
    assert sum(each.tried for each in late) == 0


def test_restricted_records_are_left_out_and_counted_as_left_out(worked):
    assert simulate(build(with_more(STRICTER)), since=FRIDAY - timedelta(days=1), until=SPRING).left_out == 1


def test_trying_changes_nothing(worked):
    def everything():
        with as_the_house():
            return {as_clock(row) for row in Clock.objects.all()}, Entry.objects.count()

    before = everything()
    seen = []
    simulate(
        build(with_more(STRICTER)),
        since=FRIDAY,
        until=SPRING,
        progress=lambda kind, done, of: seen.append((kind, done >= of)),
    )
    assert everything() == before
    assert ("case", True) in seen

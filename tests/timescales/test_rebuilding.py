"""Clocks rebuilt from the ledger equal those that are kept; and the check finds one that does not."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.policy.calendars import Nation
from hearth.policy.durations import LOCAL
from hearth.policy.packs import read_chain
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import adopt_policy, correct_calendar, extend, happened, pause, resume
from hearth.timescales.pack_check import check_pack
from hearth.timescales.rebuilding import check_clocks, every_stretch, ground_in_force, rebuild_clocks

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)


def later(days: float) -> datetime:
    return FRIDAY + timedelta(days=days)


@pytest.fixture
def busy(cast):
    """Two cases in which everything happened that can happen to a clock."""
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))
        for number in (1, 5003):
            circle = make_circle(CircleKind.CASE, by=cast.lead, at=FRIDAY)
            give(circle, to=cast.owner.id, part_in_it=Part.OWNS_IT, by=cast.lead, at=FRIDAY)
            live(record_of("case", number, circle), cast)
    with acting_as(cast.administrator):
        correct_calendar(
            nation=Nation.ENGLAND, day=date(2026, 12, 24), working=False, why="Given to everybody",
            by=cast.administrator, at=later(8),
        )  # fmt: skip
    return cast


def live(case, cast):
    def says(act, days, about=case, **facts):
        happened(act, about=about, by=cast.lead, at=later(days), facts=facts)

    says("case.opened", 0, risk_band="high", subject="child", concern_logged_on=date(2026, 12, 3))
    says("case.owner_changed", 0, owner=cast.owner.id)
    says("case.contact_made", 5, outcome="seen")
    says("case.contact_made", 2, outcome="spoken_to")
    says("case.risk_banded", 6, risk_band="medium")
    says("case.section_47_started", 6, strategy_discussion_on=date(2026, 12, 8), referred_on=date(2026, 12, 4))
    says("case.high_risk_recognised", 6, score=15)
    referral = record_of("referral", case.id, case.circle_id)
    says("referral.made", 6.5, referral, to="marac", subject="child", case=case.id)
    action = record_of("action", case.id, case.circle_id)
    says("action.planned", 6, action, due_on=date(2026, 12, 18), owner=cast.owner.id, case=case.id)
    says("action.moved", 7, action, due_on=date(2026, 12, 21), case=case.id)
    says("action.given", 8, action, owner=cast.worker.id, case=case.id)
    says("action.dropped", 9, action, case=case.id)
    with as_the_house():
        row = Clock.objects.get(about_kind="case", about_id=case.id, rule="case.target")
    pause(row, ground="court_order", why="Order of 11 December", by=cast.lead, at=later(7))
    resume(row, why="Order ended", by=cast.lead, at=later(12))
    extend(row, to=date(2027, 4, 30), why="Agreed", by=cast.lead, at=later(13))


def test_everything_rebuilt_from_the_ledger_is_what_is_kept(busy):
    with as_the_house():
        assert Clock.objects.count() == 20
    assert list(check_clocks()) == []
    assert rebuild_clocks() == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda row: Clock.objects.filter(pk=row.pk).update(due_at=later(1)),
            "case 5003, case.contact: differs in due",
        ),
        (lambda row: Clock.objects.filter(pk=row.pk).update(state="void"), "case 5003, case.contact: differs in state"),
        (
            lambda row: Clock.objects.filter(pk=row.pk).update(started_by_entry=1),
            "case 5003, case.contact: a promise is kept that the ledger does not tell of",
        ),
    ],
)
def test_the_check_finds_a_clock_that_was_changed_and_rebuilding_mends_it(busy, spoil, said):
    """The control: a guard that cannot fail guards nothing."""
    with as_the_house():
        spoil(Clock.objects.get(about_id=5003, rule="case.contact", state="running"))
    assert said in [str(difference) for difference in check_clocks()]
    assert rebuild_clocks() > 0
    assert list(check_clocks()) == []


def test_every_record_is_in_one_stretch(busy):
    ground = ground_in_force()
    stretches = [each for each in every_stretch(ground) if each.kind == "case"]
    with as_the_house():
        held = [set(Clock.objects.filter(each.rows).values_list("id", flat=True)) for each in stretches]
        every = set(Clock.objects.filter(about_kind="case").values_list("id", flat=True))
    assert len(stretches) > 1
    assert sum(map(len, held)) == len(every)
    assert set().union(*held) == every


def test_a_pack_in_a_folder_is_checked_against_the_house(tmp_path):
    assert [check_pack(PACKS / name) for name in ("england", "london", "manchester-2025")] == [[], [], []]
    (tmp_path / "empty").mkdir()
    assert [str(problem) for problem in check_pack(tmp_path / "empty")] == [
        "empty/pack.toml:1: there is no pack “empty”: empty/pack.toml is missing"
    ]

"""Example A, the damp home: every step of Awaab's Law by its day, from the moment somebody noticed."""

from datetime import date, datetime
from pathlib import Path

import pytest

from hearth.access.identity import acting_as
from hearth.housing.operations import classify_hazard, record_hazard, work_on_hazard
from hearth.housing.terms import HazardClass, HazardKind, HazardSource, HazardStep, Vulnerability
from hearth.policy.durations import LOCAL
from hearth.policy.packs import read_chain
from hearth.policy.terms import Force
from hearth.timescales.operations import adopt_policy
from hearth.timescales.queries import clocks_for
from housing.estate import make_home

PACKS = Path(__file__).resolve().parents[2] / "packs"
NOTICED = datetime(2026, 12, 3, 14, 10, tzinfo=LOCAL)
LOOKED_AT = datetime(2026, 12, 3, 17, 0, tzinfo=LOCAL)
INVESTIGATED = datetime(2026, 12, 10, 11, 0, tzinfo=LOCAL)


def noticed(cast, kind):
    """Logged by the gas operative's link; the lead adopted the policy long before."""
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))
    home = make_home(cast.register_keeper, "Flat 12, Ashgrove House")
    with acting_as(cast.link):
        return record_hazard(
            home, kind=kind, vulnerable={Vulnerability.INFANT, Vulnerability.BREATHING},
            aware_at=NOTICED, source=HazardSource.CONCERN, by=cast.link, at=NOTICED,
        )  # fmt: skip


@pytest.fixture
def mould(cast):
    return noticed(cast, HazardKind.DAMP_MOULD)


def classified(cast, mould, hazard_class):
    with acting_as(cast.surveyor):
        return classify_hazard(
            mould,
            hazard_class=hazard_class,
            why="A wheezing baby sleeps there",
            version=1,
            by=cast.surveyor,
            at=LOOKED_AT,
        )


def running(viewer, mould):
    with acting_as(viewer):
        return {promise.rule: promise for promise in clocks_for(viewer, mould, at=INVESTIGATED, going_only=True)}


def test_knowing_starts_the_clocks_of_the_law_and_the_repairs_desk_sees_them(cast, mould):
    seen = running(cast.repairs, mould)
    assert seen["hazard.emergency"].due_at == datetime(2026, 12, 4, 14, 10, tzinfo=LOCAL)
    assert seen["hazard.investigation"].due_day == date(2026, 12, 17)
    assert running(cast.outsider, mould) == {}


def test_a_hazard_that_is_significant_is_investigated_and_then_made_safe_in_time(cast, mould):
    it = classified(cast, mould, HazardClass.SIGNIFICANT)
    assert set(running(cast.repairs, mould)) == {"hazard.investigation"}
    with acting_as(cast.repairs):
        work_on_hazard(
            it, HazardStep.INVESTIGATED, done_at=INVESTIGATED, version=2, by=cast.repairs, at=INVESTIGATED,
            work_needed=True,
        )  # fmt: skip
    assert {rule: promise.due_day for rule, promise in running(cast.surveyor, mould).items()} == {
        "hazard.summary": date(2026, 12, 15),
        "hazard.safety_work": date(2026, 12, 17),
        "hazard.prevention": date(2026, 12, 17),
        "hazard.prevention_latest": date(2027, 3, 4),
    }


def test_a_hazard_that_is_an_emergency_is_made_safe_within_the_day(cast, mould):
    classified(cast, mould, HazardClass.EMERGENCY)
    assert set(running(cast.repairs, mould)) == {"hazard.emergency"}


def test_no_hazard_at_all_leaves_no_clock(cast, mould):
    classified(cast, mould, HazardClass.NO_HAZARD)
    assert running(cast.repairs, mould) == {}


@pytest.mark.parametrize("kind", HazardKind)
def test_an_emergency_of_every_kind_is_law_and_a_significant_hazard_only_where_it_is_damp(cast, kind):
    """The law's second phase has no day yet: until then the other kinds have the same days as our default."""
    law, ours = Force.STATUTORY.value, Force.DEFAULT.value
    expected = law if kind is HazardKind.DAMP_MOULD else ours
    hazard = noticed(cast, kind)
    first = {promise.promise: promise for promise in running(cast.repairs, hazard).values()}
    assert first["Investigate an emergency hazard and make it safe"].force == law
    assert first["Investigate the hazard"].force == expected
    assert first["Investigate the hazard"].due_day == date(2026, 12, 17)
    it = classified(cast, hazard, HazardClass.SIGNIFICANT)
    with acting_as(cast.repairs):
        work_on_hazard(
            it, HazardStep.INVESTIGATED, done_at=INVESTIGATED, version=2, by=cast.repairs, at=INVESTIGATED,
            work_needed=True,
        )  # fmt: skip
    then = running(cast.surveyor, hazard).values()
    assert [promise.force for promise in then] == [expected] * 4
    assert sorted(promise.due_day for promise in then) == [
        date(2026, 12, 15), date(2026, 12, 17), date(2026, 12, 17), date(2027, 3, 4),
    ]  # fmt: skip

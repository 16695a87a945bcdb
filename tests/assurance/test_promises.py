"""Promises: every clause of the policy in force, with what keeps it and how it stands today."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from assurance.days import on
from hearth.access.identity import acting_as
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.assurance.evidence import figures_behind
from hearth.assurance.promises import NoSuchClause, promise_of, promises
from hearth.assurance.states import Live, Today, Why, state_of
from hearth.assurance.terms import Told
from hearth.organisation.models import Appointment
from hearth.policy.packs import load
from hearth.policy.packs.deciding import DecidedBy, Triage
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.packs.shapes import Place
from hearth.timescales.moving import record_of
from hearth.timescales.notices import take_notices
from hearth.timescales.operations import happened, require_gates
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet

PACKS = Path(__file__).resolve().parents[2] / "packs"
TRIAGE = "4.1.4b"  # triage is completed within one working day
LOGGED = {"came_by": "page", "danger_now": "no", "about_our_people": "no"}
DECIDED = {"outcome": "advice", "subject": "child"}
THURSDAY, FRIDAY, MONDAY, TUESDAY = on(3), on(4), on(7), on(8)


@pytest.fixture
def concern(cast):
    """A concern logged on a Thursday: it is to be decided by the end of Friday."""
    return logged(cast)


def logged(cast, *, restricted=False):
    with acting_as(cast.lead):
        circle = make_circle(CircleKind.CONCERN, by=cast.lead, at=THURSDAY, restricted=restricted)
        about = record_of("concern", circle, circle)
        happened("concern.logged", about=about, by=cast.lead, at=THURSDAY, facts=LOGGED)
    return about


def how(viewer, at, clause=TRIAGE, rule="concern.triage"):
    """How a promise of a clause stands for somebody, and why."""
    with acting_as(viewer):
        _, promised = promise_of(viewer, clause, at=at)
    return next((each.state, each.why) for each in promised.evidence if each.rule == rule)


def decide(cast, about, at):
    with acting_as(cast.lead):
        happened("concern.triaged", about=about, by=cast.lead, at=at, facts=DECIDED)


def test_a_promise_is_kept_until_one_is_late_and_stays_at_risk_while_that_is_fresh(concern, cast):
    assert how(cast.champion, FRIDAY) == (Live.KEPT, Why.IN_TIME)
    assert how(cast.champion, MONDAY) == (Live.BROKEN, Why.OVER)
    decide(cast, concern, MONDAY)
    assert how(cast.champion, TUESDAY) == (Live.AT_RISK, Why.WAS_LATE)
    assert how(cast.champion, on(31, 1, year=2027)) == (Live.AT_RISK, Why.WAS_LATE), "the month after"
    assert how(cast.champion, on(1, 2, year=2027)) == (Live.KEPT, Why.IN_TIME)


def test_one_that_was_decided_in_time_keeps_the_clause(concern, cast):
    decide(cast, concern, FRIDAY)
    assert how(cast.champion, MONDAY) == (Live.KEPT, Why.IN_TIME)


def test_a_clause_is_at_risk_once_somebody_was_warned(concern, cast):
    with acting_as(cast.lead):
        happened("case.opened", about=(case := record_of("case", 7, concern.circle_id)), by=cast.lead, at=THURSDAY,
                 facts={"risk_band": "standard"})  # fmt: skip
        happened("case.owner_changed", about=case, by=cast.lead, at=THURSDAY, facts={"owner": cast.owner.id})
    target = {"clause": "4.1.6a", "rule": "case.target"}
    assert how(cast.lead, on(1, 2, year=2027), **target) == (Live.KEPT, Why.IN_TIME)
    take_notices(at=on(1, 2, year=2027))
    assert how(cast.lead, on(1, 2, year=2027), **target) == (Live.AT_RISK, Why.WARNED)


def test_what_another_agency_promised_is_at_risk_and_never_broken(concern, cast):
    with acting_as(cast.lead):
        referral = record_of("referral", 3, concern.circle_id)
        told = {"to": "council_children", "subject": "child"}
        happened("referral.made", about=referral, by=cast.lead, at=THURSDAY, facts=told)
    decision = {"clause": "WT.decision", "rule": "council.decision"}
    assert how(cast.lead, FRIDAY, **decision) == (Live.KEPT, Why.IN_TIME)
    assert how(cast.lead, MONDAY, **decision) == (Live.AT_RISK, Why.OVER_THEIRS)


def test_a_post_the_policy_requires_and_nobody_holds_breaks_its_clause(cast):
    clause = {"clause": "3.2a", "at": TUESDAY}
    with acting_as(cast.champion):
        _, promised = promise_of(cast.champion, **clause)
        post = next(each for each in promised.evidence if each.keeper.kind is KeeperKind.POST)
        assert (post.state, post.why) == (Live.KEPT, Why.HELD)
    with acting_as(cast.administrator):
        Appointment.objects.filter(post__parts__contains=["lead"]).update(ends_at=MONDAY)
    with acting_as(cast.champion):
        _, promised = promise_of(cast.champion, **clause)
    assert promised.state is Live.BROKEN
    assert Why.VACANT in {each.why for each in promised.evidence}


def test_a_post_the_policy_only_names_is_at_risk_while_nobody_holds_it():
    """Kept is what somebody does: a post that is not required keeps nothing while it is vacant."""
    pack, keeper = load(PACKS / "manchester-2025"), Keeper(KeeperKind.POST, "neighbourhood_officer")
    assert state_of(keeper, pack, Today()) == (Live.KEPT, Why.HELD)
    assert state_of(keeper, pack, Today(vacant=frozenset({keeper.name}))) == (Live.AT_RISK, Why.VACANT_UNASKED)


def test_where_nobody_holds_a_post_that_decides_triage_is_broken():
    place = Place("ours", "pack.toml", 1)
    decides = Triage(DecidedBy.TEAM, ("first", "second"), 1, "concern.triage", "", (), "4.1.4b", place)
    pack = replace(load(PACKS / "manchester-2025"), triage=decides)
    keeper = Keeper(KeeperKind.TRIAGE, "triage")
    assert state_of(keeper, pack, Today(vacant=frozenset({"first"}))) == (Live.KEPT, Why.DECIDERS)
    assert state_of(keeper, pack, Today(vacant=frozenset({"first", "second"}))) == (Live.BROKEN, Why.NO_DECIDERS)
    assert state_of(keeper, pack, None) == (Live.KEPT, Why.UNTOLD)


def test_what_a_gate_stopped_is_counted_and_stands_behind_its_clause(cast):
    """feature 87: a gate is seen to hold by what it stopped; a record nobody may know of tells nothing."""
    gate = Keeper(KeeperKind.GATE, "triage.reason")
    for restricted in (True, False):
        about = logged(cast, restricted=restricted)
        for _ in range(6):
            stopped(cast, about)
    with acting_as(cast.champion):
        pack, promised = promise_of(cast.champion, "H.triage", at=MONDAY)
        behind = figures_behind(cast.champion, [each.keeper for each in promised.evidence], pack, at=MONDAY)
    assert behind[gate].months[-1].in_all == Told(6)
    assert behind[gate].measure.label.endswith(pack.gates["triage.reason"].sentence)
    assert behind[gate].measure.parts == {}
    assert Keeper(KeeperKind.GATE, "triage.children") not in behind, "the control: it stopped nothing"


def stopped(cast, about):
    """The lead tries to decide without a reason."""
    facts = {**DECIDED, "reason_given": False, "options_considered": True, "children_in_household": "yes"}
    with acting_as(cast.lead), pytest.raises(GateUnmet) as met:
        require_gates("concern.triaged", about=about, facts=facts, at=FRIDAY)
    with acting_as(cast.lead):
        keep_stopped(met.value, at=FRIDAY)


def test_a_restricted_record_tells_nobody_that_its_promise_is_late(cast):
    logged(cast, restricted=True)
    assert how(cast.champion, MONDAY) == (Live.KEPT, Why.IN_TIME)
    logged(cast)
    assert how(cast.champion, MONDAY) == (Live.BROKEN, Why.OVER), "the control"


def test_everybody_reads_the_policy_and_only_those_who_see_figures_how_it_stands(concern, cast):
    assert how(cast.reporter, MONDAY) == (Live.KEPT, Why.UNTOLD)
    asked = "select count(*) from hearth.promises_now(array['concern.triage'], '2026-12-07')"
    for name, sees in (("reporter", False), ("triage_officer", False), ("champion", True), ("auditor", True)):
        with acting_as(getattr(cast, name)), connection.cursor() as cursor:
            if sees:
                cursor.execute(asked)
                assert cursor.fetchone() == (1,)
            else:
                with pytest.raises(Exception, match="no post of yours"), transaction.atomic():
                    cursor.execute(asked)


def test_every_clause_says_what_keeps_it_and_what_is_to_come(cast):
    with acting_as(cast.lead):
        rows = promises(cast.lead, at=TUESDAY)
    assert len(rows) > 120, "those of the law are among them"
    assert rows[0].clause.id == "1.1", "our own policy first"
    replaced = [each for each in rows if each.clause.standing == "ours" and not each.evidence]
    assert all(each.clause.place.pack == "manchester-2025" for each in replaced), "no proposal the policy replaced"
    assert all(each.state is Live.NOTHING for each in rows if not each.evidence)
    waiting = [each for each in rows if each.state is Live.PLANNED]
    assert waiting
    assert all(each.waits_for for each in waiting)
    assert {each.evidence[0].state for each in rows if len(each.evidence) == 1 and each.waits_for} == {Live.PLANNED}


def test_a_clause_nobody_wrote_is_missing(cast):
    with acting_as(cast.lead), pytest.raises(NoSuchClause):
        promise_of(cast.lead, str(uuid.uuid4()), at=TUESDAY)


@pytest.mark.parametrize(
    ("at", "state"),
    [(datetime(2027, 3, 31, 22, tzinfo=UTC), Live.NOT_YET), (datetime(2027, 3, 31, 23, 30, tzinfo=UTC), Live.PLANNED)],
    ids=["the last evening before", "half past midnight here"],
)
def test_a_law_that_has_not_begun_is_told_as_such_until_its_day(cast, at, state):
    """By the day in London: its first hour is still the day before in the world's time."""
    with acting_as(cast.champion), transaction.atomic():
        _, promised = promise_of(cast.champion, "RSH.information-asked", at=at)
    assert promised.state is state

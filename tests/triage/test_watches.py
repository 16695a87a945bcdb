"""A concern kept in view: its owner can read it, looks again, keeps watching, stops, or has it decided again."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NoSuchConcern, NotComplete
from hearth.pathway.deciding import Begin, decide_concern
from hearth.timescales.queries import clocks_for
from hearth.triage.operations import review_watch
from hearth.triage.queries import my_watches, watch_for, watches
from hearth.triage.terms import NoSuchWatch, Outcome, WatchOutcome
from walked import OPEN, TRIAGED, raised

UNTIL = date(2026, 12, 18)
LATER = date(2027, 1, 15)
AT = TRIAGED + timedelta(days=14)


@pytest.fixture
def watched(cast):
    """A concern that a case worker keeps in view until the 18th."""
    receipt, triage, worker = raised(cast), cast.triage_officer, cast.worker
    watch = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_owner_id=worker.id, watch_until=UNTIL
    )
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, watch, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
    return receipt.public_id


@pytest.mark.parametrize("until", [TRIAGED.date(), TRIAGED.date() - timedelta(days=400)])
def test_nothing_is_watched_until_a_day_that_is_here_or_over(cast, until):
    receipt, triage = raised(cast), cast.triage_officer
    watch = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_owner_id=triage.id, watch_until=until
    )
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        with pytest.raises(NotComplete, match="future"):
            decide_concern(concern, watch, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
        concern = concerns.concern_for(triage, receipt.public_id)
        tomorrow = replace(watch, watch_until=TRIAGED.date() + timedelta(days=1))
        decide_concern(concern, tomorrow, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())


def mine(worker):
    (watch,) = my_watches(worker)
    return watch_for(worker, watch.public_id)


def limits(viewer, concern):
    return {each.rule: each for each in clocks_for(viewer, concern, at=AT)}


def test_whoever_keeps_watch_can_read_the_concern_and_nobody_elses_worker_can(cast, watched):
    worker, owner = cast.worker, cast.owner
    with acting_as(worker):
        assert concerns.concern_for(worker, watched)
        assert mine(worker).review_on == UNTIL
    with acting_as(owner):
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(owner, watched)
        assert my_watches(owner) == []
        assert watches(owner, mine=False) == []


def test_it_is_watched_on_until_another_day_and_the_limit_follows(cast, watched):
    worker = cast.worker
    with acting_as(worker):
        watch = mine(worker)
        with pytest.raises(NotComplete, match="until which day"):
            review_watch(watch, outcome=WatchOutcome.KEEP_WATCHING, text="Quiet", by=worker, at=AT)
        with pytest.raises(NotComplete, match="future"):
            review_watch(
                watch, outcome=WatchOutcome.KEEP_WATCHING, text="Quiet", keep_until=UNTIL, by=worker, at=AT
            )  # fmt: skip
        review_watch(watch, outcome=WatchOutcome.KEEP_WATCHING, text="Quiet", keep_until=LATER, by=worker, at=AT)
        assert mine(worker).review_on == LATER
        running = clocks_for(worker, watch.concern, at=AT, going_only=True)
        assert [(each.rule, each.due_day, each.owner_id) for each in running] == [("watch.review", LATER, worker.id)]
        with pytest.raises(NoSuchWatch):
            watch_for(worker, watch.public_id)


def test_stopping_ends_the_limit_and_the_watchers_place(cast, watched):
    worker, triage = cast.worker, cast.triage_officer
    with acting_as(worker):
        watch = mine(worker)
        with pytest.raises(NotComplete, match="what you found"):
            review_watch(watch, outcome=WatchOutcome.STOP, text=" ", by=worker, at=AT)
        review_watch(watch, outcome=WatchOutcome.STOP, text="They have moved in with the aunt", by=worker, at=AT)
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(worker, watched)
    with acting_as(triage):
        concern = concerns.concern_for(triage, watched)
        assert limits(triage, concern)["watch.review"].state == "met"
        assert concern.stage == "decided"


def test_what_needs_another_decision_goes_back_to_triage_with_a_limit(cast, watched):
    worker, triage = cast.worker, cast.triage_officer
    with acting_as(worker):
        review_watch(mine(worker), outcome=WatchOutcome.TRIAGE_AGAIN, text="A bruise", by=worker, at=AT)
    with acting_as(triage):
        (concern,) = concerns.queue(triage)
        again = limits(triage, concern)["concern.triage_again"]
        assert (again.state, again.due_day, again.clause) == ("running", date(2026, 12, 21), "4.1.4b")
        assert concern.triage_due_at == again.due_at
        begin = Begin(risk=None)
        done = decide_concern(
            concern, replace(OPEN, outcome=Outcome.NO_GREATER_RISK), begin, by=triage, at=AT, key=uuid.uuid4()
        )  # fmt: skip
        assert done.is_new
        assert limits(triage, concern)["concern.triage_again"].state == "met"


def test_only_those_in_it_and_those_who_decide_look_again(cast, watched):
    worker, outsider, triage = cast.worker, cast.outsider, cast.triage_officer
    with acting_as(worker):
        watch = mine(worker)
    with acting_as(outsider), pytest.raises(Refused):
        review_watch(watch, outcome=WatchOutcome.STOP, text="Bored", by=outsider, at=AT)
    with acting_as(triage):
        review_watch(watch, outcome=WatchOutcome.STOP, text="Seen with the school", by=triage, at=AT)
        with pytest.raises(NotComplete, match="already"):
            review_watch(watch, outcome=WatchOutcome.STOP, text="Twice", by=triage, at=AT)

"""What more would raise the risk: its reporter sees it where he saw it last, no further on and no further back."""

import uuid
from dataclasses import replace

from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.concerns.operations import start_looking
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.operations import review_watch
from hearth.triage.queries import my_watches, watch_for
from hearth.triage.terms import Outcome, WatchOutcome
from walked import OPEN, TRIAGED, UNTIL, raised

SAID = "Thank you. We are acting on it."


def decided(cast, receipt, *, held):
    """Triage keeps it in view, and tells its reporter or does not."""
    triage, worker = cast.triage_officer, cast.worker
    watch = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_owner_id=worker.id, watch_until=UNTIL,
        feedback=SAID, hold_feedback=held,
    )  # fmt: skip
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, watch, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())


def looked_at(cast, receipt):
    triage = cast.triage_officer
    with acting_as(triage):
        start_looking(concerns.concern_for(triage, receipt.public_id), by=triage, at=TRIAGED)


def to_decide_again(cast):
    worker = cast.worker
    with acting_as(worker):
        (watch,) = my_watches(worker)
        found = watch_for(worker, watch.public_id)
        review_watch(found, outcome=WatchOutcome.TRIAGE_AGAIN, text="A bruise", by=worker, at=TRIAGED)


def shown(cast):
    """What its reporter reads."""
    with acting_as(cast.reporter):
        (mine,) = concerns.my_concerns(cast.reporter)
        return mine.progress, mine.feedback


def test_held_before_anybody_said_that_he_looks_it_stays_received(cast):
    receipt = raised(cast)
    decided(cast, receipt, held=True)
    assert shown(cast) == ("received", "")
    to_decide_again(cast)
    assert shown(cast) == ("received", ""), "also while it waits for another decision"
    decided(cast, receipt, held=True)
    assert shown(cast) == ("received", "")
    to_decide_again(cast)
    decided(cast, receipt, held=False)
    assert shown(cast) == ("decided", SAID)


def test_held_after_its_reporter_saw_that_somebody_looks_it_does_not_go_back(cast):
    receipt, triage = raised(cast), cast.triage_officer
    looked_at(cast, receipt)
    decided(cast, receipt, held=True)
    assert shown(cast) == ("being_looked_at", "")
    to_decide_again(cast)
    assert shown(cast) == ("being_looked_at", "")
    with acting_as(triage):
        (waiting,) = concerns.queue(triage)
        assert waiting.looks is None, "nobody looks at it now"
    decided(cast, receipt, held=True)
    assert shown(cast) == ("being_looked_at", "")


def test_held_at_the_second_decision_it_goes_no_further_back_than_where_the_first_was_undone(cast):
    receipt = raised(cast)
    decided(cast, receipt, held=False)
    assert shown(cast) == ("decided", SAID)
    to_decide_again(cast)
    assert shown(cast)[0] == "being_looked_at"
    decided(cast, receipt, held=True)
    assert shown(cast) == ("being_looked_at", "")

"""Whoever must know is told where it happens: a case offered, an answer given, a record opened in an emergency."""

import uuid
from dataclasses import replace

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.concerns import queries as concerns
from hearth.concerns.operations import answer_worry, still_worried
from hearth.outbound.models import Message
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.emergencies import open_in_emergency
from hearth.triage.terms import Outcome
from walked import OPEN, TRIAGED, opened, raised

ADVICE = replace(OPEN, outcome=Outcome.ADVICE, detail="Gave the advice line")


def told(viewer, words):
    with acting_as(viewer):
        return [each.about for each in notices_for(viewer) if each.words is words]


def decided(cast, judgement):
    receipt, triage = raised(cast), cast.triage_officer
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, judgement, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
    return receipt


def test_whoever_is_offered_a_case_is_told(cast):
    done = opened(cast, hand_to=cast.owner.id)
    assert told(cast.owner, NoticeWords.HANDOVER) == [done.case.public_id]
    assert told(cast.worker, NoticeWords.HANDOVER) == []


@pytest.mark.parametrize(
    ("judgement", "times"),
    [(ADVICE, 1), (replace(ADVICE, feedback=""), 0), (replace(ADVICE, hold_feedback=True), 0)],
    ids=["said", "nothing said", "held back"],
)
def test_a_reporter_is_told_of_an_answer_that_is_there_and_may_be_seen(cast, judgement, times):
    decided(cast, judgement)
    assert len(told(cast.reporter, NoticeWords.FEEDBACK)) == times


def test_whoever_was_still_worried_is_told_of_the_answer(cast):
    receipt, reporter, lead = decided(cast, replace(ADVICE, feedback="")), cast.reporter, cast.lead
    with acting_as(reporter):
        mine = concerns.my_concern(reporter, receipt.public_id)
        still_worried(mine, why="She cried again", by=reporter, at=TRIAGED, key=uuid.uuid4())
    assert told(reporter, NoticeWords.FEEDBACK) == []
    with acting_as(lead):
        (worry,) = concerns.worries_waiting(lead)
        answer_worry(worry, answer="We went there", by=lead, at=TRIAGED, decided_by=frozenset())
    assert len(told(reporter, NoticeWords.FEEDBACK)) == 1


def test_the_leads_are_told_of_an_emergency_opening_by_a_message_too(cast):
    done = opened(cast, hand_to=cast.owner.id)
    with acting_as(cast.worker):
        open_in_emergency("case", done.case.reference, why="She rang in tears", by=cast.worker, at=now())
    for lead in (cast.lead, cast.deputy):
        assert len(told(lead, NoticeWords.BREAK_GLASS)) == 1
    with as_the_house():
        urgent = Message.objects.filter(is_urgent=True).values_list("user__name", flat=True)
        assert sorted(urgent) == ["Deputy", "Lead"]

"""A reporter is still worried: somebody who did not decide can always read it and answer, and is told."""

import uuid
from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction

from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.concerns.models import Concern
from hearth.concerns.operations import answer_worry
from hearth.concerns.terms import AboutStaff
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.worrying import raise_worry, who_answers
from hearth.policy.queries import pack_in_force
from hearth.triage.queries import who_decided
from hearth.triage.terms import Outcome
from walked import COLD, OPEN, TRIAGED, raised

OURS = replace(COLD, about_staff=AboutStaff.YES)
THE_LEAD = replace(OURS, about_the_lead=True)
ADVICE = replace(OPEN, outcome=Outcome.ADVICE, detail="Gave the advice line")


def worried(cast, told, decided_by=None):
    receipt, reporter = raised(cast, told), cast.reporter
    if decided_by is not None:
        decider = getattr(cast, decided_by)
        with acting_as(decider):
            concern = concerns.concern_for(decider, receipt.public_id)
            decide_concern(concern, ADVICE, Begin(), by=decider, at=TRIAGED, key=uuid.uuid4())
    with acting_as(reporter):
        mine = concerns.my_concern(reporter, receipt.public_id)
        raise_worry(mine, why="He was there again", by=reporter, at=TRIAGED, key=uuid.uuid4())
    return mine


def readers(cast, concern):
    found = set()
    for name in ("lead", "deputy", "director", "triage_officer"):
        with acting_as(getattr(cast, name)):
            if Concern.objects.filter(pk=concern.pk).exists():
                found.add(name)
    return found


def told(cast):
    found = set()
    for name in ("lead", "deputy", "director", "triage_officer"):
        with acting_as(getattr(cast, name)):
            if NoticeWords.STILL_WORRIED in {each.words for each in notices_for(getattr(cast, name))}:
                found.add(name)
    return found


@pytest.mark.parametrize(
    ("about", "decided_by", "can_read", "is_told"),
    [
        (OURS, "lead", {"lead", "deputy"}, {"deputy"}),
        (OURS, None, {"lead"}, {"lead"}),
        (THE_LEAD, "director", {"director", "deputy"}, {"deputy"}),
        (THE_LEAD, None, {"director", "deputy"}, {"deputy"}),
        (COLD, "deputy", {"lead", "deputy", "triage_officer"}, {"lead"}),
    ],
    ids=["decided by the only reader", "not decided", "about the lead", "about the lead, not decided", "open"],
)
def test_somebody_who_did_not_decide_reads_it_is_told_and_answers(cast, about, decided_by, can_read, is_told):
    """The second is the control: where the lead has not decided he answers, and nobody else is let in."""
    concern = worried(cast, about, decided_by)
    assert readers(cast, concern) == can_read
    assert told(cast) == is_told
    answering = getattr(cast, *is_told)
    with acting_as(answering):
        (worry,) = concerns.worries_waiting(answering)
        decided = who_decided(answering, worry.concern)
        answer_worry(worry, answer="We went there today", by=answering, at=TRIAGED, decided_by=decided)
    with acting_as(cast.reporter):
        assert concerns.my_concerns(cast.reporter)[0].worries[0].answer == "We went there today"


def test_nobody_lets_somebody_in_who_does_not_wait_for_an_answer(cast):
    concern = raised(cast, OURS).concern
    for name in ("reporter", "worker", "deputy"):
        refused = pytest.raises(ProgrammingError, match="does not wait")
        with acting_as(getattr(cast, name)), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select hearth.let_answer(%s, %s, now())", [concern.pk, ["deputy"]])
    assert readers(cast, concern) == {"lead"}


def test_the_policy_says_whose_post_answers_first(cast):
    pack = pack_in_force(TRIAGED)
    assert who_answers(pack)[0] == "lead"
    assert who_answers(replace(pack, hears={"still_worried": "housing_support_manager"}))[0] == "deputy"

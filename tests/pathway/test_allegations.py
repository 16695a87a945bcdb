"""Triage finds that it is about one of ours: the record goes to those who hear that, and the lead never to himself."""

import uuid
from dataclasses import replace

import pytest

from hearth.access.identity import acting_as
from hearth.cases.operations.handing_over import accept
from hearth.cases.queries import case_for, offered_to_me
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.models import Concern
from hearth.concerns.terms import AboutStaff, NoSuchConcern, NotComplete
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.terms import Outcome
from walked import COLD, OPEN, TRIAGED, UNTIL, raised

ALLEGATION = replace(OPEN, outcome=Outcome.ALLEGATION)


def decided(cast, begin):
    receipt, triage = raised(cast), cast.triage_officer
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, ALLEGATION, begin, by=triage, at=TRIAGED, key=uuid.uuid4())
    return receipt


def readers(cast, receipt):
    """Who of the house can open it."""
    found = set()
    for name in ("triage_officer", "intake_adviser", "lead", "deputy", "director", "manager", "auditor"):
        with acting_as(getattr(cast, name)):
            if Concern.objects.filter(public_id=receipt.public_id).exists():
                found.add(name)
    return found


def told_of_it(cast, receipt):
    found = set()
    for name in ("lead", "deputy", "director"):
        with acting_as(getattr(cast, name)):
            mine = notices_for(getattr(cast, name))
        if (NoticeWords.RECORD_RESTRICTED, receipt.public_id) in {(each.words, each.about) for each in mine}:
            found.add(name)
    return found


@pytest.mark.parametrize(("about_the_lead", "hears"), [(False, {"lead"}), (True, {"director"})])
def test_an_allegation_goes_to_whoever_hears_it_and_they_are_told(cast, about_the_lead, hears):
    """Not to the contact centre either, which had a place in it until triage decided."""
    receipt = decided(cast, Begin(about_the_lead=about_the_lead))
    assert readers(cast, receipt) == hears
    assert told_of_it(cast, receipt) == hears


def test_whether_it_may_be_about_the_lead_is_asked_and_never_assumed(cast):
    with pytest.raises(NotComplete, match="may be, about the safeguarding lead") as missing:
        decided(cast, Begin())
    assert missing.value.field == "about_the_lead"


@pytest.mark.parametrize(("about_the_lead", "who"), [(False, "lead"), (True, "director")])
def test_whoever_hears_it_can_offer_its_case_and_have_it_watched(cast, about_the_lead, who):
    """Nobody else has a place in it, so nobody else could let a case worker in."""
    hears, worker = getattr(cast, who), cast.worker
    told = replace(COLD, about_staff=AboutStaff.YES, about_the_lead=about_the_lead)
    offered, watched = raised(cast, told), raised(cast, told)
    begin = Begin(risk=Risk.HIGH, risk_why="He has keys", hand_to=worker.id, what_matters="Her key safe")
    watch = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.ADVICE,), watch_owner_id=worker.id, watch_until=UNTIL
    )
    with acting_as(worker), pytest.raises(NoSuchConcern):
        concerns.concern_for(worker, watched.public_id)
    with acting_as(hears):
        for receipt, judgement, also in ((offered, OPEN, begin), (watched, watch, Begin())):
            concern = concerns.concern_for(hears, receipt.public_id)
            done = decide_concern(concern, judgement, also, by=hears, at=TRIAGED, key=uuid.uuid4())
            assert done.case is None or case_for(hears, done.case.public_id)
    with acting_as(worker):
        accept(offered_to_me(worker)[0], by=worker, at=TRIAGED)
        assert concerns.concern_for(worker, watched.public_id)
    assert readers(cast, offered) == readers(cast, watched) == {who}

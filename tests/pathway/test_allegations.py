"""Triage finds that it is about one of ours: the record goes to those who hear that, and the lead never to himself."""

import re
import uuid
from dataclasses import replace
from uuid import UUID

import pytest

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.cases.operations import closing
from hearth.cases.operations.handing_over import accept
from hearth.cases.queries import case_for, closure_waiting, offered_to_me
from hearth.cases.terms import NoSuchCase, Risk
from hearth.concerns import queries as concerns
from hearth.concerns.models import Concern
from hearth.concerns.terms import AboutStaff, NoSuchConcern, NotComplete
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.closing import ask_for_closing
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.terms import Outcome
from walked import COLD, ENDING, OPEN, TRIAGED, UNTIL, owned, raised
from web.signed_in import at_a_browser, read

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


def opened_by(hears, worker, receipt, *, risk):
    """A case about one of ours, opened by whoever hears it and taken on by a worker."""
    begin = Begin(risk=risk, risk_why="He has keys", hand_to=worker.id, what_matters="Her key safe")
    with acting_as(hears):
        concern = concerns.concern_for(hears, receipt.public_id)
        case = decide_concern(concern, OPEN, begin, by=hears, at=TRIAGED, key=uuid.uuid4()).case
    with acting_as(worker):
        accept(offered_to_me(worker)[0], by=worker, at=TRIAGED)
    return case.public_id


def asks_to_close(worker, public_id):
    with acting_as(worker):
        return ask_for_closing(case_for(worker, public_id), ENDING, by=worker, at=TRIAGED)


def waits(viewer):
    with acting_as(viewer):
        return [each.about for each in notices_for(viewer, unread_only=True) if each.words == "something_waits"]


def approvals_of(viewer):
    """Whose closing somebody finds in *Waiting for your approval*, My work and the API; None where that is not his."""
    browser = at_a_browser(viewer)
    answer, work = browser.get("/approvals"), browser.get("/my-work").content.decode()
    told = caller(viewer).get("/my-work").body["closures"]
    if answer.status_code == 404:
        assert "Waiting for your approval" not in work
        assert told == []
        return None
    listed, at_work = (re.findall(r"/case/([0-9a-f-]{36})/approve", page) for page in (answer.content.decode(), work))
    assert set(listed) == set(at_work) == set(told)
    return {UUID(each) for each in told}


def test_whoever_hears_what_is_about_the_lead_answers_for_its_closing_and_for_no_other(cast):
    director, lead, deputy, worker = cast.director, cast.lead, cast.deputy, cast.worker
    theirs = replace(COLD, about_staff=AboutStaff.YES, about_the_lead=True)
    his = opened_by(director, worker, raised(cast, theirs), risk=Risk.HIGH)
    leads = opened_by(lead, worker, raised(cast, replace(theirs, about_the_lead=False)), risk=Risk.HIGH)
    ordinary = owned(cast, risk=Risk.HIGH)
    for who, case in ((worker, his), (worker, leads), (cast.owner, ordinary.public_id)):
        assert not asks_to_close(who, case).is_closed
    assert waits(director) == [his]
    assert approvals_of(director) == {his}, "and neither of the others, whose leads are there"
    assert approvals_of(cast.champion) is None
    assert approvals_of(lead) == {leads, ordinary.public_id}
    assert his not in waits(lead) + waits(deputy)
    assert "Look at it" in read(at_a_browser(director).get(f"/case/{his}"))
    assert at_a_browser(director).get(f"/case/{his}/approve").status_code == 200
    for elsewhere in (leads, ordinary.public_id):
        assert at_a_browser(director).get(f"/case/{elsewhere}/approve").status_code == 404
        with acting_as(director), pytest.raises(NoSuchCase):
            case_for(director, elsewhere)
    for reader in (lead, deputy):
        with acting_as(reader), pytest.raises(NoSuchCase):
            case_for(reader, his)

    with acting_as(director):
        case = case_for(director, his)
        closure = closure_waiting(director, case)
    with acting_as(worker), pytest.raises(Refused):
        closing.refuse(closure, why="Not me", by=worker, at=TRIAGED)
    with acting_as(director):
        closing.refuse(closure, why="Speak with her first.", by=director, at=TRIAGED)
    assert approvals_of(director) is None, "where nothing waits for him there is no such page"
    asks_to_close(worker, his)
    with acting_as(director):
        closing.close(closure_waiting(director, case), by=director, at=TRIAGED, approves=True)
        assert case_for(director, his).stage == "closed"
        closing.reopen(case_for(director, his), why="She rang again.", by=director, at=TRIAGED)
        assert case_for(director, his).stage == "open"


def test_whoever_hears_what_is_about_the_lead_closes_it_too(cast):
    director, worker = cast.director, cast.worker
    theirs = replace(COLD, about_staff=AboutStaff.YES, about_the_lead=True)
    his = opened_by(director, worker, raised(cast, theirs), risk=Risk.MEDIUM)
    with acting_as(worker):
        case = case_for(worker, his)
        with pytest.raises(Refused):
            closing.reopen(case, why="Not mine to do", by=worker, at=TRIAGED)
    with acting_as(director):
        assert ask_for_closing(case_for(director, his), ENDING, by=director, at=TRIAGED).is_closed

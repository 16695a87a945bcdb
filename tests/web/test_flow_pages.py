"""The pages of the flow, as somebody uses them: what is typed is kept, errors say what to do, hidden is missing."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases import queries as cases
from hearth.cases.operations.working import plan_action
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.partners.queries import referrals_of_case
from hearth.pathway.deciding import Begin, decide_concern
from hearth.timescales.queries import clocks_for
from hearth.triage.queries import my_watches
from hearth.triage.terms import Outcome
from walked import ENDING, OPEN, owned, raised
from web.signed_in import at_a_browser, moment, read

TODAY = now()
REFER = {
    "agency": "council_adults", "how": "phone", "urgent": "yes", "subject": "adult", "consent": "refused",
    "asked": "He may not manage alone", "override_ground": "", "override_why": "",
}  # fmt: skip


@pytest.fixture
def case(cast):
    return owned(cast, at=TODAY - timedelta(days=2))


def to(page, record):
    return f"/{page}/{record.public_id}"


def test_a_referral_is_made_chased_and_answered_on_pages(cast, case):
    owner = at_a_browser(cast.owner)
    address, key = f"/case/{case.public_id}/refer", str(uuid.uuid4())
    yesterday = moment(TODAY - timedelta(days=1))
    told = {**REFER, **yesterday, "key": key}
    refused = read(owner.post(address, told))
    assert "Select the ground on which you refer although they refused" in refused
    assert "He may not manage alone" in refused, "what was typed is kept"
    assert "Choose the lawful basis wherever they did not agree" in refused
    whole = {**told, "override_ground": "danger_to_others", "override_why": "A blocked stair", "basis": "public_task"}
    for _ in range(2):
        assert owner.post(address, whole).status_code == 302
    with acting_as(cast.owner):
        (referral,) = referrals_of_case(cast.owner, case)
    page = read(owner.get(to("referral", referral)))
    for words in (
        "A task in the public interest (Article 6(1)(e))",
        "Manchester adult social care",
        "Confirm the telephoned referral in writing",
        "2.9b",
    ):
        assert words in page, words
    assert "Chase an unanswered referral" in read(owner.get("/waiting-for-others"))
    ahead = {"spoke_to": "Mr Webb", "said": "Tomorrow", **moment(TODAY + timedelta(days=2))}
    assert "Choose a time that has passed" in read(owner.post(to("referral", referral) + "/chase", ahead))
    assert owner.post(to("referral", referral) + "/chase", {**ahead, **yesterday}).status_code == 302
    assert "Mr Webb" in read(owner.get(to("referral", referral)))
    answer = {"answer": "no_section_42", "why": "He can protect himself", **yesterday}
    assert owner.post(to("referral", referral) + "/answer", answer).status_code == 302
    assert "Nothing waits for another agency" in read(owner.get("/waiting-for-others"))
    assert owner.post(to("referral", referral) + "/disagree", {"why": "The stair is blocked"}).status_code == 302
    agreed = {"answer": "accepted", "why": "Their manager decides otherwise", **yesterday}
    assert owner.post(to("referral", referral) + "/agreed", agreed).status_code == 302
    assert "Agreed" in read(owner.get(to("referral", referral)))
    outsider = at_a_browser(cast.outsider)
    for page in ("", "/chase", "/answer", "/disagree", "/agreed", "/take-back", "/in-writing", "/received"):
        assert outsider.get(to("referral", referral) + page).status_code == 404, page
        assert outsider.get(f"/referral/{uuid.uuid4()}{page}").status_code == 404
    assert outsider.get(address).status_code == 404


def test_a_watch_is_reviewed_on_a_page(cast):
    worker, triage = cast.worker, cast.triage_officer
    receipt = raised(cast)
    soon = now().date() + timedelta(days=5)
    watch = replace(OPEN, outcome=Outcome.WATCH, considered=(), watch_owner_id=worker.id, watch_until=soon)
    watch = replace(watch, considered=(Outcome.OPEN_CASE,))
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, watch, Begin(), by=triage, at=now(), key=uuid.uuid4())
    browser = at_a_browser(worker)
    assert receipt.reference in read(browser.get("/watches"))
    with acting_as(worker):
        (mine,) = my_watches(worker)
    told = {"text": "Quiet all week", "outcome": "keep_watching"}
    kept = read(browser.post(to("watch", mine), told))
    assert "Enter the day on which it is looked at again" in kept
    assert "Quiet all week" in kept
    later = now().date() + timedelta(days=20)
    days = {"keep_until-day": later.day, "keep_until-month": later.month, "keep_until-year": later.year}
    assert browser.post(to("watch", mine), {**told, **days}).status_code == 302
    assert browser.get(to("watch", mine)).status_code == 404, "it was reviewed"
    assert at_a_browser(cast.owner).get(to("watch", mine)).status_code == 404


def test_a_limit_is_paused_on_a_ground_and_never_for_refused_contact(cast, case):
    owner, lead = cast.owner, cast.lead
    with acting_as(owner):
        target = next(each for each in clocks_for(owner, case, at=now()) if each.rule == "case.target")
    browser = at_a_browser(owner)
    assert to("limit", target) in browser.get(to("case", case)).content.decode()
    page = to("limit", target) + "/pause"
    shown = browser.get(page).content.decode()
    assert "police_asked" in shown
    assert 'value="refused' not in shown
    forced = read(browser.post(page, {"ground": "refused_contact", "why": "Nobody opens"}))
    assert "never pause a limit" in forced
    assert "Nobody opens" in forced
    assert browser.post(page, {"ground": "police_asked", "why": "DC Marsh"}).status_code == 302
    assert "Stands still" in read(browser.get(to("limit", target)))
    assert browser.get(to("limit", target) + "/extend").status_code == 404, "the owner approves nothing"
    assert browser.post(to("limit", target) + "/resume", {"why": "They are done"}).status_code == 302
    boss = at_a_browser(lead)
    later = target.due_day + timedelta(days=10)
    typed = {"to-day": later.day, "to-month": later.month, "to-year": later.year, "why": "The conference comes first"}
    assert boss.post(to("limit", target) + "/extend", typed).status_code == 302
    said = read(boss.get(to("limit", target)))
    assert "It was due" in said
    assert "Later day approved for a limit" in said
    for suffix in ("", "/pause", "/resume", "/extend", "/why-late"):
        assert at_a_browser(cast.outsider).get(to("limit", target) + suffix).status_code == 404


def test_where_the_policy_allows_nothing_a_page_says_why_and_shows_no_form(cast, case):
    with acting_as(cast.owner):
        limits = {each.rule: each for each in clocks_for(cast.owner, case, at=now())}
    target, other = limits["case.target"], limits["case.contact"]
    owner, lead = at_a_browser(cast.owner), at_a_browser(cast.lead)
    nobody = lead.get(to("limit", other) + "/extend").content.decode()
    assert "lets nobody give this limit a later day" in nobody
    assert 'name="why"' not in nobody
    assert f'href="/promises/{other.clause}"' in nobody, "what it promises leads to its clause"
    assert 'name="why"' in lead.get(to("limit", target) + "/extend").content.decode()
    for suffix, words in (("/resume", "It runs: it was not paused."), ("/why-late", "It has not run over")):
        assert words in read(owner.get(to("limit", target) + suffix))
        assert words in read(owner.post(to("limit", target) + suffix, {"why": "Anyway", "ground": "police_asked"}))
    owner.post(to("limit", target) + "/pause", {"ground": "police_asked", "why": "DC Marsh"})
    assert "It stands still already." in read(owner.get(to("limit", target) + "/pause"))


def test_a_colleague_is_invited_by_name_and_ended_again(cast, case):
    owner, auditor = at_a_browser(cast.owner), at_a_browser(cast.auditor)
    day = now().date() + timedelta(days=3)
    told = {"who": "Nobody At All", "why": "Yearly audit", "person": ""}
    told |= {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    page = f"/case/{case.public_id}/invite"
    assert "Nobody here is called that" in read(owner.post(page, told))
    several = read(owner.post(page, {**told, "who": "relative"}))
    assert "Which of them?" in several
    assert "Select which of them" in several
    assert owner.post(page, {**told, "who": "Auditor"}).status_code == 302
    assert auditor.get(to("case", case)).status_code == 200
    assert auditor.get(f"/case/{case.public_id}/note").status_code == 404
    listed = owner.get(f"/case/{case.public_id}/who-is-in").content.decode()
    assert "Invited to read" in listed
    (place,) = re.findall(r'name="place" value="(\d+)"', listed)
    assert auditor.post(f"/case/{case.public_id}/who-is-in", {"place": place}).status_code == 404
    assert owner.post(f"/case/{case.public_id}/who-is-in", {"place": place}).status_code == 302
    assert auditor.get(to("case", case)).status_code == 404


def test_closing_while_another_agencys_process_runs_needs_a_reason_and_the_manager_on_pages(cast):
    case = owned(cast, risk=Risk.MEDIUM, at=now() - timedelta(days=2))
    owner, manager = at_a_browser(cast.owner), at_a_browser(cast.manager)
    began = now().date() - timedelta(days=1)
    boxes = {f"{name}-{part}": getattr(began, part) for name in ("began_on",) for part in ("day", "month", "year")}
    begin = f"/case/{case.public_id}/process"
    missing = read(owner.post(begin, {"process": "s47", **boxes, "lead_practitioner": "Ms Bright"}))
    assert "Enter this day. A limit counts from it." in missing
    assert owner.post(begin, {"process": "child_in_need", **boxes, "lead_practitioner": "Ms Bright"}).status_code == 302
    assert "Child in need plan" in read(owner.get(f"/case/{case.public_id}/close"))
    ending = {
        "outcome": ENDING.outcome.value, "why": ENDING.why, "wishes_answered": "fully", "change_seen": "Warm beds",
        "child_decision": "supported_elsewhere", "wishes_why": "", "child_why": "", "breach_reason": "",
        "watched_reason": "",
    }  # fmt: skip
    close = f"/case/{case.public_id}/close"
    refused = owner.post(close, ending)
    beside = refused.content.decode().partition('id="watched_reason-error"')[2].partition("</p>")[0]
    assert "A statutory process still runs" in beside
    assert ENDING.why in read(refused), "what was typed is still there"
    assert case.reference not in read(manager.get("/approvals")), "nobody could have approved it"
    assert owner.post(close, {**ending, "watched_reason": "The plan runs without us"}).status_code == 302
    approve = f"/case/{case.public_id}/approve"
    assert "Look at it" not in read(owner.get(to("case", case)))
    assert owner.post(approve).status_code == 404, "nobody approves their own"
    assert case.reference in read(manager.get("/approvals"))
    asked = read(manager.get(approve))
    assert "What the policy wants your approval for" in asked
    assert "A statutory process still runs" in asked
    assert manager.post(approve).status_code == 302
    with acting_as(cast.lead):
        assert cases.case_for(cast.lead, case.public_id).stage == "closed"


def test_who_closes_reads_what_we_promised_and_closing_does_not_end(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    owner, close = at_a_browser(cast.owner), f"/case/{case.public_id}/close"
    first = "Finish or end them first"
    assert first not in read(owner.get(close)), "the limits of the case itself end with it"
    due = now().date() + timedelta(days=3)
    told = {"text": "Dry the wall", "owner_id": cast.owner.id, "due_on": due}
    with acting_as(cast.owner):
        plan_action(case, **told, by=cast.owner, at=now(), key=uuid.uuid4())
    assert f"{first}: Do what the plan says" in read(owner.get(close))


def test_a_concern_is_joined_by_its_reference_and_taken_out_on_pages(cast, case):
    triage = cast.triage_officer
    receipt = raised(cast)
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        judgement = replace(OPEN, outcome=Outcome.NO_GREATER_RISK)
        decide_concern(concern, judgement, Begin(), by=triage, at=now(), key=uuid.uuid4())
    browser, page = at_a_browser(triage), f"/case/{case.public_id}/join"
    kept = read(browser.post(page, {"reference": "C-2222-22", "why": "The same two children"}))
    assert "There is no concern of this reference that you can join" in kept
    assert "The same two children" in kept
    assert browser.post(page, {"reference": receipt.reference, "why": "The same two children"}).status_code == 302
    assert receipt.reference in read(at_a_browser(cast.owner).get(to("case", case)))
    out = f"/case/{case.public_id}/take-out/{receipt.public_id}"
    assert at_a_browser(cast.owner).get(out).status_code == 404
    assert browser.post(out, {"why": "Another family"}).status_code == 302
    assert receipt.reference not in read(at_a_browser(cast.owner).get(to("case", case)))
    assert receipt.reference in read(browser.get("/triage"))

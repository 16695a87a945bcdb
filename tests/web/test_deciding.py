"""The decision in steps: each keeps what was typed, for its writer alone, and the last records it all or nothing."""

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff
from hearth.drafts.queries import drafts_of
from hearth.pathway.deciding import Begin, decide_concern
from hearth.policy.packs import read_chain
from hearth.timescales.operations import adopt_policy
from hearth.timescales.terms import GateUnmet, Unmet
from hearth.triage import operations as deciding
from hearth.triage.queries import decisions_on
from walked import COLD, OPEN, raised
from web.signed_in import at_a_browser, read

PACKS = Path(__file__).resolve().parents[2] / "packs"
WHO = {"subject": "adult", "children_in_household": "no", "domestic_abuse": "no"}
ADULT = {
    "care_needs": "yes", "care_needs_why": "Needs help to dress", "at_risk": "yes", "at_risk_why": "Bruises",
    "unable_to_protect": "not_known",
}  # fmt: skip
ADVICE = {"outcome": "advice", "advice": "Gave the advice line", "considered": ["watch"], "refers": "no"}
REASONS = {"why": "He asked for a number", "clause": "4.1.2b", "feedback": "Thank you"}


@pytest.fixture
def address(cast):
    return f"/concern/{raised(cast, at=now()).public_id}/decide"


def typed(browser: Client, address: str, step: str, told, act="next", then=""):
    return browser.post(f"{address}?step={step}{then}", {**told, "act": act})


def walk(browser: Client, address: str, *, until: str) -> None:
    for step, told in (("who", WHO), ("adult", ADULT), ("decision", ADVICE), ("reasons", REASONS)):
        if step == until:
            return
        assert typed(browser, address, step, told).status_code == 302


def decided(cast, address):
    triage = cast.triage_officer
    with acting_as(triage):
        return decisions_on(triage, concerns.concern_for(triage, address.split("/")[2]))


def test_a_decision_walks_through_its_steps_and_is_recorded_once(cast, address):
    browser = at_a_browser(cast.triage_officer)
    assert browser.get(address).url.endswith("?step=who"), "nothing is answered yet"
    walk(browser, address, until="")
    check = read(browser.get(f"{address}?step=check"))
    for words in (
        "Check your answers",
        "An adult",
        "Needs help to dress",
        "Gave the advice line",
        "He asked for a number",
    ):
        assert words in check, words
    assert decided(cast, address) == []
    assert browser.post(f"{address}?step=check").url == address.removesuffix("/decide")
    (decision,) = decided(cast, address)
    assert (decision.outcome, decision.detail, decision.care_needs) == ("advice", "Gave the advice line", "yes")
    assert browser.post(f"{address}?step=check").status_code == 302, "somebody has decided already"
    assert len(decided(cast, address)) == 1


def test_back_and_leaving_keep_words_that_are_not_complete(cast, address):
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="adult")
    half = {"care_needs": "yes", "care_needs_why": ""}
    assert typed(browser, address, "adult", {**half, "at_risk_why": "Bruises on both arms"}, act="back").url.endswith(
        "who"
    )
    assert "Bruises on both arms" in read(browser.get(f"{address}?step=adult"))
    left = typed(browser, address, "adult", {**half, "at_risk_why": "Bruises on one arm"}, act="leave")
    assert left.url == address.removesuffix("/decide")
    again = at_a_browser(cast.triage_officer)
    assert again.get(address).url.endswith("?step=adult"), "a new browser goes on where it was left"
    assert "Bruises on one arm" in read(again.get(f"{address}?step=adult"))


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(cast, address):
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="adult")
    page = read(typed(browser, address, "adult", {"care_needs": "yes", "at_risk_why": "Bruises"}))
    assert "There is a problem" in page
    assert "Select yes, no or not known. The council decides this one." in page
    assert "Bruises" in page
    no = {**ADULT, "care_needs": "no", "care_needs_why": ""}
    page = read(typed(browser, address, "adult", no))
    assert "Write what shows it" in page
    assert "Bruises" in page
    walk(browser, address, until="decision")
    opens = {"outcome": "open_case", "considered": ["open_case"], "refers": "no", "hand_to": cast.owner.id}
    page = read(typed(browser, address, "decision", opens))
    for words in ("Nothing is assumed to be low", "not the decision itself", "Write what matters most"):
        assert words in page, words


def test_the_steps_follow_the_answers(cast, address):
    """A child needs no adult test; a referral has a step of its own; a changed answer asks only what it opens."""
    browser = at_a_browser(cast.triage_officer)
    assert typed(browser, address, "who", {**WHO, "subject": "child"}).url.endswith("?step=decision")
    assert typed(browser, address, "decision", {**ADVICE, "refers": "yes"}).url.endswith("?step=referral")
    asked = {"agency": "council_children", "how": "phone", "urgent": "no", "asked": "Look at it", "consent": "refused"}
    page = read(typed(browser, address, "referral", asked))
    assert "Select the ground on which you refer although they refused" in page
    asked |= {"consent": "not_needed"}
    page = read(typed(browser, address, "referral", asked))
    assert "Choose the lawful basis wherever they did not agree" in page
    asked |= {"basis": "vital_interests"}
    assert typed(browser, address, "referral", asked).url.endswith("?step=reasons")
    assert typed(browser, address, "reasons", {**REASONS, "adult_wishes_only": "no"}).url.endswith("?step=check")
    check = browser.get(f"{address}?step=check")
    assert "On which lawful basis do you share this? Somebody" in read(check), "with its law, and the clause that asks"
    assert b'href="/promises/DP.6"' in check.content
    assert "rest only on what the adults wish" in read(browser.get(f"{address}?step=reasons"))
    assert typed(browser, address, "reasons", {**REASONS, "adult_wishes_only": "no"}).url.endswith("?step=check")
    assert "Look at it" in read(browser.get(f"{address}?step=check"))
    changed = typed(browser, address, "who", {**WHO, "subject": "both"}, then="&then=check")
    assert changed.url.endswith("?step=adult"), "an adult is affected after all"
    assert browser.get(f"{address}?step=check").url.endswith("?step=adult&then=check")
    assert typed(browser, address, "adult", ADULT, then="&then=check").url.endswith("?step=check")
    assert browser.post(f"{address}?step=check").status_code == 302
    triage = cast.triage_officer
    with acting_as(triage):
        from hearth.partners.queries import referrals_of_concern

        concern = concerns.concern_for(triage, address.split("/")[2])
        assert [each.agency for each in referrals_of_concern(triage, concern)] == ["council_children"]


def test_a_gate_of_the_policy_stands_beside_the_field_it_asks_about_with_its_clause(cast, address):
    browser = at_a_browser(cast.triage_officer)
    typed(browser, address, "who", {**WHO, "subject": "child"})
    typed(browser, address, "decision", ADVICE)
    typed(browser, address, "reasons", {**REASONS, "adult_wishes_only": "yes"})
    answer = browser.post(f"{address}?step=check")
    assert '(<a class="govuk-link" href="/promises/2.5a">Clause 2.5a</a>)' in answer.content.decode()
    page = read(answer)
    assert "What the adults wish cannot be the only reason where a child is concerned" in page
    assert 'id="adult_wishes_only-error"' in answer.content.decode()
    assert REASONS["why"] in page, "what was typed stands there too"
    assert decided(cast, address) == []
    corrected = typed(browser, address, "reasons", {**REASONS, "adult_wishes_only": "no"}, then="&then=check")
    assert corrected.url.endswith("?step=check")
    assert browser.post(f"{address}?step=check").status_code == 302
    assert len(decided(cast, address)) == 1


@pytest.mark.parametrize(
    ("fact", "step"), [("child_decision", 'id="child_decision-error"'), ("together", "Check your answers")]
)
def test_what_a_stricter_policy_wants_is_said_where_it_is_answered(cast, address, monkeypatch, fact, step):
    """A policy that wants a decision for each child also where no form of ours would ask; and what no field answers."""
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="")

    def stricter(*args, **facts):
        raise GateUnmet([Unmet("triage.strict", "2.7", "Decide for each child in the household", (fact,))])

    monkeypatch.setattr(deciding, "require_gates", stricter)
    page = browser.post(f"{address}?step=check").content.decode()
    assert step in page
    assert "Decide for each child in the household" in page
    assert decided(cast, address) == []


def test_a_step_posted_after_the_session_ended_is_kept_and_replaces_nothing_else(cast, address):
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="reasons")
    form = browser.get(f"{address}?step=reasons").content.decode()
    signature = form.split('name="draft_signature" value="')[1].split('"')[0]
    stranger = Client(SERVER_NAME="localhost")
    answer = stranger.post(
        f"{address}?step=reasons", {**REASONS, "why": "Typed too late", "draft_signature": signature}
    )
    assert "sign-in" in answer.url
    assert "Typed too late" in read(browser.get(f"{address}?step=reasons"))
    assert "Gave the advice line" in read(browser.get(f"{address}?step=decision"))


def test_what_is_typed_is_for_its_writer_alone_and_hidden_is_missing(cast, address):
    triage, lead = cast.triage_officer, cast.lead
    browser = at_a_browser(triage)
    walk(browser, address, until="reasons")
    assert at_a_browser(lead).get(address).url.endswith("?step=who"), "the lead begins afresh"
    with acting_as(lead):
        assert drafts_of(lead, at=now()) == []
    outsider = at_a_browser(cast.outsider)
    for step in ("", "?step=who", "?step=check"):
        hidden = outsider.get(f"{address}{step}")
        missing = outsider.get(f"/concern/{uuid.uuid4()}/decide{step}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
    assert at_a_browser(cast.intake_adviser).get(address).status_code == 404, "intake reads and does not decide"


def test_a_script_saves_while_somebody_types(cast, address):
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="decision")
    kept = {"why": "Half a sen", "act": "keep"}
    answer = browser.post(f"{address}?step=reasons", kept, headers={"Accept": "application/json"})
    assert answer.json()["is_saved"]
    assert "Half a sen" in read(browser.get(f"{address}?step=reasons"))


def test_a_second_decision_on_the_same_concern_begins_with_empty_steps(cast, address):
    browser = at_a_browser(cast.triage_officer)
    day = now().date() + timedelta(days=365)
    watch = {"outcome": "watch", "considered": ["advice"], "refers": "no", "watch_owner": cast.triage_officer.id}
    watch |= {"watch_until-day": day.day, "watch_until-month": day.month, "watch_until-year": day.year}
    walk(browser, address, until="decision")
    assert typed(browser, address, "decision", watch).status_code == 302
    assert typed(browser, address, "reasons", REASONS).status_code == 302
    assert browser.post(f"{address}?step=check").status_code == 302
    triage = cast.triage_officer
    with acting_as(triage):
        from hearth.triage.queries import my_watches

        (watched,) = my_watches(triage)
    told = {"text": "It got worse", "outcome": "triage_again"}
    assert browser.post(f"/watch/{watched.public_id}", told).status_code == 302
    assert browser.get(address).url.endswith("?step=who")
    assert COLD.noticed[:20] in read(browser.get(f"{address}?step=who"))


def test_the_adult_test_has_the_name_of_the_law_in_force_and_no_other_nations(cast, address):
    """feature 87"""
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="adult")
    page = read(browser.get(f"{address}?step=adult"))
    assert "The adult test: section 42(1)" in page
    assert "Are they experiencing, or at risk of, abuse or neglect?" in page
    assert "To be confirmed" not in page
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "scotland"), by=cast.lead, at=now())
    page = read(browser.get(f"{address}?step=adult"))
    assert "The three-point test" in page
    assert "Are they at risk of harm?" in page
    assert "The council decides this one, through a council officer. “Not known” never stops you." in page
    assert "To be confirmed: The Act" in page
    assert "section 42" not in page
    assert "abuse or neglect" not in page


def test_the_allegation_route_asks_whether_it_may_be_the_lead_and_shuts_the_record(cast, address):
    browser = at_a_browser(cast.triage_officer)
    walk(browser, address, until="decision")
    told = {"outcome": "allegation", "considered": ["watch"], "refers": "no"}
    asked = read(typed(browser, address, "decision", told))
    assert "Say whether it is, or may be, about the safeguarding lead" in asked
    assert typed(browser, address, "decision", {**told, "about_the_lead": "yes"}).status_code == 302
    assert typed(browser, address, "reasons", REASONS).status_code == 302
    assert "about the safeguarding lead" in read(browser.get(f"{address}?step=check"))
    assert browser.post(f"{address}?step=check").url == "/triage", "the record is shut to whoever decided"
    record = address.removesuffix("/decide")
    assert browser.get(record).status_code == 404
    assert at_a_browser(cast.lead).get(record).status_code == 404
    assert at_a_browser(cast.director).get(record).status_code == 200


def test_what_the_policy_looks_for_is_offered_kept_and_shown_in_its_own_words(cast, address):
    """A policy that names circumstances has them asked: where triage ticks one, the record says so."""
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "rbkc-2019"), by=cast.lead, at=now())
    browser = at_a_browser(cast.triage_officer)
    page = read(browser.get(f"{address}?step=who"))
    assert "What the policy means by its words" in page
    for words in ("A learning disability", "Came home from care", "Rent arrears", "Community based"):
        assert words in page
    known = {"adult_circumstance": ["learning_disability"], "source_of_risk": ["community"], "housing_factor": []}
    assert typed(browser, address, "who", {**WHO, **known}).status_code == 302
    for step, told in (("adult", ADULT), ("decision", ADVICE), ("reasons", {**REASONS, "clause": "4.1"})):
        assert typed(browser, address, step, told).status_code == 302, step
    assert "A learning disability" in read(browser.get(f"{address}?step=check"))
    browser.post(f"{address}?step=check")
    (decision,) = decided(cast, address)
    assert decision.factors == ["adult_circumstance:learning_disability", "source_of_risk:community"]
    told = read(browser.get(address.removesuffix("/decide")))
    assert "Where does the harm come from, as you see it now? Community based" in told


def test_a_word_of_no_list_of_the_policy_is_refused(cast, address):
    browser = at_a_browser(cast.triage_officer)
    told = {**WHO, "housing_factor": ["haunted"]}
    assert "Select from the answers shown" in read(typed(browser, address, "who", told))
    assert "child_circumstance" not in browser.get(f"{address}?step=who").content.decode(), "this policy has none"


@pytest.mark.parametrize("reference", ["hidden", "K-2222-22"])
def test_deciding_to_join_a_case_that_is_hidden_or_missing_is_answered_alike_and_kept(cast, address, reference):
    """The case was opened from a concern about a colleague: triage reads none of it."""
    lead, triage = cast.lead, cast.triage_officer
    told = raised(cast, replace(COLD, about_staff=AboutStaff.YES), at=now())
    with acting_as(lead):
        concern = concerns.concern_for(lead, told.public_id)
        begin = Begin(risk=Risk.HIGH, risk_why="He has keys", hand_to=cast.owner.id, what_matters="The children")
        case = decide_concern(concern, OPEN, begin, by=lead, at=now(), key=uuid.uuid4()).case
    called = case.reference if reference == "hidden" else reference
    browser = at_a_browser(triage)
    join = {"outcome": "join", "join_called": called, "considered": ["watch"], "refers": "no"}
    for step, answers in (("who", WHO), ("adult", ADULT), ("decision", join), ("reasons", REASONS)):
        assert typed(browser, address, step, answers).status_code == 302
    assert "no case with this reference" in read(browser.post(f"{address}?step=check"))
    assert decided(cast, address) == []
    with acting_as(lead):
        (attempt,) = Refusal.objects.filter(user_id=triage.id)
        kept = (attempt.asked_for, attempt.circle_id, attempt.page)
    assert kept == (called, case.circle_id if reference == "hidden" else None, "concern/<uuid:public_id>/decide")

"""Who refers where the policy names the posts, on pages, over the API and in Python; and that a gap stops nobody."""

import re
import uuid
from dataclasses import replace

import pytest

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.access.operations import give
from hearth.access.terms import Part
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NotComplete
from hearth.partners.operations import refer
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.terms import Outcome
from triage.test_deciders import concern_under
from walked import ASKED, OPEN, TRIAGED
from web.signed_in import at_a_browser, read

DEPUTIES = 'posts = ["triage", "deputy"]\nmay_refer = ["deputy"]\n'
NOBODY = 'posts = ["triage", "deputy"]\nmay_refer = ["nobody"]\n'
WHOSE = r"Other agencies are asked by: Deputy safeguarding lead \(P1\)"
AT_ONCE = replace(OPEN, outcome=Outcome.REFER_NOW, considered=(Outcome.OPEN_CASE,))


def refers(viewer, which):
    with acting_as(viewer):
        return refer(
            concerns.concern_for(viewer, which), None, ASKED, by=viewer, at=TRIAGED, key=uuid.uuid4()
        )  # fmt: skip


def test_those_the_policy_names_refer_and_others_read_by_which_clause_they_do_not(cast):
    triage, which = cast.triage_officer, concern_under(cast, DEPUTIES)
    with pytest.raises(NotComplete, match=WHOSE) as problem:
        refers(triage, which)
    assert problem.value.field == "agency"
    with acting_as(triage), pytest.raises(NotComplete, match=WHOSE):
        concern = concerns.concern_for(triage, which)
        decide_concern(concern, AT_ONCE, Begin(asked=ASKED), by=triage, at=TRIAGED, key=uuid.uuid4())
    assert refers(cast.deputy, which).agency == ASKED.agency


def test_whoever_answered_the_alert_on_a_record_refers_from_it(cast):
    triage, which = cast.triage_officer, concern_under(cast, DEPUTIES)
    with acting_as(cast.lead):
        concern = concerns.concern_for(cast.lead, which)
        give(concern.circle_id, to=triage.id, part_in_it=Part.ANSWERED_ALERT, by=cast.lead, at=TRIAGED)
    assert refers(triage, which)


def test_where_nobody_holds_the_post_the_leads_refer(cast):
    which = concern_under(cast, NOBODY)
    with pytest.raises(NotComplete, match="Outside chair"):
        refers(cast.triage_officer, which)
    assert refers(cast.lead, which)


def test_a_policy_that_names_nobody_changes_nothing(cast):
    which = concern_under(cast, 'posts = ["triage", "deputy"]\n')
    assert refers(cast.triage_officer, which)


def test_the_api_names_the_clause(cast):
    which = concern_under(cast, DEPUTIES)
    asked = {
        "agency": "council_children", "how": "phone", "what": "Two children may be neglected", "consent": "not_needed",
        "basis": "public_task",
        "subject": "child", "is_immediate": True,
    }  # fmt: skip
    refused = caller(cast.triage_officer).post(f"/concerns/{which}/referrals", {**asked, "key": str(uuid.uuid4())})
    made = caller(cast.deputy).post(f"/concerns/{which}/referrals", {**asked, "key": str(uuid.uuid4())})
    assert (refused.status, made.status) == (422, 201), (refused.body, made.body)
    assert re.search(WHOSE, refused.where["agency"])


def test_the_pages_offer_it_to_those_alone(cast):
    which = concern_under(cast, DEPUTIES)
    triage, deputy = at_a_browser(cast.triage_officer), at_a_browser(cast.deputy)
    for browser, offered in ((triage, False), (deputy, True)):
        assert ("Refer to another agency" in read(browser.get(f"/concern/{which}"))) is offered
        step = decision_step(browser, which)
        at_once = re.search(r'name="outcome"[^>]*value="refer_now"', step.content.decode())
        assert bool(at_once) is offered
        assert ("Do you refer to another agency now?" in read(step)) is offered
        assert ("Other agencies are asked by" in read(step)) is not offered
    form = read(triage.get(f"/concern/{which}/refer"))
    assert "Other agencies are asked by: Deputy safeguarding lead (P1)." in form


def decision_step(browser, which):
    who = {"subject": "child", "children_in_household": "yes", "domestic_abuse": "no", "harm": "", "child_decision": ""}
    assert browser.post(f"/concern/{which}/decide?step=who", who).status_code == 302
    return browser.get(f"/concern/{which}/decide?step=decision")

"""Whom the policy has told of a type of harm: always, to be considered, or not by rule."""

import uuid
from dataclasses import replace

import pytest

from adopted import adopted
from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NotComplete
from hearth.partners import operations as partners
from hearth.partners.terms import Agency, Asked, How
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.telling import to_tell
from hearth.triage.terms import Outcome
from policy.small_pack import said, table
from walked import OPEN, TRIAGED, raised
from web.signed_in import at_a_browser, read

ALWAYS = """
[[referring]]
id = "fgm"
harm = "fgm"
to = "police"
must = "always"
clause = "P1"

[[referring]]
id = "neglect"
harm = "neglect"
to = "early_help"
must = "consider"
clause = "P1"
"""
POLICE = Asked(Agency.POLICE, How.PHONE, "A girl may be at risk", "not_needed", "child", basis="public_task")
WATCHED = replace(OPEN, outcome=Outcome.ADVICE, considered=(Outcome.OPEN_CASE,), detail="Advice given", harm="fgm")


def decides(viewer, which, judgement, asked=None):
    with acting_as(viewer):
        concern = concerns.concern_for(viewer, which)
        return decide_concern(concern, judgement, Begin(asked=asked), by=viewer, at=TRIAGED, key=uuid.uuid4())


def test_whom_the_policy_always_has_told_is_told_with_the_decision(cast) -> None:
    adopted(cast, ALWAYS)
    triage, which = cast.triage_officer, raised(cast).public_id
    with pytest.raises(NotComplete, match=r"This kind of harm is always told to: Police \(P1\)\. Refer") as wanting:
        decides(triage, which, WATCHED)
    assert wanting.value.field == "refers"
    with pytest.raises(NotComplete, match="Refer to them") as other:
        decides(triage, which, WATCHED, replace(POLICE, agency=Agency.COUNCIL_CHILDREN))
    assert other.value.field == "agency"
    done = decides(triage, which, WATCHED, POLICE)
    assert done.referral.agency == Agency.POLICE
    assert "Who is told of it This kind of harm is always told to: Police (P1)." in read(
        at_a_browser(triage).get(f"/concern/{which}")
    )


def test_told_before_is_told_and_another_harm_waits_for_nobody(cast) -> None:
    adopted(cast, ALWAYS)
    triage, which, other = cast.triage_officer, raised(cast).public_id, raised(cast).public_id
    with acting_as(triage):
        concern = concerns.concern_for(triage, which)
        partners.refer(concern, None, POLICE, by=triage, at=TRIAGED, key=uuid.uuid4())
    assert decides(triage, which, WATCHED).is_new
    assert decides(triage, other, replace(WATCHED, harm="neglect")).is_new, "what is to be considered is decided"


def test_where_others_refer_the_decision_stands(cast) -> None:
    adopted(
        cast,
        ALWAYS
        + '[[post]]\nid = "triage"\ntitle = "Triage officer"\nparts = ["triage"]\n[triage]\nposts = ["triage"]\n'
        + 'may_refer = ["head_asb_safeguarding"]\nclause = "P1"\n',
    )
    which = raised(cast).public_id
    assert decides(cast.triage_officer, which, WATCHED).is_new


def test_the_form_says_it_before_it_asks_and_beside_the_answer(cast, monkeypatch) -> None:
    adopted(cast, ALWAYS)
    triage, which = at_a_browser(cast.triage_officer), raised(cast).public_id
    where = f"/concern/{which}/decide?step="
    who = {"subject": "child", "children_in_household": "yes", "domestic_abuse": "no", "harm": "fgm", "act": "next"}
    triage.post(f"{where}who", who)
    page = read(triage.get(f"{where}decision"))
    assert "This kind of harm is always told to: Police (P1)." in page
    decision = {"outcome": "advice", "advice": "Advice", "considered": ["open_case"], "refers": "no", "act": "next"}
    assert "Refer to them with the decision" in read(triage.post(f"{where}decision", decision))
    triage.post(f"{where}decision", {**decision, "refers": "yes"})
    referral = {
        "agency": "health",
        "how": "phone",
        "urgent": "no",
        "asked": "x",
        "consent": "not_needed",
        "basis": "public_task",
        "act": "next",
    }
    assert "Refer to them with the decision" in read(triage.post(f"{where}referral", referral))
    assert "Refer to them with" not in read(triage.post(f"{where}referral", {**referral, "agency": "police"}))


def test_a_rule_reaches_whom_it_is_about_and_a_local_word_counts_as_what_it_means() -> None:
    lines = '[[word]]\nlist = "abuse_type"\ncode = "county_lines"\nlabel = "County lines"\nmeans = "cce"\n'
    rule = table("referring", 'id = "r"', 'harm = "cce"', 'to = "police"', 'subject = "child"', 'must = "always"')
    pack = said(lines + rule)
    assert [each.agency for each in to_tell(pack, "county_lines", "child")] == ["police"]
    assert [each.agency for each in to_tell(pack, "cce", "not_known")] == ["police"]
    assert to_tell(pack, "cce", "adult") == to_tell(pack, "", "child") == ()

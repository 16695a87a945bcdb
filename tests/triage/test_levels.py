"""Where the policy has levels of need, triage says which one a concern reaches; elsewhere nobody is asked."""

import uuid
from dataclasses import replace

import pytest

from api.caller import caller
from hearth.access.identity import acting_as, as_the_house
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NotComplete
from hearth.ledger.models import Entry
from hearth.pathway.deciding import Begin, decide_concern
from triage.test_deciders import concern_under
from walked import OPEN, TRIAGED
from web.signed_in import at_a_browser, read

LEVELS = """posts = ["triage", "deputy"]
levels = "level_of_need"

[[word]]
list = "level_of_need"
code = "early"
label = "Early help"
clause = "P1"

[[word]]
list = "level_of_need"
code = "acute"
label = "Acute need"
clause = "P1"
"""
NONE = 'posts = ["triage", "deputy"]\n'


def decides(viewer, which, **changes):
    with acting_as(viewer):
        concern = concerns.concern_for(viewer, which)
        begin = Begin(risk=Risk.MEDIUM, risk_why="An infant sleeps in mould")
        return decide_concern(
            concern, replace(OPEN, **changes), begin, by=viewer, at=TRIAGED, key=uuid.uuid4()
        )  # fmt: skip


def test_the_level_is_recorded_and_shown_on_the_concern_and_its_case(cast):
    triage, which = cast.triage_officer, concern_under(cast, LEVELS)
    for wrong in ("", "dreadful"):
        with pytest.raises(NotComplete, match=r"Say which level it reaches \(P1\)"):
            decides(triage, which, level=wrong)
    done = decides(triage, which, level="acute")
    assert done.decision.level == "acute"
    with as_the_house():
        assert Entry.objects.get(act="concern.triaged").facts["level"] == "acute"
    lead = at_a_browser(cast.lead)
    assert "Level: Acute need" in read(lead.get(f"/concern/{which}"))
    assert "Level at triage: Acute need" in read(lead.get(f"/case/{done.case.public_id}"))


def test_a_policy_without_levels_asks_for_none_and_takes_none(cast):
    triage, which = cast.triage_officer, concern_under(cast, NONE)
    with pytest.raises(NotComplete, match="The policy in force has no levels"):
        decides(triage, which, level="acute")
    assert decides(triage, which).decision.level == ""
    assert "Level" not in read(at_a_browser(cast.lead).get(f"/concern/{which}"))
    assert caller(triage).get("/policy").body["levels"] == []


def test_the_page_asks_for_it_with_its_clause_and_the_api_tells_the_codes(cast):
    which = concern_under(cast, LEVELS)
    browser = at_a_browser(cast.triage_officer)
    who = {"subject": "child", "children_in_household": "yes", "domestic_abuse": "no", "harm": "", "child_decision": ""}
    assert browser.post(f"/concern/{which}/decide?step=who", who).status_code == 302
    step = read(browser.get(f"/concern/{which}/decide?step=decision"))
    for words in ("Which level does it reach?", "Early help", "Acute need", "A concern is decided by the panel. (P1)"):
        assert words in step
    sent = {"outcome": "advice", "advice": "Ring the council", "considered": ["watch"], "refers": "no"}
    assert "Select which level it reaches" in read(browser.post(f"/concern/{which}/decide?step=decision", sent))
    assert [each["code"] for each in caller(cast.triage_officer).get("/policy").body["levels"]] == ["early", "acute"]

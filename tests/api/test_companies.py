"""Another system works for a group: which codes a record takes is its own company's policy's word."""

from datetime import timedelta

import pytest

from api.caller import caller, telling
from hearth.access.clock import now
from pathway.group import founded


@pytest.fixture
def group(cast):
    found = founded(cast)
    found.adopts(cast, at=now() - timedelta(days=30), entity=found.wales.pk)
    return found


def clauses(answer):
    return {each["code"] for each in answer.body["clauses"]}


def test_the_codes_of_a_companys_policy_are_asked_for_by_its_number(cast, group):
    lead = caller(cast.lead)
    ours = lead.get("/policy")
    assert ours.body["companies"] == [{"code": str(group.wales.pk), "label": "Glan Derwen Homes"}]
    assert "4.1.4b" in clauses(ours)
    theirs = lead.get(f"/policy?company={group.wales.pk}")
    assert (theirs.status, theirs.body["name"]) == (200, "glan-derwen")
    assert "A2" in clauses(theirs) - clauses(ours)
    assert caller(group.officer).get("/policy").body["name"] == "glan-derwen", "whoever works there asks for nothing"


def test_a_record_says_whose_policy_holds_for_it(cast, group):
    reporter, lead = caller(cast.reporter), caller(cast.lead)
    for home, company in ((group.home_in_wales, str(group.wales.pk)), (group.home_in_england, None)):
        made = reporter.post("/concerns", telling(place="home", home=str(home.public_id))).body["id"]
        told = lead.get(f"/concerns/{made}").body
        assert told["company"] == company
        asked = f"?company={company}" if company else ""
        assert told["limits"][0]["clause"] in clauses(lead.get(f"/policy{asked}"))


def test_a_company_that_is_not_there_is_named_as_the_field_that_is_wrong(cast, group):
    lead = caller(cast.lead)
    for wrong in ("0", "x", "", str(10**30), f"{group.wales.pk}.0", "%00"):
        answer = lead.get(f"/policy?company={wrong}")
        assert answer.status == 422, wrong
        assert answer.where.keys() == {"company"}
    assert "Choose one of `companies`" in lead.get("/policy?company=0").where["company"]

"""Another system works for a group: which codes a record takes is its own company's policy's word."""

from datetime import timedelta

import pytest

from api.caller import caller, telling
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.queries import entity_of
from hearth.housing.models import Hazard
from pathway.group import founded
from web.signed_in import at_a_browser, read


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


def test_a_concern_stays_with_its_company_though_its_home_is_anothers_and_an_unsafe_home_does_not(cast, group):
    """What was promised was promised under the first policy. The control is a home of the same company."""
    reporter, triage = caller(cast.reporter), at_a_browser(cast.triage_officer)
    for home, stays in ((group.home_in_wales, True), (group.home_in_england, False)):
        made = reporter.post("/concerns", telling(signs=["damp_or_mould"])).body["id"]
        asked = {"home": home.public_id, "home_search": home.address, "why": "The school told us", "version": "1"}
        page = read(triage.post(f"/concern/{made}/home", asked, follow=True))
        assert "repairs are told of this" in page
        said = "This home is one of Glan Derwen Homes. The concern stays with"
        assert (said in page) is stays
        assert caller(cast.lead).get(f"/concerns/{made}").body["company"] is None
        with acting_as(cast.surveyor):
            hazard = Hazard.objects.get(home=home)
            assert entity_of(hazard.circle_id) == (group.wales.pk if stays else None)


def test_a_company_that_is_not_there_is_named_as_the_field_that_is_wrong(cast, group):
    lead = caller(cast.lead)
    for wrong in ("0", "x", "", str(10**30), f"{group.wales.pk}.0", "%00"):
        answer = lead.get(f"/policy?company={wrong}")
        assert answer.status == 422, wrong
        assert answer.where.keys() == {"company"}
    assert "Choose one of `companies`" in lead.get("/policy?company=0").where["company"]

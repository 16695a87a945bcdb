"""An emergency opening is looked at again by a lead who did not open it, and the policy says by when."""

import re
import uuid

import pytest

from at_a_page import text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.access.models import EmergencyReview, Grant
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.ledger.models import Entry
from hearth.pathway.emergencies import open_in_emergency
from hearth.pathway.raising import raise_concern
from hearth.timescales.models import Clock

TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.ELSEWHERE, elsewhere="Mill Street", noticed="A cold flat.",
    signs=(), told_by="saw_it",
)  # fmt: skip
WHY = "She rang, crying; nobody on call answers"


def opened_by(cast, who: str):
    """A concern somebody logged, opened in an emergency by somebody else."""
    with acting_as(cast.reporter):
        logged = raise_concern(TOLD, by=cast.reporter, at=clock.now(), key=uuid.uuid4(), came_by=Came.PAGE)
    opener = getattr(cast, who)
    with acting_as(opener):
        open_in_emergency("concern", logged.reference, why=WHY, by=opener, at=clock.now())
    with acting_as(cast.lead):
        return Grant.objects.get(part_in_it="broke_glass", user_id=opener.id), logged.reference


def promises() -> list[tuple[str, str]]:
    with as_the_house():
        return list(Clock.objects.filter(about_kind="emergency").values_list("rule", "state"))


def test_a_lead_looks_again_and_the_promise_to_do_so_is_kept(browser, cast) -> None:
    """Feature 66."""
    grant, reference = opened_by(cast, "worker")
    lead, page = browser("lead"), f"/emergencies/{grant.public_id}"
    assert promises() == [("emergency.review", "running")]
    assert not re.search(r"emergency opening\s*,", text(lead.get("/my-work"))), "nothing follows: it has no reference"
    listed = text(lead.get("/emergencies"))
    assert f"Worker, {reference} Waits" in listed
    assert WHY in listed
    assert "Review by" in listed
    assert "Clause H.emergency-review" in listed
    assert "Select what you found" in text(lead.post(page, {"why": "typed and kept"}))
    lead.post(page, {"finding": "needed", "why": "The lead on call had no signal"})
    assert promises() == [("emergency.review", "met")]
    assert "It was needed: The lead on call had no signal" in text(lead.get("/emergencies"))
    again = lead.get(page)
    assert (again.status_code, again.url) == (302, "/emergencies"), "it is said once"
    with as_the_house():
        (entry,) = Entry.objects.filter(act="access.glass_reviewed")
        assert (entry.facts, entry.about_id) == ({"finding": "needed"}, grant.pk)


def test_every_lead_is_told_and_the_notice_leads_to_the_review(browser, cast) -> None:
    grant, _ = opened_by(cast, "worker")
    for who in ("lead", "deputy"):
        page = browser(who).get("/my-work").content.decode()
        assert f'href="/emergencies/{grant.public_id}"' in page


def test_nobody_reviews_his_own_emergency_opening(browser, cast) -> None:
    grant, _ = opened_by(cast, "deputy")
    deputy = browser("deputy")
    assert "You opened this yourself." in text(deputy.get("/emergencies"))
    form = {"finding": "needed", "why": "I say so"}
    assert "Another lead reviews it." in text(deputy.post(f"/emergencies/{grant.public_id}", form))
    with acting_as(cast.lead):
        assert not EmergencyReview.objects.exists()
    browser("lead").post(f"/emergencies/{grant.public_id}", form)
    with acting_as(cast.lead):
        assert EmergencyReview.objects.get().reviewed_by_id == cast.lead.id


@pytest.mark.parametrize("who", ["administrator", "worker", "triage_officer", "auditor"])
def test_only_leads_see_them(browser, cast, who: str) -> None:
    grant, _ = opened_by(cast, "worker")
    for page in ("/emergencies", f"/emergencies/{grant.public_id}"):
        assert browser(who).get(page).status_code == 404
        assert browser("lead").get(page).status_code == 200

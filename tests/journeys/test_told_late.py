"""A contractor tells without knowing whose home it is; triage finds it, repairs are told, and he asks how it stands."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.links import make_link
from hearth.concerns.models import Concern
from housing.estate import make_home

if TYPE_CHECKING:
    from company import Cast

CODE = re.compile(r"[0-9B-Z]{4}-[0-9B-Z]{4}-[0-9B-Z]{4}")
NOTICED = "Black mould over the cot, and the window does not open."


@pytest.fixture
def link(own_cast: "Cast") -> str:
    """What the sheet in the van carries; the home stands in the register."""
    lead = own_cast.lead
    with transaction.atomic():
        make_home(own_cast.register_keeper, "12 Acacia Road", reference="H-12")
    with acting_as(lead), transaction.atomic():
        return make_link("Brightgas job sheet", by=lead, at=now() - timedelta(days=1))[1]


def concern(cast: "Cast") -> str:
    with acting_as(cast.lead), transaction.atomic():
        return f"/concern/{Concern.objects.get().public_id}"


def tell(page: Page, link: str) -> str:
    """Tell it by the link; the code of the receipt."""
    page.goto(f"/r/{link}")
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
    page.get_by_label("I don’t know where").check()
    page.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    page.locator("#about_staff-3").check()
    page.get_by_label("Damp or mould", exact=False).first.check()
    page.get_by_role("button", name="Send", exact=True).first.click()
    expect(page.get_by_text("We have your concern")).to_be_visible()
    found = CODE.search(page.inner_text("main"))
    assert found
    return found[0]


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_home_is_found_and_the_code_says_how_it_stands(
    request, own_cast: "Cast", link: str, device: str, more_browsers, enter, axe, shot
) -> None:
    van: Page = request.getfixturevalue(device)
    code = tell(van, link)
    axe(van)
    shot(van, f"late-1-receipt-{device}")

    triage = enter(more_browsers(), "triage_officer")
    if device == "phone":
        triage.set_viewport_size({"width": 360, "height": 740})
    triage.goto(concern(own_cast))
    shot(triage, f"late-2-concern-{device}")
    triage.get_by_role("link", name="Say which home it is").click()
    axe(triage)
    triage.get_by_label("How do you know?").fill("The job sheet says so")
    triage.get_by_label("Address, postcode or UPRN").fill("acacia road 12")
    triage.get_by_role("button", name="Find the home").click()
    expect(triage.get_by_label("12 Acacia Road", exact=False)).to_be_visible()
    expect(triage.get_by_label("How do you know?")).to_have_value("The job sheet says so")
    axe(triage)
    shot(triage, f"late-3-home-{device}")
    triage.get_by_label("12 Acacia Road", exact=False).check()
    triage.get_by_role("button", name="This is the home").click()
    expect(triage.get_by_text("repairs are told of this: Damp and mould", exact=False)).to_be_visible()
    shot(triage, f"late-4-concern-with-its-home-{device}")
    triage.get_by_role("link", name="Tell repairs of an unsafe home").click()
    axe(triage)
    shot(triage, f"late-5-unsafe-{device}")
    triage.get_by_label("Electrical").check()
    triage.get_by_label("Since now").check()
    triage.get_by_role("button", name="Tell repairs").click()
    expect(triage.get_by_text("Repairs are told.", exact=False)).to_be_visible()

    van.get_by_role("link", name="Enter the code here").click()
    axe(van)
    shot(van, f"late-6-enter-the-code-{device}")
    van.get_by_label("The code on your receipt").fill("2222-2222-2222")
    van.get_by_role("button", name="Continue").click()
    expect(van.get_by_text("We do not know this code", exact=False).first).to_be_visible()
    axe(van)
    van.get_by_label("The code on your receipt").fill(code.lower())
    van.get_by_role("button", name="Continue").click()
    expect(van.get_by_text("Received")).to_be_visible()
    axe(van)
    shot(van, f"late-7-how-it-stands-{device}")
    van.get_by_label("What still worries you?").fill("Nobody came")
    van.get_by_role("button", name="Send", exact=True).click()
    expect(van.get_by_text("A lead who did not decide will read this", exact=False)).to_be_visible()
    axe(van)
    shot(van, f"late-8-still-worried-{device}")
    assert NOTICED not in van.content()

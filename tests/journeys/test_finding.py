"""A housing officer finds a tenant whose name she has only heard, and the home, without scripts and on a phone."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from playwright.sync_api import expect

from housing.estate import let, make_home
from people.records import tenant

if TYPE_CHECKING:
    from company import Cast


@pytest.fixture
def estate(own_cast: "Cast") -> None:
    """Two homes and the people in them."""
    keeper = own_cast.register_keeper
    with transaction.atomic():
        flat = make_home(keeper, "4 Juniper Court", uprn="100012345")
        her = tenant(keeper, "Siobhán O’Brien", born_on=date(1988, 5, 1), phone="01632 960011", known_as="Shiv")
        child = tenant(keeper, "Cian O’Brien", born_on=date(2019, 2, 1))
        gone = tenant(keeper, "Arthur Pell", born_on=date(1940, 1, 1))
        let(keeper, flat, gone, reference="T-0", since=date(2001, 1, 8), until=date(2020, 2, 9))
        let(keeper, flat, her, child, reference="T-1", since=date(2020, 3, 2))
        make_home(keeper, "6 Juniper Court")


def test_a_tenant_is_found_by_a_name_heard_and_her_home_by_her(estate, phone, desktop, no_scripts, enter, axe, shot):
    for page, kind in ((phone, "phone"), (desktop, "desktop"), (no_scripts, "")):
        officer = enter(page, "reporter")
        officer.goto("/find")
        officer.get_by_role("button", name="Find").click()
        expect(officer.get_by_role("heading", name="There is a problem")).to_be_visible()
        if kind:
            axe(officer)
        officer.get_by_label("Name").fill("shivawn obrien")
        officer.get_by_label("Address, postcode or UPRN").fill("Juniper Court")
        officer.keyboard.press("Enter")
        officer.wait_for_url("**/find/*")
        assert "obrien" not in officer.url
        expect(officer.get_by_role("link", name="6 Juniper Court")).to_be_visible()
        if kind:
            axe(officer)
            shot(officer, f"find-{kind}")
        officer.get_by_role("link", name="Siobhán O’Brien").click()
        expect(officer.get_by_text("01632 960011")).to_be_visible()
        if kind:
            axe(officer)
            shot(officer, f"person-{kind}")
        officer.get_by_role("link", name="4 Juniper Court").click()
        expect(officer.get_by_text("until 9 February 2020")).to_be_visible()
        if kind:
            axe(officer)
            shot(officer, f"home-{kind}")
        officer.goto("/find")
        officer.get_by_label("Name").fill("Nobody Atall")
        officer.get_by_role("button", name="Find").click()
        expect(officer.get_by_text("Try another spelling")).to_be_visible()
        if kind:
            axe(officer)
            shot(officer, f"find-nothing-{kind}")

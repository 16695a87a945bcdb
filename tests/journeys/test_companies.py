"""A group of companies with policies of their own, on a phone and on a desk."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.terms import Came, Place
from hearth.pathway.raising import raise_concern
from pathway.group import founded
from walked import COLD


@pytest.fixture
def concern(own_cast):
    """One concern in England and one in Wales, where the company has had its own policy for a month. The Welsh one."""
    with transaction.atomic():
        group = founded(own_cast)
        group.adopts(own_cast, at=now() - timedelta(days=30), entity=group.wales.pk)
    with transaction.atomic(), acting_as(own_cast.reporter):
        for home in (group.home_in_england, group.home_in_wales):
            told = replace(COLD, place=Place.HOME, elsewhere="", home_id=home.pk)
            kept = raise_concern(told, by=own_cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    return kept.concern


def test_each_page_says_whose_it_is(phone, desktop, enter, axe, shot, concern):
    for page, name in ((phone, "phone"), (desktop, "desk")):
        enter(page, "lead")
        for address in ("/triage", "/due", f"/concern/{concern.public_id}", "/policy", "/reading", "/tried-policies"):
            page.goto(address)
            axe(page)
            shot(page, f"group-{address.strip('/').split('/')[0]}-{name}")
        for address in ("/promises", "/policy/livv-2022", "/policy/changes"):
            page.goto(address)
            page.get_by_label("For which company?").select_option(label="Glan Derwen Homes")
            page.get_by_role("button", name="Show").first.click()
            expect(page.get_by_text("It is for Glan Derwen Homes alone").first).to_be_visible()
            axe(page)
            shot(page, f"group-{address.strip('/').replace('/', '-')}-{name}")
        page.goto("/tried-policies/try/livv-2022")
        page.get_by_label("For which company?").select_option(label="Glan Derwen Homes")
        page.get_by_role("button", name="Show").click()
        axe(page)
        shot(page, f"group-try-{name}")
        page.goto("/counts")
        page.get_by_label("Of whom").select_option(label="Glan Derwen Homes")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_text("Of the records of Glan Derwen Homes alone, from")).to_be_visible()
        axe(page)
        shot(page, f"group-counts-{name}")
        enter(page, "administrator").goto("/links")
        axe(page)
        shot(page, f"group-links-{name}")


def test_the_english_and_the_welsh_concern_are_decided_by_two_policies(phone, enter, concern, axe, shot):
    """What a triage officer sees of both, without choosing anything."""
    enter(phone, "triage_officer").goto("/triage")
    expect(phone.get_by_text("Glan Derwen Homes.")).to_have_count(1)
    phone.goto(f"/concern/{concern.public_id}")
    expect(phone.get_by_text("The policy of Glan Derwen Homes holds for it.")).to_be_visible()
    expect(phone.get_by_role("link", name="Clause A2")).to_be_visible()

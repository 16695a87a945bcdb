"""Triage says who is in a concern; naming a colleague's sister shuts it to everybody but the leads."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern
from hearth.people.operations import relate
from hearth.people.terms import Tie
from housing.estate import let, make_home
from people.records import make_record, tenant

if TYPE_CHECKING:
    from company import Cast


@pytest.fixture
def concern(own_cast: "Cast") -> str:
    """A concern at a home whose tenant is the sister of a triage officer."""
    cast = own_cast
    with transaction.atomic():
        flat = make_home(cast.register_keeper, "4 Juniper Court")
        nora = tenant(cast.register_keeper, "Nora Heath", born_on=date(1979, 5, 1))
        son = tenant(cast.register_keeper, "Sam Heath", born_on=date(2015, 2, 1))
        let(cast.register_keeper, flat, nora, son, reference="T-1", since=date(2020, 3, 2))
        declan = tenant(cast.register_keeper, "Declan Heath")
        with acting_as(cast.administrator):
            User.objects.filter(pk=cast.relative_in_triage.id).update(person_id=declan.pk)
        elsewhere = make_record(cast.lead)
        with acting_as(cast.lead):
            relate(elsewhere, declan, Tie.SIBLING, nora, by=cast.lead, at=clock.now())
    told = Told(
        danger_now=False, about_staff=AboutStaff.NO, place=Place.HOME, home_id=flat.pk,
        noticed="She would not open the door more than a hand. The boy behind her shook his head.",
    )  # fmt: skip
    with acting_as(cast.reporter):
        at = clock.now() - timedelta(hours=1)
        made = raise_concern(told, by=cast.reporter, at=at, key=uuid.uuid4(), came_by=Came.PAGE)
    return f"/concern/{made.public_id}"


def add(page, name, who, part):
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name of the person").fill(name)
    page.get_by_role("button", name="Look").click()
    page.get_by_role("group", name="Who is it?").get_by_label(who).check()
    page.get_by_role("group", name="Which part do they play here?").get_by_label(part).check()


def test_triage_says_who_is_in_it_and_a_colleagues_sister_shuts_it(concern, desktop, phone, browser, enter, axe, shot):
    relative = enter(phone, "relative_in_triage")
    relative.goto(concern)
    expect(relative.get_by_role("heading", name="What was noticed")).to_be_visible()

    triage = enter(desktop, "triage_officer")
    triage.goto(concern)
    axe(triage)
    triage.get_by_role("link", name="Add a person").click()
    axe(triage)
    triage.get_by_role("button", name="Look").click()
    expect(triage.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(triage)
    triage.goto(concern)
    add(triage, "sam heeth", "Sam Heath, born 2015", "Child we are worried about")
    shot(triage, "people-add-desktop")
    axe(triage)
    triage.get_by_role("button", name="Add to this record").click()
    expect(triage.get_by_role("heading", name="Sam Heath")).to_be_visible()
    axe(triage)
    shot(triage, "people-person-empty-desktop")
    tell_about(triage, axe, shot)
    triage.goto(concern)
    shot(triage, "people-concern-desktop")

    add(triage, "Nora Heath", "Nora Heath, born 1979", "Adult we are worried about")
    triage.get_by_role("button", name="Add to this record").click()
    expect(triage.get_by_text("it is now restricted")).to_be_visible()
    axe(triage)
    shot(triage, "people-restricted-desktop")
    for page in (triage, relative):
        page.goto(concern)
        expect(page.get_by_role("heading", name="Page not found")).to_be_visible()

    lead = enter(phone, "lead")
    lead.goto("/my-work")
    expect(lead.get_by_text("somebody in it works with us or is close to a colleague")).to_be_visible()
    lead.goto(concern)
    expect(lead.get_by_role("link", name="Nora Heath")).to_be_visible()
    axe(lead)
    shot(lead, "people-concern-phone")
    lead.get_by_role("link", name="Sam Heath").click()
    axe(lead)
    shot(lead, "people-person-phone")
    lead.goto(f"{concern}/know-somebody")
    axe(lead)
    shot(lead, "people-conflict-phone")
    lead.goto("/exclusions")
    axe(lead)
    shot(lead, "people-exclusions-phone")


def tell_about(page, axe, shot):
    """What the concern says of the boy: how to reach him, and what he wants."""
    page.get_by_role("link", name="Say what is safe").click()
    axe(page)
    page.get_by_label("Telephone").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("group", name="Is it safe").get_by_label("Never").check()
    page.get_by_label("Where and how").fill("Speak to him at school, through Mrs Vale")
    axe(page)
    shot(page, "people-contact-desktop")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Record what they want").click()
    page.get_by_role("group", name="Has the person been asked").get_by_label("They said what they want").check()
    page.get_by_label("What do they want, in their own words").fill("“I want Mum to sleep.”")
    page.get_by_role("group", name="Who told us").get_by_label("The person").check()
    for part, typed in (("Day", "1"), ("Month", "2"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    axe(page)
    shot(page, "people-wish-desktop")
    page.get_by_role("button", name="Keep").click()
    for link, name in (
        ("Say how to speak", "needs"),
        ("Record a decision on", "capacity"),
        ("Change the part", "part"),
    ):
        here = page.url
        page.get_by_role("link", name=link).click()
        axe(page)
        shot(page, f"people-{name}-desktop")
        page.goto(here)
    axe(page)
    shot(page, "people-person-desktop")

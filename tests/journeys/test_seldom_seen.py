"""Pages people seldom come to: too many tries, a form left open too long, the API, later pages of a list, a panel."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hearth.access.clock import now
from journeys.looking import look
from pathway.ashgrove import DOCUMENTS, proposed
from triage.test_deciders import concern_under
from triage.test_levels import LEVELS
from walked import raised

PANEL = LEVELS.replace(
    'posts = ["triage", "deputy"]', 'decided_by = "panel"\nposts = ["triage", "deputy"]\ntogether = 2'
)
IN_TIME = DOCUMENTS.replace("{approvals}", '{ by = "director", within = "2 working days" },')


def test_too_many_tries_and_a_form_left_open_say_what_to_do(phone, axe, shot, own_cast):
    phone.goto("/sign-in/given-code")
    for _ in range(12):
        phone.get_by_label("Your e-mail address").fill("nobody@ashgrove.example")
        phone.get_by_label("The code you were given").fill("2222-2222-2222")
        phone.get_by_role("button", name="Continue").click()
        if phone.get_by_role("heading", name="Too many tries").count():
            break
    expect(phone.get_by_role("heading", name="Too many tries")).to_be_visible()
    look(phone, "too-many", axe, shot)
    phone.goto("/sign-in/")
    phone.context.clear_cookies()
    phone.get_by_label("E-mail address").fill("nobody@ashgrove.example")
    phone.locator("input[type=password]").fill("four quiet herons wade")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_role("heading", name="That page had been open too long")).to_be_visible()
    look(phone, "stale-form", axe, shot)


def test_the_api_is_read_on_a_phone(phone, axe, shot, own_cast):
    phone.goto("/api/docs")
    expect(phone.get_by_role("heading", name="The API", exact=True)).to_be_visible()
    look(phone, "api-docs", axe, shot)


def test_the_middle_of_a_list_leads_both_ways(phone, enter, axe, shot, own_cast):
    with transaction.atomic():
        for _ in range(52):
            raised(own_cast, at=now())
    for address in ("/triage", "/due"):
        enter(phone, "triage_officer").goto(address)
        phone.get_by_role("link", name="Next page").click()
        expect(phone.get_by_role("link", name="Previous page")).to_be_visible()
        expect(phone.get_by_role("link", name="Next page")).to_be_visible()
        look(phone, f"middle-of{address.replace('/', '-')}", axe, shot)


@pytest.fixture
def under_a_panel(own_cast):
    with transaction.atomic():
        return concern_under(own_cast, PANEL)


def test_a_panel_is_asked_who_decided_and_which_level(phone, enter, axe, shot, under_a_panel):
    enter(phone, "triage_officer").goto(f"/concern/{under_a_panel}/decide?step=who")
    phone.get_by_label("A child", exact=True).check()
    phone.get_by_role("group", name="Do children live there or visit?").get_by_label("Yes").check()
    phone.get_by_role("group", name="Is domestic abuse part of it").get_by_label("No").check()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("group", name="Which level does it reach?")).to_be_visible()
    look(phone, "panel", axe, shot)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(phone, "panel-errors", axe, shot)


def test_an_approval_stands_under_my_work(phone, enter, axe, shot, own_cast):
    with transaction.atomic():
        proposed(own_cast)
    enter(phone, "deputy").goto("/my-work")
    look(phone, "my-work-approval", axe, shot)
    phone.get_by_role("link", name="waits for your approval").click()
    look(phone, "proposed", axe, shot)


def test_a_lead_finds_an_approval_with_a_time_under_due(phone, enter, axe, shot, own_cast):
    with transaction.atomic():
        proposed(own_cast, more=IN_TIME)
    enter(phone, "lead").goto("/due")
    expect(phone.get_by_role("heading", name="Policies that wait for approval")).to_be_visible()
    look(phone, "due-approval", axe, shot)

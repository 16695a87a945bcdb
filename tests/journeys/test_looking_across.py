"""A board champion looks at the months, and an auditor at who looked."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.ledger.operations import record_read
from hearth.pathway.raising import raise_concern

A_MONTH = timedelta(days=30)


@pytest.fixture
def a_year(own_cast):
    """A year of concerns: more in some months than in others."""
    told = Told(danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed="Shouting at night")
    with acting_as(own_cast.reporter), transaction.atomic():
        for months, many in enumerate((3, 9, 12, 7, 0, 14, 6, 11, 8, 2, 5, 10)):
            for number in range(many):
                came_by = Came.LINK if number % 4 == 3 else Came.PAGE
                at = now() - A_MONTH * months
                raise_concern(told, by=own_cast.reporter, at=at, key=uuid.uuid4(), came_by=came_by)
    return own_cast


def everything_fits(page):
    """Nothing runs off the screen, and no table or picture has to be pushed sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing runs off the screen"
    framed = "[...document.querySelectorAll('.hearth-table, .hearth-chart')]"
    sideways = page.evaluate(f"{framed}.some(one => one.scrollWidth > one.clientWidth)")
    assert not sideways, f"{page.url}: something must be pushed sideways"


def test_the_champion_reads_the_counts_on_a_phone_and_at_a_desk(a_year, phone, desktop, enter, axe, shot):
    for page, name in ((phone, "phone"), (desktop, "desktop")):
        enter(page, "champion").goto("/")
        page.get_by_role("link", name="Counts").last.click()
        page.get_by_role("heading", name="Concerns logged").wait_for()
        assert page.get_by_text("fewer than 5").count() > 0
        everything_fits(page)
        axe(page)
        shot(page, f"counts-{name}")
        page.get_by_label("What to count").select_option("promise.concern.triage")
        page.get_by_label("How far back").select_option("24")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("heading", name="Decide on the concern", exact=False).or_(
            page.get_by_role("heading", level=2)
        ).first.wait_for()
        everything_fits(page)
        axe(page)
        shot(page, f"counts-promise-{name}")
        page.get_by_role("link", name="A version to print").click()
        axe(page)
        shot(page, f"counts-print-{name}")


def test_the_champion_follows_a_broken_promise_to_its_figures(a_year, phone, desktop, enter, axe, shot):
    for page, name in ((phone, "phone"), (desktop, "desktop")):
        enter(page, "champion").goto("/")
        page.get_by_role("link", name="Promises").click()
        page.get_by_role("heading", name="Promises", level=1).wait_for()
        axe(page)
        shot(page, f"promises-{name}")
        page.get_by_label("Words or a clause’s number").fill("triage")
        page.get_by_label("How it stands").select_option("broken")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="4.1.4b", exact=True).click()
        page.get_by_text("At least one is late now.").first.wait_for()
        assert page.locator("tbody th").count() == 12, "month by month"
        everything_fits(page)
        axe(page)
        shot(page, f"promise-{name}")


def test_the_auditor_reads_who_looked_and_draws_a_sample(a_year, phone, desktop, enter, axe, shot):
    with acting_as(a_year.triage_officer), transaction.atomic():
        for concern in concerns.queue(a_year.triage_officer)[:6]:
            record_read("concern.read", about=concern, ids=[("concern", concern.id)], durable=False)
    enter(desktop, "outsider").goto("/case/6f1d6c1e-6f0e-4b53-9d4f-0c9a4d1c2b3a")
    for page, name in ((phone, "phone"), (desktop, "desktop")):
        enter(page, "auditor").goto("/")
        page.get_by_role("link", name="Access log").click()
        page.get_by_role("cell", name="Triage Officer").first.wait_for()
        everything_fits(page)
        axe(page)
        shot(page, f"access-log-{name}")
        page.get_by_label("What").select_option("refused")
        page.get_by_role("button", name="Show").click()
        page.get_by_text("Was refused").first.wait_for()
        page.get_by_role("link", name="A version to print").click()
        axe(page)
        shot(page, f"access-log-print-{name}")
        page.goto("/access-log/samples")
        page.get_by_label("How many cases").fill("")
        page.get_by_role("button", name="Draw").click()
        page.get_by_text("Enter how many cases you want to look at").first.wait_for()
        axe(page)
        page.get_by_label("How many cases").fill("5")
        page.get_by_role("button", name="Draw").click()
        page.get_by_text("The sample is drawn").wait_for()
        axe(page)
        shot(page, f"samples-{name}")


def test_on_paper_stand_the_figures_and_nothing_to_press(a_year, desktop, enter, shot):
    page = enter(desktop, "champion")
    for address, kept in (("/counts", "Concerns logged"), ("/promises", "4.1.4b")):
        page.goto(address)
        link = page.locator("main a.govuk-link:visible").first
        expect(page.get_by_role("button", name="Show")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Show")).to_be_hidden()
        expect(page.locator("main form")).to_be_hidden()
        expect(page.locator("nav:visible")).to_have_count(0)
        expect(page.get_by_text(kept).filter(visible=True).first).to_be_visible()
        written_after = link.evaluate("one => getComputedStyle(one, '::after').content")
        assert written_after in ("none", "normal"), "an address of this house is of no use on paper"
        shot(page, f"paper{address.replace('/', '-')}")
        page.emulate_media(media="screen")

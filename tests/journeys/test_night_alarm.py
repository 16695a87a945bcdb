"""Somebody is in danger at night: the alarm leaves without a word of it, a phone takes it, and the receipt says so."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from filled_in import NOTICED
from hearth.access.clock import now
from hearth.jobs.rounds import send_messages
from on_duty import as_jobs_process, rota
from way_out import PostOffice, TextGateway, post_office, text_gateway

if TYPE_CHECKING:
    from company import Cast

__all__ = ["post_office", "text_gateway"]


@pytest.fixture
def on_call(own_cast: "Cast") -> None:
    """The deputy is on call tonight."""
    rota(own_cast, ("deputy", 1), start=now() - timedelta(hours=1), hours=12)


def tell(page: Page) -> None:
    page.goto("/concerns/log")
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label("Yes", exact=True).check()
    page.get_by_label("I don’t know where").check()
    page.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    page.locator("#about_staff-3").check()
    page.get_by_role("button", name="Send", exact=True).first.click()


def test_an_alarm_at_night_is_taken_on_a_phone_and_the_reporter_sees_it(
    on_call, desktop: Page, phone: Page, enter, axe, shot, post_office: PostOffice, text_gateway: TextGateway
) -> None:
    porter = enter(desktop, "reporter")
    tell(porter)
    expect(porter.get_by_text("Ring this number now:")).to_be_visible()
    shot(porter, "night-1-receipt-ringing")

    with as_jobs_process():
        send_messages(now())
    (to, letter) = next(each for each in post_office.letters if "You are needed now" in each[1]["Subject"])
    assert to == ["deputy@ashgrove.example"]
    said = f"{letter} {text_gateway.texts}"
    assert text_gateway.texts, "a text message too"
    assert "https://hearth.ashgrove.example" in letter.get_payload()
    assert not [word for word in (*NOTICED.split(), "C-") if len(word) > 5 and word in said]

    deputy = enter(phone, "deputy")
    deputy.goto("/")
    deputy.get_by_role("link", name="My work").first.click()
    axe(deputy)
    shot(deputy, "night-2-my-work-phone")
    deputy.get_by_role("link", name="take this alert").click()
    axe(deputy)
    shot(deputy, "night-3-alert-phone")
    deputy.get_by_role("button", name="I take this alert").click()
    expect(deputy.get_by_text(NOTICED)).to_be_visible()
    assert "/concern/" in deputy.url
    axe(deputy)
    shot(deputy, "night-4-concern-phone")

    porter.get_by_role("link", name="Look again").click()
    expect(porter.get_by_text("We have told the on-call lead.")).to_be_visible()
    shot(porter, "night-5-receipt-told")

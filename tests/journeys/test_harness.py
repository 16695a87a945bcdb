"""The tools of the journeys can fail: each has a control that makes it."""

import threading
from collections.abc import Iterable

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from journeys.answering import answering, clicked

BAD = "<html lang=en><title>Bad</title><main><h1>Bad</h1><img src='data:,'><input></main></html>"
GOOD = "<html lang=en><title>Good</title><main><h1>Good</h1><label>Name <input></label></main></html>"
ASKED = b"<!doctype html><title>Asked</title><form method=post><button type=submit>Send</button></form>"
FIRST, LAST = b"<!doctype html><title>Answered</title><p>The first half", b" and the last word."


def test_the_accessibility_check_sees_a_missing_label(desktop: Page, axe) -> None:
    desktop.set_content(GOOD)
    axe(desktop)
    desktop.set_content(BAD)
    with pytest.raises(AssertionError, match="image-alt"):
        axe(desktop)


def test_somebody_enters_and_sees_what_is_theirs_to_do(phone: Page, enter, axe, shot) -> None:
    enter(phone, "lead").goto("/")
    assert phone.get_by_role("heading", level=1).inner_text() == "What do you need to do?"
    assert phone.locator("body.govuk-frontend-supported").count() == 1
    axe(phone)
    shot(phone, "home-phone")


def test_pages_work_where_no_scripts_run(no_scripts: Page, enter, shot) -> None:
    enter(no_scripts, "reporter").goto("/")
    no_scripts.get_by_role("button", name="Sign out").click()
    expect(no_scripts.get_by_role("heading", level=1)).to_have_text("Sign in")


@override_settings(DEMONSTRATION=True)
def test_a_demonstration_says_on_every_page_that_it_is_one(desktop: Page, enter, axe, shot) -> None:
    enter(desktop, "lead").goto("/")
    expect(desktop.get_by_text("Everybody in here is invented.")).to_be_visible()
    axe(desktop)
    shot(desktop, "home-desktop")


def test_a_click_waits_for_the_whole_answer(browser: Browser) -> None:
    """The control: Playwright's own click goes on when half of it is there."""
    rest = threading.Event()

    def answer(asked, begin) -> Iterable[bytes]:
        begin("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        if asked["REQUEST_METHOD"] == "POST":
            yield FIRST
            rest.wait(60)
            yield LAST
        else:
            yield ASKED

    with answering(answer) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        clicked(page.get_by_role("button"))
        assert LAST.decode() not in page.content()
        rest.set()
        page.goto(address)
        rest.clear()
        threading.Timer(0.5, rest.set).start()
        page.get_by_role("button").click()
        assert LAST.decode() in page.content()

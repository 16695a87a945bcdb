"""The tools of the journeys can fail: each has a control that makes it."""

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

BAD = "<html lang=en><title>Bad</title><main><h1>Bad</h1><img src='data:,'><input></main></html>"
GOOD = "<html lang=en><title>Good</title><main><h1>Good</h1><label>Name <input></label></main></html>"


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

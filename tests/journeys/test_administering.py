"""An administrator makes a triage officer, two people let her in to read, and switched off she is out at once."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from journeys.entering import code_for, newest_letter

WORD = "four quiet herons wade"


def add_halina(admin) -> None:
    admin.goto("/users/new")
    admin.get_by_role("button", name="Add the user").click()
    expect(admin.get_by_role("heading", name="There is a problem")).to_be_visible()
    admin.get_by_label("Name", exact=True).fill("Halina Frost")
    admin.get_by_label("Work e-mail address").fill("halina@ashgrove.example")
    admin.get_by_label("Employee").check()
    admin.get_by_role("button", name="Add the user").click()
    expect(admin.get_by_role("heading", name="Halina Frost")).to_be_visible()


def set_password_and_app(page, link: str) -> None:
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    page.get_by_label("New password", exact=True).fill(WORD)
    page.get_by_label("New password again").fill(WORD)
    page.get_by_role("button", name="Change password").click()
    page.wait_for_url("**/password/changed")
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("halina@ashgrove.example")
    page.get_by_label("Password", exact=True).fill(WORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What do you need to do?").wait_for()
    page.goto("/sign-in/account/app")
    page.get_by_label("Code").fill(code_for(page.locator(".hearth-secret").inner_text()))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/recovery-codes")
    cache.clear()


def test_a_triage_officer_from_her_first_letter_to_her_last_day(desktop, phone, browser, site, enter, axe, shot):
    """Features 64, 67 and 71 on screen."""
    admin = enter(desktop, "administrator")
    add_halina(admin)
    axe(admin)
    shot(admin, "user-new")
    hers = phone
    set_password_and_app(hers, newest_letter("halina@ashgrove.example"))
    hers.goto("/triage")
    assert "Page not found" in hers.title()

    admin.get_by_role("button", name="Put into a post").click()
    axe(admin)
    admin.get_by_label("Into which post?").select_option(label="Triage officer")
    admin.get_by_label("No, the post is theirs").check()
    shot(admin, "appoint")
    admin.get_by_role("button", name="Put into the post").click()
    expect(admin.get_by_text("a lead or another administrator must agree")).to_be_visible()
    axe(admin)
    shot(admin, "posts")
    hers.goto("/triage")
    assert "Page not found" in hers.title()

    lead = enter(browser.new_context(base_url=site).new_page(), "lead")
    lead.goto("/posts/asked")
    axe(lead)
    shot(lead, "proposals")
    lead.get_by_role("link", name="Halina Frost, Triage officer").click()
    lead.get_by_label("Yes, they hold the post from now on").check()
    axe(lead)
    shot(lead, "answer")
    lead.get_by_role("button", name="Answer").click()
    expect(lead.get_by_text("They hold the post now.")).to_be_visible()
    lead.context.close()

    hers.goto("/triage")
    expect(hers.get_by_role("heading", name="Concerns waiting for a decision")).to_be_visible()

    admin.goto("/users")
    axe(admin)
    shot(admin, "users")
    admin.get_by_role("link", name="Halina Frost").click()
    axe(admin)
    shot(admin, "user")
    admin.get_by_role("button", name="Switch off").click()
    axe(admin)
    shot(admin, "switch-off")
    admin.get_by_label("Why?").fill("She left us")
    admin.get_by_role("button", name="Switch off").click()
    hers.goto("/triage")
    expect(hers.get_by_role("button", name="Sign in").first, "out with the next page").to_be_visible()


PAGES = (
    "users", "users/new", "posts", "posts/new", "posts/appoint", "post/triage", "teams/new", "rota", "rota/new",
    "unsent", "posts/asked", "posts/policy", "documents", "calendar",
)  # fmt: skip


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_every_page_of_administering_reads_on_a_phone_and_on_a_desk(width, enter, axe, shot, request):
    page = enter(request.getfixturevalue(width), "administrator")
    for name in PAGES:
        page.goto(f"/{name}")
        axe(page)
        shot(page, f"{width}-{name.replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"

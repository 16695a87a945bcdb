"""Signing in, in a browser: password and app, passkey, and the provider's own directory."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import override_settings
from oidc_provider_mock import User as Claims
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from hearth.access import clock
from hearth.organisation.models import User
from hearth.site.sign_in import providers
from journeys.entering import code_for
from journeys.looking import scripts_listen

if TYPE_CHECKING:
    from company import Cast

PASSWORD = "eleven green bottles"
WORKER = "worker@ashgrove.example"
PEOPLE = [
    Claims(sub="directory-1", claims={"email": WORKER, "email_verified": True, "amr": ["pwd", "mfa"]}),
    Claims(sub="directory-2", claims={"email": "owner@ashgrove.example", "email_verified": True, "amr": ["pwd"]}),
    Claims(sub="directory-3", claims={"email": "lead@ashgrove.example", "email_verified": False, "amr": ["mfa"]}),
    Claims(sub="directory-4", claims={"email": "stranger@elsewhere.example", "email_verified": True}),
]


@pytest.fixture
def worker(own_cast: "Cast") -> User:
    user = User.objects.get(pk=own_cast.worker.id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


@pytest.fixture
def directory() -> Iterator[None]:
    """The provider's own OpenID Connect server, on loopback."""
    with run_server_in_thread(user_claims=PEOPLE) as server:
        url = f"http://localhost:{server.server_port}"
        told = {
            "HEARTH_OIDC_URL": url,
            "HEARTH_OIDC_CLIENT": "hearth",
            "HEARTH_OIDC_SECRET": "s",
            "HEARTH_OIDC_NAME": "Ashgrove",
        }
        (app,) = providers(told)
        from django.conf import settings

        policy = {**settings.SECURE_CSP, "form-action": ["'self'", app["origin"]]}
        with override_settings(
            SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app["settings"]]}}, SECURE_CSP=policy
        ):
            yield


def give_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(WORKER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def a_phone_that_knows_a_finger(page: Page) -> None:
    """Chromium's virtual authenticator: it says yes as if somebody had touched it."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_password_and_an_app_open_the_house(phone: Page, worker: User, axe, shot) -> None:
    phone.goto("/sign-in/")
    phone.get_by_role("button", name="Sign in with a passkey").wait_for()
    expect(phone.locator("[data-passkey-problem]"), "nothing went wrong yet").not_to_be_visible()
    axe(phone)
    shot(phone, "sign-in-phone")
    phone.get_by_label("E-mail address").fill(WORKER)
    phone.get_by_label("Password", exact=True).fill("wrong")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone).to_have_title(re.compile("^Error: Sign in"))
    axe(phone)
    shot(phone, "sign-in-wrong-phone")

    give_password(phone)
    phone.get_by_role("link", name="give it or set it up now").click()
    axe(phone)
    shot(phone, "second-factor-phone")
    phone.get_by_role("button", name="Use an authenticator app").click()
    axe(phone)
    shot(phone, "app-phone")
    secret = phone.locator(".hearth-secret").inner_text()
    phone.get_by_label("Code").fill(code_for(secret))
    phone.get_by_role("button", name="Set up").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    axe(phone)
    shot(phone, "recovery-codes-phone")

    phone.get_by_role("button", name="Sign out").click()
    cache.clear()
    give_password(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Enter your code")
    axe(phone)
    shot(phone, "code-phone")
    phone.get_by_label("Code").fill(code_for(secret))
    phone.get_by_role("button", name="Continue", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What do you need to do?")
    phone.get_by_role("link", name="Your account").click()
    axe(phone)
    shot(phone, "account-phone")


def test_a_passkey_opens_the_house_by_itself(desktop: Page, worker: User, axe, shot) -> None:
    a_phone_that_knows_a_finger(desktop)
    give_password(desktop)
    desktop.goto("/sign-in/account/passkeys/add")
    desktop.get_by_label("What to call it").fill("My phone")
    axe(desktop)
    shot(desktop, "passkey-add-desktop")
    desktop.get_by_role("button", name="Add passkey").click()
    desktop.get_by_role("heading", name="Recovery codes").wait_for()
    desktop.goto("/sign-in/account/passkeys")
    expect(desktop.get_by_role("term").filter(has_text="My phone")).to_be_visible()
    shot(desktop, "passkeys-desktop")

    desktop.get_by_role("button", name="Sign out").click()
    shot(desktop, "sign-in-desktop")
    desktop.get_by_role("button", name="Sign in with a passkey").click()
    desktop.get_by_role("heading", name="What do you need to do?").wait_for()
    assert "without a second factor" not in desktop.content()

    desktop.get_by_role("button", name="Sign out").click()
    cache.clear()
    give_password(desktop)
    expect(desktop.get_by_role("heading", level=1), "a password alone no longer suffices").to_have_text(
        "Enter your code"
    )
    desktop.get_by_role("button", name="Use a passkey").click()
    desktop.get_by_role("heading", name="What do you need to do?").wait_for()


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("directory-1", "What do you need to do?"),
        ("directory-2", "You signed in without a second factor"),
        ("directory-3", "You do not have an account in Hearth"),
        ("directory-4", "You do not have an account in Hearth"),
    ],
    ids=["with a second factor there", "without one there", "address not vouched for", "stranger"],
)
def test_the_providers_own_directory_opens_accounts_that_exist(
    directory: None, no_scripts: Page, who: str, outcome: str, shot
) -> None:
    no_scripts.goto("/sign-in/")
    shot(no_scripts, "sign-in-own-phone")
    no_scripts.get_by_role("button", name="Sign in with Ashgrove").click()
    no_scripts.get_by_role("button", name=f"Authorize as {who}").click()
    no_scripts.get_by_text(outcome).wait_for()
    assert ("without a second factor" in no_scripts.content()) == (who == "directory-2")
    shot(no_scripts, f"own-{who}-phone")


def test_a_directory_that_refuses_leads_back_to_the_door(directory: None, no_scripts: Page) -> None:
    no_scripts.goto("/sign-in/")
    no_scripts.get_by_role("button", name="Sign in with Ashgrove").click()
    no_scripts.get_by_role("button", name="Deny access").click()
    expect(no_scripts.get_by_text("did not work. Try again.")).to_be_visible()
    expect(no_scripts.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_pages_about_problems_can_be_read_by_everybody(phone: Page, axe, shot) -> None:
    answer = phone.goto("/no-such-page")
    assert answer is not None
    assert answer.status == 404
    expect(phone.get_by_role("heading", level=1)).to_have_text("Page not found")
    axe(phone)
    shot(phone, "not-found-phone")


def test_somebody_is_warned_before_being_signed_out_and_may_stay(
    desktop: Page, enter, axe, shot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = timedelta()
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + ahead)
    desktop.clock.install()
    enter(desktop, "worker").goto("/sign-in/account")
    scripts_listen(desktop)
    dialog = desktop.get_by_role("dialog")
    expect(dialog).not_to_be_visible()

    ahead = timedelta(minutes=13, seconds=5)
    desktop.clock.fast_forward("13:05")
    desktop.get_by_role("heading", name="You will be signed out in 2 minutes").wait_for()
    axe(desktop)
    shot(desktop, "stay-desktop")
    desktop.get_by_role("button", name="Stay signed in").click()
    dialog.wait_for(state="hidden")
    ahead = timedelta(minutes=20)
    assert desktop.request.get("/sign-in/time-left").json()["seconds"] > 400

    ahead = timedelta(minutes=40)
    desktop.clock.fast_forward("27:00")
    desktop.get_by_role("heading", name="You have been signed out").wait_for()
    axe(desktop)
    shot(desktop, "stay-over-desktop")

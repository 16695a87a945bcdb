"""Every page that somebody may open, on a phone and on a desk: no axe violation, nothing that sticks out.

Each is opened in a town where it has something to show; those that need no record also where there is nothing yet; and
every form also as it comes back when nothing was filled in. Addresses come from the resolver, so a new page is looked
at without being listed, and one that nobody of the cast can open fails. `./hearth test --long` does it.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from access.matrix.routes import EVERY_ROW
from company import Cast
from journeys.answering import answering
from journeys.filling import fill
from journeys.looking import look
from journeys.town import Route, Shown, Town, routes

FILLED, EMPTY = "a town", "nothing yet"
ANSWERS = (
    "textarea, select, input[type=radio], input[type=text], input[type=email], input[type=password], input[type=file]"
)
FORM = f"main form[method=post]:has({ANSWERS})"
# The browser asks for a finger before it sends anything.
NO_ANSWER_NEEDED = frozenset({"mfa_add_webauthn"})
# Not those that look again, keep what is typed or throw something away.
SEND = "button.govuk-button:not(.govuk-button--secondary):visible"
# Pages in the middle of signing in need more than a session, and the ways out end it; a policy is changed step by step.
# Other journeys walk them.
SEEN_ELSEWHERE = frozenset(
    {
        "leave",
        "account_logout",
        "account_reset_password_from_key",
        "openid_connect_login",
        "openid_connect_callback",
        "change_in_policy",
        "drop_from_policy",
    }
)
# What shows no page to anybody, and why. What is only sent stands in the matrix: its row names no way to ask for it.
NO_PAGE = {
    **{row.name: "an act" for row in EVERY_ROW if row.get is None},
    **dict.fromkeys(
        ("counts_file", "changes_file", "promises_file", "register_faults", "time_left", "trial_file"), "a file"
    ),
    **dict.fromkeys(
        ("follow_link", "mfa_authenticate", "mfa_login_webauthn", "second_factor", "send_letter",
         "without_code"),
        "leads elsewhere",
    ),
}  # fmt: skip
# Shown where there is something, though its address names no record: a link that was followed, changes that were begun.
SHOWN_TO_WHOEVER_HAS_SOME = frozenset({"report", "begin_again"})


ROUTES = routes()
PAGES = [route for route in ROUTES if route.name not in SEEN_ELSEWHERE | NO_PAGE.keys()]
ALWAYS_SHOWN = [route for route in PAGES if not route.arguments and route.name not in SHOWN_TO_WHOEVER_HAS_SOME]


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, cloned, built_assets: Path) -> Iterator[Town]:
    """A running Hearth, with a town in it or with nothing yet."""
    with cloned() as database, answering() as address:
        town = Town(address)
        if request.param == FILLED:
            town.secret, town.ids = fill(Cast(), database)
            town.begin()
        yield town


@pytest.fixture
def page(town: Town, browser: Chromium) -> Iterator[Page]:
    """A page of nobody yet."""
    context = browser.new_context(base_url=town.address, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.xdist_group(FILLED)  # one process fills the town
@pytest.mark.parametrize("town", [FILLED], indirect=True, scope="module")
def test_somebody_of_the_cast_can_open_every_page(town: Town) -> None:
    looked_for = {route: town.looked_for(route) for route in ROUTES if route.name not in SEEN_ELSEWHERE}
    shut = [route.pattern for route, found in looked_for.items() if found is None]
    assert shut == [], "give the town what these show, or say which journey opens them"
    shows_none = {route.name: found for route, found in looked_for.items() if isinstance(found, str)}
    assert shows_none == {route.name: NO_PAGE[route.name] for route in ROUTES if route.name in NO_PAGE}


@pytest.mark.long
@pytest.mark.xdist_group(FILLED)
@pytest.mark.parametrize("town", [FILLED], indirect=True, scope="module")
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_it_reads_well_on_a_phone_and_on_a_desk(town: Town, route: Route, page: Page, axe, shot) -> None:
    place = town.looked_for(route)
    assert isinstance(place, Shown), f"nobody of the cast got the page of {route.pattern}: {place}"
    name = f"{route.name}-a-town"
    open_and_look(town, place, page, name, axe, shot)
    form = page.locator(FORM).last
    if form.count() and route.name not in NO_ANSWER_NEEDED:
        for answer in form.locator("textarea:visible, input[type=text]:visible").all():
            answer.fill("")
        form.locator(SEND).last.click()
        expect(page.get_by_role("heading", name="There is a problem"), "an empty form was taken").to_be_visible()
        look(page, f"{name}-errors", axe, shot)


@pytest.mark.long
@pytest.mark.xdist_group(EMPTY)
@pytest.mark.parametrize("town", [EMPTY], indirect=True, scope="module")
@pytest.mark.parametrize("route", ALWAYS_SHOWN, ids=lambda route: route.name)
def test_it_reads_well_where_there_is_nothing_yet(town: Town, route: Route, page: Page, axe, shot) -> None:
    place = town.looked_for(route)
    assert isinstance(place, Shown), f"{route.pattern} asks for nothing and shows nothing: {place}"
    open_and_look(town, place, page, f"{route.name}-nothing-yet", axe, shot)


def open_and_look(town: Town, place: Shown, page: Page, name: str, axe, shot) -> None:
    """As whoever may open it first, and that page and no other."""
    town.keep_awake(place.visitor)
    cookies = town.cookies_of(place.visitor).items()
    page.context.add_cookies([{"name": each, "value": value, "url": town.address} for each, value in cookies])
    page.goto(place.path)
    assert urlsplit(page.url).path == urlsplit(place.path).path, "it leads elsewhere by now"
    look(page, name, axe, shot)


def test_there_are_pages_to_look_at() -> None:
    """The control of the list: pages we know are in it, and no page is excused that is gone."""
    names = {route.name for route in PAGES}
    assert {"home", "case", "decide_concern", "log_concern", "account_login"} <= names
    assert names >= NO_ANSWER_NEEDED | SHOWN_TO_WHOEVER_HAS_SOME
    assert {route.name for route in ROUTES} >= SEEN_ELSEWHERE

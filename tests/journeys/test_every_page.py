"""Every page that somebody may open, on a phone and on a desk: no axe violation, nothing that sticks out.

Each is opened in a town where it has something to show; those that need no record also where there is nothing yet; and
every form also as it comes back when nothing was filled in. Addresses come from the resolver, so a new page is looked
at without being listed, and one that nobody of the cast can open fails. `./hearth test --long` does it.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from company import Cast
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
    }
)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


PAGES = routes()


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, cloned, built_assets: Path) -> Iterator[Town]:
    """A running Hearth, with a town in it or with nothing yet."""
    from hearth.site.wsgi import application

    with make_server("localhost", 0, application, server_class=_Server, handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        town = Town(f"http://localhost:{server.server_port}")
        with cloned() as database:
            if request.param == FILLED:
                town.secret, town.ids = fill(Cast(), database)
                town.begin()
            yield town
            server.shutdown()


@pytest.fixture
def page(town: Town, browser: Chromium) -> Iterator[Page]:
    """A page of nobody yet."""
    context = browser.new_context(base_url=town.address, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("town", [FILLED], indirect=True, scope="module")
def test_somebody_of_the_cast_can_open_every_page(town: Town) -> None:
    wanted = [route for route in PAGES if route.name not in SEEN_ELSEWHERE]
    shut = [route.pattern for route in wanted if town.looked_for(route) is None]
    assert shut == [], "give the town what these show, or say which journey opens them"


@pytest.mark.long
@pytest.mark.parametrize("town", [FILLED], indirect=True, scope="module")
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_it_reads_well_on_a_phone_and_on_a_desk(town: Town, route: Route, page: Page, axe, shot) -> None:
    place = "elsewhere" if route.name in SEEN_ELSEWHERE else town.looked_for(route)
    if isinstance(place, str):
        return  # an act, a file or a way to elsewhere
    assert place is not None, f"nobody of the cast could open {route.pattern}: give the town what it shows"
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
@pytest.mark.parametrize("town", [EMPTY], indirect=True, scope="module")
@pytest.mark.parametrize("route", [route for route in PAGES if not route.arguments], ids=lambda route: route.name)
def test_it_reads_well_where_there_is_nothing_yet(town: Town, route: Route, page: Page, axe, shot) -> None:
    place = None if route.name in SEEN_ELSEWHERE else town.looked_for(route)
    if not isinstance(place, str | None):  # else an act, or a page for those who have something
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
    assert names >= SEEN_ELSEWHERE | NO_ANSWER_NEEDED

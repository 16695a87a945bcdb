"""Journeys in a real browser against a real server, each in a database of its own.

`site` is the address. `phone`, `desktop` and `no_scripts` are pages of a browser of that kind. `enter(page, "lead")`
signs somebody in with both factors without the pages of signing in. `axe(page)` fails on any accessibility violation;
`shot(page, "name")` keeps a picture in the folder HEARTH_SHOTS, for people to look at.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from assets import built_assets, hatch_build
from journeys.answering import answering, click_and_wait
from journeys.entering import session_of

__all__ = ["built_assets", "hatch_build"]

# Playwright keeps an event loop in this thread; Django would take it for an asynchronous program.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("HEARTH_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-background-networking --disable-component-update --disable-sync --no-first-run "
    "--disable-default-apps --disable-extensions --disable-domain-reliability --metrics-recording-only --no-pings"
)
PATIENCE = 45_000  # milliseconds: a browser's first page is slow where much else runs
expect.set_options(timeout=PATIENCE)
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Enter = Callable[[Page, str], Page]
Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def nobody_goes_on_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click on what leads to another page waits for that page."""
    monkeypatch.setattr(Locator, "click", click_and_wait)


@pytest.fixture
def site(own_database: str, built_assets: Path) -> Iterator[str]:
    """A running Hearth on a database of its own; the address."""
    with answering() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the run. It talks to nobody but the site."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"There is no Chromium at {CHROMIUM}. Install it: apt-get install chromium")
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
    yield running
    running.close()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a phone 360 pixels wide."""
    yield from _page(browser, site, PHONE)


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a desk."""
    yield from _page(browser, site, DESKTOP)


@pytest.fixture
def no_scripts(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a phone that runs no scripts."""
    yield from _page(browser, site, {**PHONE, "java_script_enabled": False})


@pytest.fixture
def more_browsers(browser: Browser, site: str) -> Iterator[Callable[[], Page]]:
    """Gives each further person a browser of their own, on a desk."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(contextmanager(_page)(browser, site, DESKTOP))


@pytest.fixture
def enter(site: str) -> Enter:
    """Sign somebody of the cast in, with both factors."""

    def sign_in(page: Page, name: str) -> Page:
        page.context.add_cookies([{"name": "hearth", "value": session_of(name), "url": site}])
        return page

    return sign_in


@pytest.fixture
def axe() -> Look:
    """Fail on any violation of WCAG 2.2 AA or of good practice. Scripts must run: axe is one."""

    def look(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return look


@pytest.fixture
def shot() -> Shot:
    """Keep a picture of the whole page, where HEARTH_SHOTS names a folder."""
    folder = os.environ.get("HEARTH_SHOTS", "")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def _page(browser: Browser, site: str, profile: dict[str, object]) -> Iterator[Page]:
    context = browser.new_context(base_url=site, locale="en-GB", timezone_id="Europe/London", **profile)
    context.set_default_timeout(PATIENCE)
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert problems == [], "scripts failed or were refused by the policy"

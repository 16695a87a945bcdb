"""Looking at a page as it stands, on a phone and on a desk."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PHONE, DESK = 360, 1280


def scripts_listen(page: Page) -> None:
    """Wait until a page's own scripts notice what is typed: they come after the page."""
    expect(page.locator("body.hearth-ready")).to_have_count(1)


def look(page: Page, name: str, axe: Callable[[Page], None], shot: Callable[[Page, str], None]) -> None:
    """No axe violation, nothing that sticks out, and a picture of each."""
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} sticks out at {width}"
        axe(page)
        shot(page, f"{name}-{width}")

"""Several people at browsers of their own on one day, each let in by the administrator and signed in by the pages."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from hearth.access import clock
from journeys.entering import code_for, newest_letter
from journeys.looking import look

WORD = "four quiet herons wade"
A_YEAR = timedelta(days=365)


class Day:
    """Everybody at a browser of their own, and what is done on the way."""

    def __init__(self, more: Callable[[], Page], axe, shot) -> None:
        self.more, self.axe, self.shot, self.seen = more, axe, shot, 0
        self.admin = more()

    def look(self, page: Page, name: str) -> None:
        """Look at a page on a phone and on a desk."""
        self.seen += 1
        look(page, f"{self.seen:02}-{name}", self.axe, self.shot)

    def sign_in(self, page: Page, email: str) -> None:
        cache.clear()
        page.goto("/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(WORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="What do you need to do?")).to_be_visible()

    def set_up_a_second_factor(self, page: Page, name: str = "") -> None:
        page.get_by_role("link", name="give it or set it up now").click()
        self.look(page, f"{name}-second-factor") if name else None
        page.get_by_role("button", name="Use an authenticator app").click()
        self.look(page, f"{name}-app") if name else None
        page.get_by_label("Code").fill(code_for(page.locator(".hearth-secret").inner_text()))
        page.get_by_role("button", name="Set up").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        self.look(page, f"{name}-recovery-codes") if name else None
        cache.clear()

    def new_user(self, name: str, email: str, *, kind: str = "Employee", last_day: bool = False) -> str:
        """The administrator lets somebody in. Returns the link of the letter."""
        admin = self.admin
        admin.goto("/users")
        admin.get_by_role("button", name="New user").click()
        admin.get_by_label("Name", exact=True).fill(name)
        admin.get_by_label("Work e-mail address").fill(email)
        admin.get_by_label(kind).check()
        if last_day:
            the_day(admin, "last_day", after=A_YEAR)
        admin.get_by_role("button", name="Add the user").click()
        expect(admin.get_by_role("heading", name=name)).to_be_visible()
        return letter(email)

    def put_into(self, post: str) -> None:
        """Whoever the administrator looks at, into a post."""
        admin = self.admin
        admin.get_by_role("button", name="Put into a post").click()
        admin.get_by_label("Into which post?").select_option(label=post)
        admin.get_by_label("No, the post is theirs").check()
        admin.get_by_role("button", name="Put into the post").click()
        expect(admin.get_by_role("heading", name="Posts and who holds them")).to_be_visible()

    def first_password(self, link: str, email: str) -> Page:
        """Somebody opens the letter, chooses a password and signs in for the first time."""
        page = self.more()
        page.goto(link)
        page.get_by_label("New password", exact=True).fill(WORD)
        page.get_by_label("New password again").fill(WORD)
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()
        self.sign_in(page, email)
        return page


def the_day(page: Page, field: str, after: timedelta = timedelta()) -> None:
    """Today, or the day so long after it."""
    day = timezone.localdate(clock.now() + after)
    for part in ("day", "month", "year"):
        page.locator(f"#{field}-{part}").fill(str(getattr(day, part)))


def letter(email: str) -> str:
    """Where somebody's newest letter leads."""
    return re.sub(r"^https?://[^/]+", "", newest_letter(email))

"""Every page there is, and who of the cast may open it in a town that runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from browsing import Answer, Browser
from cast import CAST
from hearth.access import clock
from hearth.web.sessions import SEEN
from journeys.entering import session_of
from journeys.keyring import session_with_keys

MOVED = (301, 302, 303)
NOBODY, BY_LINK, WITH_KEYS = "nobody signed in", "whoever came by a link", "whoever has every key"
# Tried in this order: those who see most come first.
FIRST = ("lead", "worker", "administrator", "triage_officer", "deputy", "manager", "register_keeper", "surveyor")
VISITORS = tuple(dict.fromkeys((*FIRST, WITH_KEYS, BY_LINK, NOBODY, *CAST)))
# The word before an id in an address, where it is not the name of the table.
MEANT = {
    "unsafe-home": "hazard", "offered": "handover", "still-worried": "worry", "links": "reportinglink",
    "mine": "concern", "find": "found", "limit": "clock", "import": "registerupload", "asked": "proposal",
    "held": "appointment", "rota": "oncallshift", "process": "statutoryprocess", "tokens": "apitoken",
    "unsent": "message", "passkeys": "passkey",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Route:
    """One address of the site."""

    pattern: str
    name: str
    arguments: tuple[str, ...]

    @property
    def word(self) -> str:
        """The word before its first id."""
        before = self.pattern.split("<")[0].rstrip("/").rsplit("/", 1)[-1]
        return MEANT.get(before, before)


def routes() -> list[Route]:
    """Every address with a page, from the resolver itself. What programs ask (the API) is proved by its own tests."""
    return sorted(set(_routes(get_resolver(), "")))


def _routes(resolver: URLResolver, before: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if str(each.pattern) != "api/":
                yield from _routes(each, pattern)
        elif isinstance(each, URLPattern) and each.name:
            yield Route(pattern, each.name, tuple(each.pattern.converters))


@dataclass(frozen=True)
class Shown:
    """An address that shows a page, and to whom."""

    path: str
    visitor: str


@dataclass
class Town:
    """A running Hearth, the ids of what is in it, and everybody's session."""

    address: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    secret: str = ""
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    found: dict[Route, Shown | str | None] = field(default_factory=dict)

    def cookies_of(self, visitor: str) -> dict[str, str]:
        """What the visitor's browser holds."""
        if visitor not in self.cookies:
            browser = Browser(self.address)
            if visitor == BY_LINK and self.secret:
                browser.get(f"/r/{self.secret}")
            elif visitor == WITH_KEYS:
                browser.cookies["hearth"], self.ids["passkey"] = session_with_keys("outsider")
            elif visitor in CAST:
                browser.cookies["hearth"] = session_of(visitor)
            self.cookies[visitor] = browser.cookies
        return self.cookies[visitor]

    def keep_awake(self, visitor: str) -> None:
        """As if he had just been here: looking at every page takes longer than somebody may do nothing."""
        if key := self.cookies_of(visitor).get("hearth"):
            session = import_module(settings.SESSION_ENGINE).SessionStore(key)
            session[SEEN] = clock.now().isoformat()
            session.save()

    def looked_for(self, route: Route) -> Shown | str | None:
        """Where the route shows a page and to whom first; or why it is no page; or nothing, where nobody got any."""
        if route not in self.found:
            self.found[route] = self._look_for(route)
        return self.found[route]

    def _look_for(self, route: Route) -> Shown | str | None:
        why = None
        for visitor, path in product(VISITORS, self._addresses(route)):
            answer = self._asked(visitor, path)
            # A page of several steps leads to its first.
            if answer.status in MOVED and urlsplit(answer.place).path == path:
                path, answer = answer.place, self._asked(visitor, answer.place)
            if answer.status == 405:
                return "an act"
            if answer.status == 200:
                return Shown(path, visitor) if answer.text.lstrip().lower().startswith("<!doctype html") else "a file"
            if answer.status in MOVED and "/sign-in/" not in answer.place:
                why = "leads elsewhere"
        return why

    def _asked(self, visitor: str, path: str) -> Answer:
        return Browser(self.address, dict(self.cookies_of(visitor))).once("GET", path)

    def _addresses(self, route: Route) -> Iterable[str]:
        meant = [route.name if route.name in self.ids else route.word, *route.arguments[1:]]
        chosen = product(*(self.ids.get(word, []) for word in meant[: len(route.arguments)]))
        return [reverse(route.name, args=each) for each in chosen]

    def begin(self) -> None:
        """Look for somebody, so that there is a page of what was found, and give somebody every key."""
        self.cookies_of(WITH_KEYS)
        browser = Browser(self.address, dict(self.cookies_of("lead")))
        form = browser.get("/find").fields
        found = browser.once("POST", "/find", {**form, "name": "Siobhan", "address": "Juniper"})
        self.ids["found"] = [found.place.rsplit("/", 1)[-1]]

"""Every page there is, a town in which each has something to show, and who of the cast may open it."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

import psycopg
from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from browsing import Browser
from cast import CAST
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.cases.operations.closing import ask_to_close
from hearth.cases.queries import case_for
from hearth.cases.terms import ChildDecision, CloseOutcome, Ending, WishesAnswered
from hearth.concerns.links import make_link
from hearth.concerns.models import Concern
from hearth.concerns.operations import still_worried
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Place, Told
from hearth.people.operations import add_known_person
from hearth.people.terms import Channel, PartPlayed
from housing.estate import let, make_home
from journeys.entering import session_of
from journeys.world import COLD, Story, offered, raised, told
from on_duty import rota
from people.records import tenant

NOBODY, BY_LINK = "nobody signed in", "whoever came by a link"
# Tried in this order: those who see most come first.
VISITORS = tuple(dict.fromkeys(("lead", "worker", "deputy", "triage_officer", "manager", *CAST, BY_LINK, NOBODY)))
# The word before an id in an address, where it is not the name of the table.
MEANT = {
    "unsafe-home": "hazard", "offered": "handover", "still-worried": "worry", "links": "reportinglink",
    "mine": "concern", "find": "asked",
}  # fmt: skip
NEWEST = 4
ENDING = Ending(
    outcome=CloseOutcome.RISK_REDUCED,
    why="The home is dry and warm, support runs.",
    wishes_answered=WishesAnswered.FULLY,
    child_decision=ChildDecision.SUPPORTED_ELSEWHERE,
    change_seen="Both children in warm beds.",
)


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

    def cookies_of(self, visitor: str) -> dict[str, str]:
        """What the visitor's browser holds."""
        if visitor not in self.cookies:
            browser = Browser(self.address)
            if visitor == BY_LINK and self.secret:
                browser.get(f"/r/{self.secret}")
            elif visitor in CAST:
                browser.cookies["hearth"] = session_of(visitor)
            self.cookies[visitor] = browser.cookies
        return self.cookies[visitor]

    def looked_for(self, route: Route) -> Shown | str | None:
        """Where the route shows a page and to whom first; or why it is no page; or nothing, where nobody got any."""
        why = None
        for path, visitor in product(self._addresses(route), VISITORS):
            answer = Browser(self.address, dict(self.cookies_of(visitor))).once("GET", path)
            if answer.status == 405:
                return "an act"
            if answer.status == 200:
                return Shown(path, visitor) if answer.text.lstrip().lower().startswith("<!doctype html") else "a file"
            if answer.status in (301, 302, 303) and "/sign-in/" not in answer.place:
                why = "leads elsewhere"
        return why

    def _addresses(self, route: Route) -> Iterable[str]:
        meant = [route.word, *route.arguments[1:]]
        chosen = product(*(self.ids.get(word, []) for word in meant[: len(route.arguments)]))
        return [reverse(route.name, args=each) for each in chosen]

    def search(self) -> None:
        """Look for somebody, so that there is a page of what was found."""
        browser = Browser(self.address, dict(self.cookies_of("lead")))
        form = browser.get("/find").fields
        found = browser.once("POST", "/find", {**form, "name": "Siobhan", "address": "Juniper"})
        self.ids["asked"] = [found.place.rsplit("/", 1)[-1]]


def fill(cast: Any, database: str) -> tuple[str, dict[str, list[str]]]:
    """Play what must have happened. Returns what the link carries, and the newest ids of every kind of record."""
    at = clock.now()
    _people(cast, told(cast))
    rota(cast, ("deputy", 1), start=at - timedelta(hours=1), hours=12)
    home = _homes(cast)
    damp = Told(
        danger_now=True, about_staff=AboutStaff.NO, place=Place.HOME, home_id=home, signs=("damp_or_mould",),
        noticed="Water runs down the wall of the children’s room. The smallest has been coughing for weeks.",
    )  # fmt: skip
    ours = Told(
        danger_now=False, about_staff=AboutStaff.YES, place=Place.NOT_KNOWN,
        noticed="A man from the repairs team keeps coming back when she is alone.",
    )  # fmt: skip
    raised(cast.reporter, damp, at=at)
    raised(cast.operative, ours, at=at)
    _offered(cast)
    with acting_as(cast.lead), transaction.atomic():
        secret = make_link("Brightgas vans", by=cast.lead, at=at)[1]
    return secret, _newest(database)


def _homes(cast: Any) -> int:
    keeper = cast.register_keeper
    with transaction.atomic():
        home = make_home(keeper, "4 Juniper Court", uprn="100012345")
        let(keeper, home, tenant(keeper, "Siobhán O’Brien", phone="01632 960011"), reference="T-1", since=None)
        make_home(keeper, "6 Juniper Court")
    return int(home.pk)


def _people(cast: Any, story: Story) -> None:
    """Somebody in the concern that waits and in the case, whose closing then waits for a second approver."""
    triage, worker = cast.triage_officer, cast.worker
    with acting_as(triage), transaction.atomic():
        waiting = concern_for(triage, story.concern)
        add_known_person(waiting, name="Mr Ellery", part=PartPlayed.SUBJECT_ADULT, by=triage, at=clock.now())
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, story.case)
        add_known_person(case, name="Rory Quayle", part=PartPlayed.SUBJECT_CHILD, by=worker, at=clock.now())
        ask_to_close(case, ENDING, by=worker, at=clock.now())


def _offered(cast: Any) -> None:
    """A second case, offered and not taken, and its reporter is still worried."""
    reporter = cast.reporter
    offered(cast, at=clock.now() - timedelta(hours=3))
    with acting_as(reporter), transaction.atomic():
        mine = Concern.objects.filter(reported_by_id=reporter.id, noticed=COLD.noticed).latest("id")
        still_worried(mine, why="The heating is off again.", by=reporter, at=clock.now(), key=uuid.uuid4())


def _newest(database: str) -> dict[str, list[str]]:
    """The ids that stand in addresses, the oldest of the newest first, of every table that has them."""
    found = {}
    with psycopg.connect(database, user="postgres", autocommit=True) as everything:
        for model in apps.get_models():
            if any(each.name == "public_id" for each in model._meta.fields):
                rows = everything.execute(
                    f"select public_id from {model._meta.db_table} order by {model._meta.pk.column} limit {NEWEST}"
                ).fetchall()
                found[model._meta.model_name or ""] = [str(row[0]) for row in rows]
    found["channel"] = [each.value for each in Channel]
    return found

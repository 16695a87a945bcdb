"""A dozen lines of Python that say who sees what, and random houses to compare PostgreSQL with."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg

from hearth.access.rules import is_broad
from hearth.organisation.terms import Part

NOW = datetime.now(UTC)
WHEN = {"past": NOW - timedelta(days=1), "future": NOW + timedelta(days=1), "never": None}
POSTS = ("triage", "lead", "deputy", "case-worker", "intake", "director", "auditor", "income")


@dataclass(frozen=True)
class Grant:
    circle: int
    user: int | None
    part: str
    reach: str
    ends: str
    ended: bool
    item: int | None = None
    id: int = 0

    @property
    def live(self) -> bool:
        return not self.ended and self.ends != "past"


@dataclass
class Somebody:
    id: int
    name: str = "somebody"
    active: bool = True
    parts: frozenset[Part] = frozenset()


@dataclass
class Row:
    id: int
    circle: int
    reporter: int | None


@dataclass
class World:
    people: list[Somebody] = field(default_factory=list)
    restricted: dict[int, bool] = field(default_factory=dict)
    notes: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    links: list[tuple[int, int, bool]] = field(default_factory=list)
    link_ids: list[int] = field(default_factory=list)
    shut: set[tuple[int, int]] = field(default_factory=set)


def mine(world: World, who: Somebody, reach: str) -> list[Grant]:
    return [g for g in world.grants if g.live and g.reach == reach and (g.user == who.id or g.part in who.parts)]


def may_write(world: World, who: Somebody, circle: int) -> bool:
    full = {grant.circle for grant in mine(world, who, "full")}
    joined = {joined for case, joined, live in world.links if live and case in full}
    by_rank = is_broad(who.parts) and not world.restricted[circle]
    return who.active and (who.id, circle) not in world.shut and (by_rank or circle in full | joined)


def may_see(world: World, who: Somebody, note: Row) -> bool:
    own = note.reporter == who.id
    let_in = any(grant.item == note.id for grant in mine(world, who, "one_item"))
    return may_write(world, who, note.circle) or (
        who.active and (who.id, note.circle) not in world.shut and (own or let_in)
    )


def may_see_grant(world: World, who: Somebody, grant: Grant) -> bool:
    own = who.active and grant.user == who.id and (who.id, grant.circle) not in world.shut
    return own or may_write(world, who, grant.circle)


def may_see_link(world: World, who: Somebody, case: int, joined: int) -> bool:
    return may_write(world, who, case) and (who.id, joined) not in world.shut


def random_world(superuser: psycopg.Connection, seed: int, *, people: int = 24, circles: int = 80) -> World:
    """A house at random, written past every policy; the triggers of the tables still run."""
    chance, world = random.Random(seed), World()
    _people(superuser, world, chance, people)
    tell(superuser, world, chance, circles)
    return world


def tell(superuser: psycopg.Connection, world: World, chance: random.Random, circles: int) -> None:
    """What happens among the people of a house: circles with rows in them, places, links and exclusions."""
    ids = [somebody.id for somebody in world.people]
    for _ in range(circles):
        restricted = chance.random() < 0.3
        circle = _new(superuser, "access_circle (kind, restricted, made_at)", ("case", restricted, NOW))
        world.restricted[circle] = restricted
        for _ in range(chance.randint(1, 2)):
            reporter = chance.choice([None, *ids])
            row = (circle, reporter, "words")
            note = _new(superuser, "trial_note (circle_id, reported_by_id, words)", row)
            world.notes.append(Row(note, circle, reporter))
        event = _new(superuser, "trial_event (circle_id, words)", (circle, "words"))
        world.events.append(Row(event, circle, None))
    _grants(superuser, world, chance, circles * 4)
    _links_and_exclusions(superuser, world, chance, circles)


def _people(superuser, world, chance, many):
    posts = dict(superuser.execute("select key, id from organisation_post").fetchall())
    parts_of = dict(superuser.execute("select key, parts from organisation_post").fetchall())
    for n in range(many):
        active = chance.random() < 0.9
        somebody, parts = new_user(superuser, chance, f"P{n}", active), set()
        for post in chance.sample(POSTS, chance.randint(0, 2)):
            starts, ends = chance.choice([("past", "never"), ("past", "future"), ("future", "never"), ("past", "over")])
            times = (WHEN[starts] - timedelta(days=9), NOW if ends == "over" else WHEN[ends])
            times = (WHEN[starts], times[1]) if starts == "future" else times
            appointment = "organisation_appointment (user_id, post_id, is_cover, starts_at, ends_at)"
            _new(superuser, appointment, (somebody, posts[post], False, *times))
            if starts == "past" and ends != "over":
                parts |= set(parts_of[post])
        world.people.append(Somebody(somebody, f"P{n}", active, frozenset(Part(part) for part in parts)))


def new_user(superuser, chance, name, active=True):
    columns = """organisation_user
        (public_id, email, name, kind, employer, is_active, is_demonstration, password, person_id)"""
    values = (_uuid(chance), f"{name}-{chance.random()}@x.example", name, "employee", "", active, True, "!", None)
    return _new(superuser, columns, values)


def _grants(superuser, world, chance, many):
    for _ in range(many):
        circle = chance.choice(list(world.restricted))
        reach = chance.choice(["full", "full", "own_words", "marker", "one_item"])
        to_part = chance.random() < 0.15
        user = None if to_part else chance.choice(world.people).id
        part = chance.choice(["lead", "allegation_deputy", "auditor", "intake"]) if to_part else ""
        ends, ended = chance.choice(["never", "never", "future", "past"]), chance.random() < 0.2
        here = [note.id for note in world.notes if note.circle == circle]
        item = chance.choice(here) if reach == "one_item" else None
        kind = chance.choice(["trial", "meeting"]) if item else ""
        columns = """access_grant
            (circle_id, user_id, part, reach, part_in_it, item_kind, item_id, why, given_at, ends_at, ended_at)"""
        times = (NOW - timedelta(days=30), WHEN[ends], NOW if ended else None)
        made = _new(superuser, columns, (circle, user, part, reach, "works_on_it", kind, item, "", *times))
        opens = item if kind == "trial" else None
        world.grants.append(Grant(circle, user, part, reach, ends, ended, opens, made))


def _links_and_exclusions(superuser, world, chance, circles):
    pairs = set()
    for _ in range(circles // 2):
        case, joined = chance.sample(list(world.restricted), 2)
        live = chance.random() < 0.7
        if (case, joined) not in pairs:
            pairs.add((case, joined))
            columns = "access_circlelink (case_circle_id, joined_circle_id, linked_at, ended_at)"
            world.link_ids.append(_new(superuser, columns, (case, joined, NOW, None if live else NOW)))
            world.links.append((case, joined, live))
    for _ in range(circles):
        user, circle = chance.choice(world.people).id, chance.choice(list(world.restricted))
        if chance.random() < 0.5:  # those who were let in first are the ones to shut out
            grant = chance.choice([grant for grant in world.grants if grant.user])
            user, circle = grant.user, grant.circle
        if (user, circle) not in world.shut:
            world.shut.add((user, circle))
            _new(superuser, "access_excludedcircle (user_id, circle_id)", (user, circle))


def _new(superuser, columns, values):
    places = ", ".join(["%s"] * len(values))
    return superuser.execute(f"insert into {columns} values ({places}) returning id", values).fetchone()[0]


def _uuid(chance):
    import uuid

    return uuid.UUID(int=chance.getrandbits(128), version=4)

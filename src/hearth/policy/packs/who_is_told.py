"""Who would be told under one policy and not under another: of a promise that is late, of danger, of our own people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Route


class Telling(StrEnum):
    """What somebody is told of, or by which way."""

    LATE = "late"
    ON_CALL = "on_call"
    HEARS = "hears"
    ROUTE = "route"
    REFERRING = "referring"


@dataclass(frozen=True, slots=True)
class ToldInstead:
    """One thing, by the name the pack has for it, and who is told of it under each of two policies."""

    of: Telling
    name: str
    called: str
    was: tuple[str, ...]
    would_be: tuple[str, ...]
    clause: str


def told_instead(before: Pack, after: Pack) -> list[ToldInstead]:
    """Everything of which the second policy has somebody else told than the first; nothing where they tell alike."""
    was = {(each.of, each.name): each for each in _told(before)}
    would_be = {(each.of, each.name): each for each in _told(after)}
    found = []
    for key in dict.fromkeys((*would_be, *was)):
        old, new = was.get(key), would_be.get(key)
        either = new or old
        if either is None or (old and new and set(old.would_be) == set(new.would_be)):
            continue
        who = (old.would_be if old else (), new.would_be if new else ())
        found.append(ToldInstead(either.of, either.name, either.called, *who, clause=new.clause if new else ""))
    return [each for each in found if each.was or each.would_be]


def _told(pack: Pack) -> Iterator[ToldInstead]:
    """Whom one policy has told of what."""
    for rule in pack.rules.values():
        who = _titles(pack, dict.fromkeys((rule.owner, *rule.tell)))
        yield ToldInstead(Telling.LATE, rule.id, rule.promise, (), who, rule.clause)
    if pack.on_call:
        ladder = tuple(_title(pack, post) for post in pack.on_call.ladder)
        yield ToldInstead(Telling.ON_CALL, "", "", (), ladder, pack.on_call.clause)
    for case, post in pack.hears.items():
        yield ToldInstead(Telling.HEARS, case, case, (), (_title(pack, post),), "")
    by_agency: dict[tuple[str, str], list[Route]] = {}
    for route in pack.routes.values():
        by_agency.setdefault((route.to, route.subject), []).append(route)
    for (agency, subject), routes in by_agency.items():
        ways = tuple(", ".join(filter(None, (each.name, each.phone))) for each in routes)
        called = pack.label("agency", agency, agency.replace("_", " "))
        yield ToldInstead(Telling.ROUTE, f"{agency} {subject}", called, (), ways, routes[0].clause)
    for must in pack.referring.values():
        harm = pack.label("abuse_type", must.harm, must.harm.replace("_", " "))
        who = (f"{pack.label('agency', must.to, must.to.replace('_', ' '))} ({must.must})",)
        yield ToldInstead(Telling.REFERRING, f"{must.harm} {must.subject} {must.to}", harm, (), who, must.clause)


def _titles(pack: Pack, parts: Iterable[str]) -> tuple[str, ...]:
    """The posts that play some parts; a part no post plays, such as to own a case, by its own name."""
    found: dict[str, None] = {}
    for part in parts:
        posts = [post.title for post in pack.posts.values() if part in post.parts]
        found.update(dict.fromkeys(posts or [part]))
    return tuple(found)


def _title(pack: Pack, post: str) -> str:
    return pack.posts[post].title if post in pack.posts else post

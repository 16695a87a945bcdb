"""Asking an operation of the API as somebody's system, in the cells that the pages are asked in."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction

from access.matrix.asking import Answer, ask, masked, undone
from access.matrix.bodies import DONE_IN, Bodies, bodies_for
from access.matrix.cells import Cell
from access.matrix.counterparts import argument, records_of
from access.matrix.people import Column, of_the_cast
from access.matrix.routes import Row
from access.matrix.sent import UNREADABLE, Change, whole
from access.matrix.world import World
from api.caller import token_for
from hearth.api.house import Listed
from hearth.api.openapi import operations

EVERY: Mapping[str, Listed] = {each.name: each for each in operations()}
OF_RECORDS = [each for each in operations() if "{" in each.path]
ACTS = [each for each in operations() if each.method != "GET"]


def systems_of(people: Mapping[str, Column]) -> dict[str, Column]:
    """A system for each of them, with a token for everything. A cookie opens nothing here, so none is sent."""
    found = {}
    for name, who in people.items():
        with transaction.atomic():
            secret = token_for(of_the_cast(name))[1]
        found[name] = Column(name, who.parts, secret=secret)
        found[name].client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return found


def rows_of(these: Iterable[Listed]) -> list[Row]:
    """The rows of operations, as if each were a page."""
    return [
        Row(each.name, each.acts if each.method == "GET" else None, None if each.method == "GET" else each.acts,
            of=tuple(_asked_of(each)))
        for each in these
    ]  # fmt: skip


def bodies_in(world: World, systems: Mapping[str, Column]) -> Bodies:
    """A whole body for each operation, about the records of the story."""
    return bodies_for(world, systems, {name: next(iter(records_of(each)), "") for name, each in EVERY.items()})


def called(
    world: World,
    cell: Cell,
    bodies: Bodies,
    change: Change = whole,
    which: object = None,
    *,
    is_first: bool = False,
) -> Answer:
    """What it answers, about the cell's record or about `which`; all of it is undone."""
    each = EVERY[cell.row.name]
    asked = which or (world.records[cell.of].public_id if cell.of else "")
    path = each.path.replace("{" + argument(each) + "}", str(asked)) if "{" in each.path else each.path
    with undone():
        if is_first:
            bodies.before(each.name)
        body = None if each.method == "GET" else bodies.of(each.name)
        sent = json.dumps(change(body) if body is not None else None)
        answer = ask(cell.who, each.method, path, sent={"data": sent, "content_type": "application/json"})
    return replace(answer, headers={name: value for name, value in answer.headers.items() if name != "Vary"})


def refusals(world: World, these: Iterable[Cell], bodies: Bodies, change: Change) -> list[str]:
    """Whom it is not for and who is not answered as if nothing were there.

    What cannot be read at all is told so at the door, before anybody asks what the address is of: alike for every id.
    """
    found = []
    for cell in these:
        there = called(world, cell, bodies, change)
        if there.status != 404 and not (change in UNREADABLE and there.status == 422):
            found.append(f"{change.__name__} {cell}: {there.status} {there.body[:300]}")
        elif cell.is_hidden:
            found += _unlike_missing(world, cell, there, bodies, change)
    return found


def _unlike_missing(world: World, cell: Cell, there: Answer, bodies: Bodies, change: Change) -> list[str]:
    """In what the answer about a hidden record differs from that about an id that never was."""
    missing = uuid.uuid4()
    not_there = called(world, cell, bodies, change, missing)
    pair = masked(there, str(world.records[cell.of].public_id)), masked(not_there, str(missing))
    return (
        []
        if pair[0] == pair[1]
        else [f"{change.__name__} {cell}: hidden is not missing: {pair[0]!r} and {pair[1]!r}"[:1000]]
    )


def _asked_of(each: Listed) -> list[str]:
    return list(dict.fromkeys([*records_of(each), *filter(None, [DONE_IN.get(each.name)])]))

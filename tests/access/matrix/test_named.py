"""A record that is named inside a form or a body is no more there than one that is asked for: hidden is missing.

Each is sent by somebody who may do the act, and names something he may not know of; then the same, naming nothing that
is or ever was.
"""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from access.matrix.asking import Answer, ask, masked, undone
from access.matrix.calling import EVERY, systems_of
from access.matrix.counterparts import argument
from hearth.access.references import ALPHABET, NotAReference, read
from hearth.cases.models import Case
from hearth.concerns.models import Concern

SHUT_OUT = "relative_in_triage"  # triages, and is close to the person whom most of the story is about


@dataclass(frozen=True)
class Named:
    """An operation in a record, and a body that names what is `hidden` in its field `by`."""

    operation: str
    of: str
    by: str
    hidden: str  # a record of the story, or the reference of one where it is named by that
    more: tuple[tuple[str, Any], ...] = ()
    who: str = SHUT_OUT

    def __str__(self) -> str:
        return f"{self.operation} {self.by} {self.hidden}"


WHY = ("why", "The same family.")
IN_BODIES = (
    Named("join_concern", "quiet_case", "reference", "C concern", (WHY,)),
    Named("join_concern", "quiet_case", "reference", "C staff", (WHY,)),
    Named("take_concern_out", "quiet_case", "concern", "concern", (WHY,)),
    Named("take_concern_out", "quiet_case", "concern", "staff", (WHY,)),
    Named("put_person_in_case", "quiet_case", "person", "known_person", (("part", "carer"), ("key", "anew"))),
    Named("change_part_in_case", "quiet_case", "person", "known_person", (("part", "carer"), WHY)),
    Named("keep_needs_in_case", "quiet_case", "person", "known_person", (("interpreter", "not_needed"),)),
    Named("say_one_knows_in_case", "quiet_case", "person", "known_person", (WHY,)),
    Named("put_a_marker_in_case", "quiet_case", "person", "known_person",
          (("kind", "visit"), ("words", "In pairs"), ("until", "2030-01-02"), ("shown_to", ["repairs_desk"]))),
    Named("change_a_marker_in_case", "quiet_case", "marker", "case_marker",
          (("words", "In pairs"), ("until", "2030-01-02"), ("version", 1))),
    Named("take_marker_off_in_case", "quiet_case", "marker", "case_marker", (("version", 1),)),
    Named("open_record_in_emergency", "", "reference", "C concern", (WHY,)),
    Named("open_record_in_emergency", "", "reference", "C staff", (WHY,)),
    Named("open_record_in_emergency", "", "reference", "K case", (WHY,)),
    Named("open_record_in_emergency", "", "reference", "C staff", (WHY,), who="worker"),
)  # fmt: skip


@pytest.fixture(scope="module")
def systems(world, everybody):
    return systems_of({name: everybody[name] for name in (SHUT_OUT, "worker", "owner", "lead", "reporter")})


@pytest.fixture(scope="module")
def references(tables):
    """What people call each record, read by whom nothing stops."""
    found = {}
    for kind, model in (("C", Concern), ("K", Case)):
        rows = tables.execute(f"select public_id, reference from {model._meta.db_table}").fetchall()
        found |= {(kind, public_id): reference for public_id, reference in rows}
    return found


def nobodys(prefix: str, taken) -> str:
    """A reference that could be one and is nobody's."""
    for characters in itertools.product(ALPHABET, repeat=6):
        reference = f"{prefix}-{''.join(characters[:4])}-{''.join(characters[4:])}"
        try:
            if read(reference) not in taken:
                return reference
        except NotAReference:
            continue
    raise AssertionError("every reference is somebody's")


def post(system, name: str, path: str, body: dict[str, Any]) -> Answer:
    import json

    with undone():
        return ask(
            system, EVERY[name].method, path, sent={"data": json.dumps(body), "content_type": "application/json"}
        )


@pytest.mark.parametrize("named", IN_BODIES, ids=str)
def test_what_a_body_names_is_missing_where_it_is_hidden(world, systems, references, named: Named):
    each = EVERY[named.operation]
    prefix, _, record = named.hidden.rpartition(" ")
    which = world.records[record].public_id
    there = references[prefix, which] if prefix else str(which)
    missing = nobodys(prefix, references.values()) if prefix else str(uuid.uuid4())
    path = (
        each.path.replace("{" + argument(each) + "}", str(world.records[named.of].public_id)) if named.of else each.path
    )
    more = {name: str(uuid.uuid4()) if value == "anew" else value for name, value in named.more}
    answers = [post(systems[named.who], named.operation, path, {**more, named.by: one}) for one in (there, missing)]
    assert answers[0].status in (404, 422)
    assert masked(answers[0], there) == masked(answers[1], missing)

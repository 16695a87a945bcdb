"""A record that is named inside a form or a body is no more there than one that is asked for: hidden is missing.

Each is sent by somebody who may do the act, and names something he may not know of; then the same, naming nothing that
is or ever was.
"""

import itertools
import json
import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.urls import reverse

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


# Pages of a record of his that name something in their address, and pages whose form does.
IN_ADDRESSES = (
    *(("case_" + page, "person", "known_person") for page in ("person", "part", "tie", "wish", "needs", "capacity")),
    ("case_marker", "marker", "case_marker"), ("split_concern", "concern", "concern"),
    ("split_concern", "concern", "staff"),
)  # fmt: skip
IN_FORMS = (
    ("break_glass", "reference", "C concern", {"why": "He is at the door"}),
    ("break_glass", "reference", "C staff", {"why": "He is at the door"}),
    ("join_concern", "reference", "C concern", {"why": "The same family"}),
    ("join_concern", "reference", "C staff", {"why": "The same family"}),
    ("case_add_person", "who", "known_person", {"do": "add", "name": "A tall man", "part": "carer"}),
    ("case_put_marker", "on", "known_person",
     {"kind": "visit", "words": "In pairs", "until-day": "1", "until-month": "1", "until-year": "2030"}),
)  # fmt: skip
# What a page makes anew each time it is shown: the form's own keys. How long they are depends on the hour.
ANEW = re.compile(r'(name="(?:form_key|draft_signature|key)" value=")[^"]*(")')


@pytest.fixture(scope="module")
def systems(world, everybody):
    return systems_of({name: everybody[name] for name in (SHUT_OUT, "worker")})


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


def both(world, references, hidden: str) -> tuple[str, str]:
    """What names it, and what names nothing."""
    prefix, _, record = hidden.rpartition(" ")
    which = world.records[record].public_id
    if not prefix:
        return str(which), str(uuid.uuid4())
    return references[prefix, which], nobodys(prefix, references.values())


def post(system, name: str, path: str, body: dict[str, Any]) -> Answer:
    with undone():
        return ask(
            system, EVERY[name].method, path, sent={"data": json.dumps(body), "content_type": "application/json"}
        )


def attempts(answer: Answer) -> int:
    """How many attempts were kept with this answer."""
    return sum("hearth.note_refusal" in each for each in answer.asked)


@pytest.mark.parametrize("named", IN_BODIES, ids=str)
def test_what_a_body_names_is_missing_where_it_is_hidden(world, systems, references, named: Named):
    each = EVERY[named.operation]
    there, missing = both(world, references, named.hidden)
    path = (
        each.path.replace("{" + argument(each) + "}", str(world.records[named.of].public_id)) if named.of else each.path
    )
    more = {name: str(uuid.uuid4()) if value == "anew" else value for name, value in named.more}
    answers = [post(systems[named.who], named.operation, path, {**more, named.by: one}) for one in (there, missing)]
    assert answers[0].status in (404, 422)
    assert attempts(answers[0]) == 1
    assert masked(answers[0], there) == masked(answers[1], missing)


@pytest.mark.parametrize(("page", "argument", "hidden"), IN_ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_an_address_names_beside_its_record_is_missing_where_it_is_hidden(
    world, everybody, references, page, argument, hidden, method
):
    there, missing = both(world, references, hidden)
    answers = []
    for which in (there, missing):
        path = reverse(page, kwargs={"public_id": world.records["quiet_case"].public_id, argument: which})
        with undone():
            answers.append(ask(everybody[SHUT_OUT], method, path, {} if method == "POST" else None))
    assert answers[0].status == (405 if (page, method) == ("case_person", "POST") else 404)
    assert masked(answers[0], there) == masked(answers[1], missing)


@pytest.mark.parametrize(("page", "by", "hidden", "more"), IN_FORMS)
def test_what_a_form_names_is_missing_where_it_is_hidden(world, everybody, references, page, by, hidden, more):
    there, missing = both(world, references, hidden)
    path = reverse(page) if page == "break_glass" else reverse(
        page, kwargs={"public_id": world.records["quiet_case"].public_id}
    )  # fmt: skip
    answers = []
    for which in (there, missing):
        with undone():
            told = ask(everybody[SHUT_OUT], "POST", path, {**more, by: which})
        assert told.status == 200
        assert "There is a problem" in told.body
        assert attempts(told) == 1
        body = ANEW.sub(r"\1masked\2", told.body)
        headers = {**told.headers, "Content-Length": str(len(body))}
        answers.append(masked(replace(told, body=body, headers=headers), which))
    assert answers[0] == answers[1]

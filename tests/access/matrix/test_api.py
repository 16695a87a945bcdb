"""Each operation of the API, from its own list: who may by WHO_MAY and the story, and hidden is missing there too."""

import json
import uuid
from dataclasses import replace

import pytest
from django.db import transaction

from access.matrix.asking import NOT_HERE, OPEN, Answer, ask, expected, knows, masked
from access.matrix.counterparts import OF, argument, records_of
from access.matrix.people import SIGNED_IN, Column, of_the_cast
from access.matrix.routes import Row
from api.caller import token_for
from hearth.api.openapi import document, operations

ASKING = ("lead", "owner", "guest", "manager", "repairs", "reporter", "outsider", "relative_in_triage")
BY_ID = [each for each in operations() if "{" in each.path]


@pytest.fixture(scope="module")
def systems(world, everybody):
    """A system for each of them, with a token for everything. A cookie opens nothing here, so none is sent."""
    found = {}
    for name in ASKING:
        with transaction.atomic():
            secret = token_for(of_the_cast(name))[1]
        found[name] = Column(name, everybody[name].parts)
        found[name].client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return found


def call(system, each, which):
    body = example(each) if each.method != "GET" else None
    path = each.path.replace("{" + argument(each) + "}", str(which))
    with transaction.atomic():
        answer = ask(system, each.method, path, sent={"data": json.dumps(body), "content_type": "application/json"})
        transaction.set_rollback(True)
    return replace(answer, headers={name: value for name, value in answer.headers.items() if name != "Vary"})


def example(each):
    """The smallest body the document calls whole."""
    told = document()["paths"][each.path][each.method.lower()].get("requestBody")
    return filled(next(iter(told["content"].values()))["schema"]) if told else {}


def filled(schema):
    if "$ref" in schema:
        return filled(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return filled(schema[choice][0])
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [""])[0])
    if schema.get("type") == "object":
        return {name: filled(schema["properties"][name]) for name in schema.get("required", [])}
    simple = {"integer": 1, "number": 1, "boolean": False, "array": []}
    if schema.get("type") in simple:
        return simple[schema["type"]]
    formats = {"uuid": str(uuid.uuid4()), "date": "2026-12-01", "date-time": "2026-12-01T10:00:00Z"}
    return formats.get(schema.get("format"), "words")


def cells(world, systems):
    """One operation, one record, one system: and what must come of it."""
    for each in BY_ID:
        for of in records_of(each):
            row = Row(each.name, each.acts, each.acts, of=(of,))
            for system in systems.values():
                yield each, of, system, expected(world, row, "GET", system, of)


def test_every_operation_is_of_a_record_of_the_story_or_of_none():
    assert {argument(each) for each in BY_ID} == set(OF)
    assert set(ASKING) <= set(SIGNED_IN)


def test_who_may_not_is_answered_as_if_nothing_were_there(world, systems):
    found, asked = [], 0
    for each, of, system, must in cells(world, systems):
        record = world.records[of]
        if must != NOT_HERE:
            continue
        hidden, missing, asked = record.public_id, uuid.uuid4(), asked + 1
        there = call(system, each, hidden)
        if there.status not in ((404,) if each.method == "GET" else (404, 422)):
            found.append(f"{each.method} {each.path} {of} by {system.name}: {there.status}")
        if not knows(system, record):
            not_there = call(system, each, missing)
            if masked(there, str(hidden)) != masked(not_there, str(missing)):
                found.append(f"{each.method} {each.path} {of} by {system.name}: hidden is not missing")
    assert found == []
    assert asked > 100


def test_who_may_read_reads(world, systems):
    reads = [cell for cell in cells(world, systems) if cell[0].method == "GET" and cell[3] == OPEN]
    answers = {
        f"{each.path} {of} by {system.name}": call(system, each, world.records[of].public_id).status
        for each, of, system, _ in reads
    }
    assert {where: status for where, status in answers.items() if status != 200} == {}
    assert len(answers) > 10


def test_a_difference_would_be_found():
    there = Answer(404, {"X-Request-Id": "1"}, "{}", ())
    assert masked(there, "-") != masked(replace(there, body='{"kind": "case"}'), "-")

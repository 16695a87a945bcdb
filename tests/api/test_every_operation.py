"""Every operation of the API does what its document says, once, with a good call.

A new operation without an example fails, and so does one that the document or the list leaves out.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from api.examples import EXAMPLES
from api.world import World, make_world
from hearth.access import clock
from hearth.api.house import api
from hearth.api.openapi import document, operations


@pytest.fixture
def world(cast):
    return make_world(cast)


def test_the_document_the_list_and_the_examples_name_the_same_operations():
    told = {
        (method.upper(), path, each["operationId"])
        for path, methods in document()["paths"].items()
        for method, each in methods.items()
    }
    listed = {(each.method, each.path, each.name) for each in operations()}
    served = {
        (method, f"/api{path}", operation.operation_id)
        for bound in api._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert told == listed
    assert {(method, name) for method, _, name in served} == {(method, name) for method, _, name in told}
    assert EXAMPLES.keys() == {each.name for each in operations()}
    assert len(listed) > 50


def test_every_operation_does_what_it_says(world: World, monkeypatch):
    wrong = {}
    for each in operations():
        example, ids = EXAMPLES[each.name], dict(world.ids)
        ids |= {name: world.ids[other] for name, other in example.path}
        path = each.path.removeprefix("/api")
        with transaction.atomic():
            for who, method, before, sent in example.before:
                world.ok(who, method, before.format(**ids), sent(world))
            later = clock.now() + timedelta(days=example.days_later)
            if example.days_later:
                monkeypatch.setattr(clock, "now", lambda later=later: later)
            answer = world.callers[example.who].call(
                each.method, path.format(**ids) + example.query, example.sent(world)
            )
            transaction.set_rollback(True)
        monkeypatch.undo()
        if answer.status != example.gives:
            wrong[each.name] = (answer.status, answer.body)
    assert wrong == {}

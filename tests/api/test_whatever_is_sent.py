"""Whatever is sent, the API answers what its document promises: status, shape and content type, and no server error."""

import copy
import json
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from api.world import World, make_world
from hearth.api.openapi import document, operations

# What the document promises, whatever is sent.
PROMISED = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# What no schema allows must not be taken either.
REFUSED = [*PROMISED, checks.negative_data_rejection]
ORDINARY, LONG = 4, 20
Found = list[str]


@pytest.fixture
def world(cast):
    """The world, in a transaction that stays open between requests."""
    with override_settings(HEARTH_TOKEN_USES_A_MINUTE=1_000_000):
        made = make_world(cast)  # Django's own client connects these again after each of its calls
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield made
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def loaded(said: dict[str, Any]) -> schemathesis.schemas.BaseSchema:
    from hearth.site.wsgi import application

    schema = schemathesis.openapi.from_dict(copy.deepcopy(said))
    schema.app = application
    return schema


def tried(world: World, who: str, said: dict[str, Any], *, examples: int, only: str = "") -> tuple[set[str], Found]:
    """Call every operation as somebody with many things; what was called, and what was not as promised."""
    called: set[str] = set()
    found: Found = []
    headers = {"Authorization": f"Bearer {world.callers[who].secret}"} if who else {}
    for result in loaded(said).get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        if only and name != only:
            continue
        called.add(name)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            found += [
                f"{name} as {who or 'nobody'}: {each}" for each in _fuzz(world, operation, mode, headers, examples)
            ]
    return called, found


def _fuzz(world: World, operation: Any, mode: GenerationMode, headers: dict[str, str], examples: int) -> Found:
    found: Found = []
    names = [each.name for each in operation.path_parameters]
    cases = operation.as_strategy(mode, path_parameters={name: world.ids[name] for name in names})
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return []

    @settings(max_examples=examples, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=cases, is_filled=st.booleans())
    def call(case: Any, is_filled: bool) -> None:
        if is_filled and mode is GenerationMode.POSITIVE:
            _fill(world, case)
        case.headers.update(headers)  # what is judged is what was sent
        with transaction.atomic():
            response = case.call()
            transaction.set_rollback(True)
        try:
            case.validate_response(response, checks=PROMISED if mode is GenerationMode.POSITIVE else REFUSED)
        except FailureGroup as group:
            sent = json.dumps(case.body, default=str)[:300]
            found.extend(f"{failure.title}: {failure.message[:300]} after {sent}" for failure in group.exceptions)
        if not headers and response.status_code != 401:
            found.append(f"answered {response.status_code} without a token")

    try:
        call()
    except Exception as problem:  # the generator itself gave up: as bad as a wrong answer
        found.append(f"could not be tried: {problem!r}"[:300])
    return found[:3]


def _fill(world: World, case: Any) -> None:
    """Put ids and codes that exist where a schema can only ask for any, so that calls get past the first question."""
    if not isinstance(case.body, dict):
        return
    known = {
        "key": "0b0e3b9e-8f57-4d4e-9a53-6a1c6f0c7d11", "owner": world.ids["colleague"], "to": world.ids["colleague"],
        "clause": "4.1.5a", "harm": None, "signs": ["damp_or_mould"], "version": 1, "join": world.ids["case_id"],
        "home": world.ids["home"] if case.body.get("place") == "home" else None,
    }  # fmt: skip
    fields = case.operation.body[0].definition["schema"] if case.operation.body else {}
    properties = document()["components"]["schemas"].get(str(fields.get("$ref", "")).rsplit("/", 1)[-1], {})
    for name in known.keys() & properties.get("properties", {}).keys():
        case.body[name] = known[name]


@pytest.mark.parametrize("who", ["lead", "owner", ""])
def test_whatever_is_sent_the_answer_is_one_the_document_promises(world: World, who: str):
    called, found = tried(world, who, document(), examples=ORDINARY)
    assert called == {each.name for each in operations()}, "an operation was left out"
    assert "\n".join(found) == ""


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("who", ["lead", "owner", "manager", "triage_officer", "surveyor", "reporter", "outsider", ""])
def test_whatever_is_sent_for_long_the_answer_is_one_the_document_promises(world: World, who: str):
    called, found = tried(world, who, document(), examples=LONG)
    assert called == {each.name for each in operations()}
    assert "\n".join(found) == ""


def test_the_check_finds_an_answer_that_was_not_promised(world: World, monkeypatch: pytest.MonkeyPatch):
    without = copy.deepcopy(document())
    del without["paths"]["/api/cases/{case_id}"]["get"]["responses"]["200"]
    assert any("status" in each for each in tried(world, "lead", without, examples=2, only="read_case")[1])

    narrow = copy.deepcopy(document())
    narrow["components"]["schemas"]["Case"]["properties"]["reference"] = {"type": "integer"}
    assert any("schema" in each for each in tried(world, "lead", narrow, examples=2, only="read_case")[1])

    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("hearth.api.acts.cases.queries.case_for", broken)
    assert any("erver error" in each for each in tried(world, "lead", document(), examples=2, only="read_case")[1])

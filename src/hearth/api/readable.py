"""The API's document as a page to read, made from the same OpenAPI as programs read. It needs no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearth.access.terms import SCOPE_SENTENCE
from hearth.api.openapi import document, operations
from hearth.api.problems import SAID

DEEPEST = 3


@dataclass(frozen=True)
class Line:
    """One field: its name with dots, what kind of value, whether it is needed, and what it means."""

    name: str
    kind: str
    is_needed: bool
    says: str


@dataclass(frozen=True)
class Readable:
    """One operation."""

    name: str
    method: str
    path: str
    title: str
    says: str
    parameters: tuple[Line, ...]
    sent: tuple[Line, ...]
    given: tuple[Line, ...]
    statuses: tuple[str, ...]


@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """What the API can do, for people."""
    page = {
        "areas": areas(),
        "scopes": [(scope.value, sentence) for scope, sentence in SCOPE_SENTENCE.items()],
        "problems": [(kind.value, status.value, title, meaning) for kind, (status, title, meaning) in SAID.items()],
    }
    return render(request, "api/docs.jinja", page)


@lru_cache(maxsize=1)
def areas() -> dict[str, list[Readable]]:
    """Every operation by its area, in the order of the document."""
    found: dict[str, list[Readable]] = {}
    for each in operations():
        said = document()["paths"][each.path][each.method.lower()]
        found.setdefault(said["tags"][0], []).append(_readable(each.method, each.path, said))
    return found


def _readable(method: str, path: str, said: dict[str, Any]) -> Readable:
    answers = said["responses"]
    good: dict[str, Any] = next(each for status, each in answers.items() if int(status) < HTTPStatus.BAD_REQUEST)
    return Readable(
        name=said["operationId"], method=method, path=path, title=said["summary"], says=said["description"],
        parameters=tuple(
            Line(each["name"], _kind(each["schema"]), each["required"], each.get("description", ""))
            for each in said["parameters"]
        ),
        sent=tuple(_lines(_schema(said.get("requestBody", {})))),
        given=tuple(_lines(_schema(good))),
        statuses=tuple(answers),
    )  # fmt: skip


def _schema(body: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = next(iter(body.get("content", {}).values()), {})
    schema: dict[str, Any] = content.get("schema", {})
    return schema


def _lines(schema: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[Line]:
    """The fields of an object, and of the objects in it, as far as one still reads."""
    told = _followed(schema)
    for name, field in told.get("properties", {}).items():
        called = f"{before}{name}"
        yield Line(called, _kind(field), name in told.get("required", []), field.get("description", ""))
        inner = _inner(field)
        if depth < DEEPEST and inner is not None:
            yield from _lines(inner, f"{called}.", depth + 1)


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return found


def _inner(field: dict[str, Any]) -> dict[str, Any] | None:
    """The object inside a field or inside the list a field holds."""
    choices = [field, *field.get("anyOf", []), *([field["items"]] if "items" in field else [])]
    return next((found for each in choices if "properties" in (found := _followed(each))), None)


def _kind(field: dict[str, Any]) -> str:
    """What kind of value, in words."""
    if "anyOf" in field:
        kinds = [_kind(each) for each in field["anyOf"] if each.get("type") != "null"]
        return f"{' or '.join(kinds)}, or null"
    told = _followed(field)
    if "enum" in told:
        return "one of: " + ", ".join(str(code) for code in told["enum"])
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    form = str(told.get("format") or told.get("type", "text"))
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "uuid": "id", "object": "object",
             "date": "day", "date-time": "time"}.get(form, form)  # fmt: skip
    return f"{words}, at most {told['maxLength']} characters" if "maxLength" in told else words

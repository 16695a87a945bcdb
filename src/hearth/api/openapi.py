"""The API's own document, and the list of its operations."""

from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from ninja.openapi.schema import OpenAPISchema

from hearth.access.terms import SCOPE_SENTENCE
from hearth.api.acts import (
    case_moves,
    case_work,
    cases,
    concerns,
    deciding,
    emergencies,
    hazards,
    kept,
    limits,
    markers,
    people,
    places,
    policy,
    processes,
    referrals,
    register,
    said_of_people,
    triage,
    work,
)
from hearth.api.house import OPERATIONS, Listed, api
from hearth.api.problems import CONTENT_TYPE, KINDS_OF, SAID

AREAS = (
    concerns, triage, deciding, cases, kept, case_work, case_moves, places, people, said_of_people, markers, referrals,
    processes, limits, work, emergencies, hazards, register, policy,
)  # fmt: skip
METHODS = ("get", "post", "put")
GOOD = {200: "Done.", 201: "Made.", 204: "Done. There is nothing to say."}


class TwoOfOneName(Exception):
    """Two different shapes or lists of codes have one name, so the document would tell wrongly of one of them."""


class Document(OpenAPISchema):
    """The library's document, which never lets one shape take the name of another."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, shape in definitions.items():
            if self.schemas.setdefault(name, shape) != shape:
                raise TwoOfOneName(name)


def operations() -> list[Listed]:
    """Every operation: method, path as in the document, name, act, scopes and statuses."""
    return [
        Listed(each.method, each.path.replace("{uuid:", "{"), each.name, each.acts, each.scopes, each.statuses)
        for each in OPERATIONS
    ]


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document. Problems have their own content type, and every status says what it means here."""
    made: dict[str, Any] = dict(Document(api, "api/"))
    for path in made["paths"].values():
        for method in METHODS:
            if method in path:
                path[method]["responses"] = {
                    str(status): _said(int(status), answer) for status, answer in path[method]["responses"].items()
                }
    for scheme in made["components"]["securitySchemes"].values():
        scopes = "; ".join(f"`{scope.value}`: {sentence}" for scope, sentence in SCOPE_SENTENCE.items())
        scheme["description"] = f"{scheme['description']} Scopes: {scopes}."
    return made


def _said(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    if status < HTTPStatus.BAD_REQUEST:
        return {**answer, "description": GOOD[status]}
    said = " ".join(f"{SAID[kind][1]}: {SAID[kind][2]}" for kind in KINDS_OF[HTTPStatus(status)])
    (content,) = answer["content"].values()
    return {**answer, "description": said, "content": {CONTENT_TYPE: content}}


@require_safe
def openapi_page(request: HttpRequest) -> JsonResponse:
    """The document, for programs."""
    return JsonResponse(document())

"""What the API answers when something cannot be done: RFC 9457 problems, in plain words."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus

from django.http import HttpResponse
from pydantic import BaseModel, ConfigDict, Field

CONTENT_TYPE = "application/problem+json"
NOT_HERE = "There is nothing here that you may see."


class Kind(StrEnum):
    """Which kind of problem it is. Each stands in the documents under its name."""

    MALFORMED = "malformed"
    TOO_BIG = "too-big"
    NO_TOKEN = "no-token"  # noqa: S105  a name, not a secret
    NO_SCOPE = "no-scope"
    NOT_HERE = "not-here"
    NOT_THIS_WAY = "not-this-way"
    CHANGED_MEANWHILE = "changed-meanwhile"
    SENT_BEFORE = "sent-before"
    NOT_COMPLETE = "not-complete"
    GATES = "gates"
    TOO_OFTEN = "too-often"
    OUR_FAULT = "our-fault"
    NOT_SAVED = "not-saved"


class Mistake(BaseModel):
    """One thing that cannot be kept as it was sent."""

    model_config = ConfigDict(frozen=True)

    where: str = Field(description="The field, with dots into nested ones; a parameter's name; or `body`.")
    sentence: str = Field(description="What to do about it.")


class ClosedGate(BaseModel):
    """Something the policy wants first."""

    model_config = ConfigDict(frozen=True)

    clause: str = Field(description="The clause of the policy in force that asks for it.")
    sentence: str = Field(description="What is missing.")


class Problem(BaseModel):
    """Why it was not done, and what to do. Nothing was changed unless `detail` says so."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Where this kind of problem is explained: `/api/docs#` and its name.")
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(description="The HTTP status once more.")
    detail: str = Field(description="What happened and what to do.")
    errors: list[Mistake] | None = Field(None, description="With 422: each field that cannot be kept.")
    gates: list[ClosedGate] | None = Field(None, description="With 422: what the policy wants first, by clause.")
    theirs: dict[str, str] | None = Field(None, description="With 409: the words that stand now.")
    yours: dict[str, str] | None = Field(None, description="With 409: the words you sent. They were not kept.")


# Each kind: its status, its title, and what it means, for the documents.
SAID: Mapping[Kind, tuple[HTTPStatus, str, str]] = {
    Kind.MALFORMED: (HTTPStatus.BAD_REQUEST, "Not readable", "The body is not JSON."),
    Kind.NO_TOKEN: (
        HTTPStatus.UNAUTHORIZED,
        "No token in use",
        "No token was sent, or it is unknown, over or ended, or its owner was switched off.",
    ),
    Kind.NO_SCOPE: (HTTPStatus.FORBIDDEN, "Not in the token's scopes", "The token was not made for this."),
    Kind.NOT_HERE: (
        HTTPStatus.NOT_FOUND,
        "Not here",
        "It is not there, or not for you. The answer is the same, and the attempt is kept.",
    ),
    Kind.NOT_THIS_WAY: (HTTPStatus.METHOD_NOT_ALLOWED, "Not this way", "This address takes another method."),
    Kind.CHANGED_MEANWHILE: (
        HTTPStatus.CONFLICT,
        "Changed meanwhile",
        "Somebody else saved after you read. Both texts are in the answer, and neither was overwritten.",
    ),
    Kind.SENT_BEFORE: (
        HTTPStatus.CONFLICT,
        "Sent before",
        "This idempotency key was used before with other words, or the same is being done at this moment.",
    ),
    Kind.TOO_BIG: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too big", "The body is longer than Hearth takes."),
    Kind.NOT_COMPLETE: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Not complete",
        "Some fields cannot be kept as they are. Each is named, with what to do.",
    ),
    Kind.GATES: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The policy wants something first",
        "Each clause is named, with what is missing.",
    ),
    Kind.TOO_OFTEN: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too often",
        "The token was used too often in this minute. `Retry-After` says how many seconds to wait. "
        "Logging a concern never gets this answer.",
    ),
    Kind.OUR_FAULT: (HTTPStatus.INTERNAL_SERVER_ERROR, "Our fault", "Something went wrong in Hearth."),
    Kind.NOT_SAVED: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Not saved",
        "The database or the disk is out. Nothing was saved. In danger now: ring 999.",
    ),
}
KINDS_OF = {status: [kind for kind in Kind if SAID[kind][0] == status] for status, _, _ in SAID.values()}


def problem(
    kind: Kind,
    detail: str = "",
    *,
    errors: list[Mistake] | None = None,
    gates: list[ClosedGate] | None = None,
    theirs: Mapping[str, str] | None = None,
    yours: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer that says it."""
    status, title, meaning = SAID[kind]
    said = Problem(
        type=f"/api/docs#{kind.value}", title=title, status=status.value, detail=detail or meaning, errors=errors,
        gates=gates, theirs=dict(theirs) if theirs is not None else None,
        yours=dict(yours) if yours is not None else None,
    )  # fmt: skip
    body = said.model_dump_json(exclude_none=True)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def not_here() -> HttpResponse:
    """Missing, hidden, shut and refused: one answer, the same bytes."""
    return problem(Kind.NOT_HERE, NOT_HERE)


def mistake(where: str, sentence: str) -> HttpResponse:
    """One field that cannot be kept."""
    return problem(Kind.NOT_COMPLETE, sentence, errors=[Mistake(where=where, sentence=sentence)])

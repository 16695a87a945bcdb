"""The API itself, and the one way to put an operation into it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from hearth import __version__
from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api import problems
from hearth.api.door import Asked, NoScope, NoToken, Token, TooOften
from hearth.api.mistakes import mistakes
from hearth.api.problems import ClosedGate, Kind, Problem, problem
from hearth.api.words import Keyed, Shape
from hearth.concerns.terms import AlreadyLogged, NotComplete
from hearth.drafts.operations import send_once
from hearth.drafts.terms import Answer, SentDifferently
from hearth.organisation.terms import ChangedMeanwhile
from hearth.timescales.terms import GateUnmet

FURTHEST = 999_999
ABOUT = (
    "Safeguarding concerns and cases, for other systems that act for somebody who works here. "
    "Every request is done, read and kept as that person's own."
)
IdempotencyKey = Annotated[
    uuid.UUID | None,
    Header(None, alias="Idempotency-Key", description="Makes what is sent twice count once. Or send `key`."),
]
Start = Annotated[
    int, Query(0, alias="from", ge=0, le=FURTHEST, description="How many to leave out: `next` of the page before.")
]
api = NinjaAPI(
    title="Hearth", version=__version__, description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api"
)
View = Callable[..., object]


@dataclass(frozen=True)
class Listed:
    """One operation, as the documents, the tests and the authorization matrix know it."""

    method: str
    path: str
    name: str
    act: Act
    scopes: tuple[Scope, ...]
    statuses: tuple[int, ...]


OPERATIONS: list[Listed] = []


class Wrong(Exception):
    """A field that can be read and still cannot be kept."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


def operation(
    method: str,
    path: str,
    act: Act,
    *scopes: Scope,
    gives: dict[int, Any],
    also: tuple[int, ...] = (),
    tag: str,
) -> Callable[[View], View]:
    """An operation of the API: what it does, which scopes open it, what it answers. Problems are documented by it.

    `also` are the problems only some operations have: 409, and whatever is not usual for the method.
    """
    usual = {401, 403, 404, 422, 500, 503} | ({400, 413} if method != "GET" else set())
    usual |= {429} if act is not Act.LOG_CONCERN else set()
    statuses = sorted(usual | set(also))

    def add(view: View) -> View:
        OPERATIONS.append(Listed(method, f"/api{path}", view.__name__, act, scopes, (*gives, *statuses)))
        register = api.api_operation(
            [method], path, auth=Token(act, scopes), response={**gives, **dict.fromkeys(statuses, Problem)},
            operation_id=view.__name__, summary=_summary(view), description=_description(view, act, scopes),
            tags=[tag],
        )  # fmt: skip
        return register(view)

    return add


def one_key(field: uuid.UUID | None, header: uuid.UUID | None) -> uuid.UUID:
    """The idempotency key, sent as a field or as a header."""
    if field and header and field != header:
        raise Wrong("key", "The header and the field hold two different keys. Send one.")
    key = field or header
    if key is None:
        raise Wrong("key", "Send an idempotency key, a UUID you make, as `Idempotency-Key` or as `key`.")
    return key


def sent_once(request: Asked, key: uuid.UUID, sent: Shape, do: Callable[[], Answer]) -> Answer:
    """Do it once for the key; sent again it is answered as it was. With other words it is a problem."""
    said = {"path": [request.path], "sent": [sent.model_dump_json(exclude={"key"})]}
    return send_once("api", key, said, do, by=request.viewer, at=clock.now())


def once_if_keyed(request: Asked, sent: Keyed, header: uuid.UUID | None, do: Callable[[], object]) -> None:
    """Do it, and where a key was sent do it once."""
    if sent.key is None and header is None:
        do()
        return

    def done() -> Answer:
        do()
        return {}

    sent_once(request, one_key(sent.key, header), sent, done)


def _summary(view: View) -> str:
    return (view.__doc__ or "").strip().split("\n", 1)[0].rstrip(".")


def _description(view: View, act: Act, scopes: tuple[Scope, ...]) -> str:
    more = " ".join((view.__doc__ or "").strip().split("\n", 1)[1:]).split()
    wanted = " or ".join(f"`{scope.value}`" for scope in scopes)
    return " ".join([*more, f"Scope: {wanted}. Who may: whoever may {act.value}."])


@api.exception_handler(NoToken)
def no_token(request: HttpRequest, problem_: NoToken) -> HttpResponse:
    """Unknown, over, ended or switched off: one answer."""
    return problem(Kind.NO_TOKEN, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(NoScope)
def no_scope(request: HttpRequest, missing: NoScope) -> HttpResponse:
    """The only 403: about the token, never about a record."""
    wanted = " or ".join(scope.value for scope in missing.scopes)
    return problem(Kind.NO_SCOPE, f"This token was not made for it. Make one with {wanted}.")


@api.exception_handler(TooOften)
def too_often(request: HttpRequest, often: TooOften) -> HttpResponse:
    """Ask again in the next minute."""
    return problem(Kind.TOO_OFTEN, headers={"Retry-After": str(often.wait)})


@api.exception_handler(HttpError)
def malformed(request: HttpRequest, unreadable: HttpError) -> HttpResponse:
    """The body could not be read at all."""
    return problem(Kind.MALFORMED, "The body is not JSON. Nothing was done.")


@api.exception_handler(ValidationError)
def wrong_fields(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Fields that are missing, too long, of another kind or unknown."""
    found = mistakes(wrong.errors)
    return problem(Kind.NOT_COMPLETE, "Some fields cannot be kept as they are.", errors=found)


@api.exception_handler(Wrong)
def wrong(request: HttpRequest, one: Wrong) -> HttpResponse:
    """A field we judged."""
    return problems.mistake(one.where, str(one))


@api.exception_handler(NotComplete)
def not_complete(request: HttpRequest, missing: NotComplete) -> HttpResponse:
    """A field the domain judged."""
    return problems.mistake(missing.field, str(missing))


@api.exception_handler(AlreadyLogged)
def already_logged(request: HttpRequest, before: AlreadyLogged) -> HttpResponse:
    """The key came before with other words."""
    return problem(
        Kind.SENT_BEFORE, "This key was used before with other words. Send these as a new concern, with a new key."
    )


@api.exception_handler(SentDifferently)
def sent_differently(request: HttpRequest, before: SentDifferently) -> HttpResponse:
    """The key came before with other words."""
    return problem(Kind.SENT_BEFORE, "This key was used before with other words. Send these with a new key.")


@api.exception_handler(ChangedMeanwhile)
def changed_meanwhile(request: HttpRequest, changed: ChangedMeanwhile) -> HttpResponse:
    """Both texts; neither is lost."""
    return problem(Kind.CHANGED_MEANWHILE, str(changed), theirs=changed.theirs, yours=changed.yours)


@api.exception_handler(GateUnmet)
def gates_unmet(request: HttpRequest, closed: GateUnmet) -> HttpResponse:
    """What the policy wants first."""
    return closed_gates(closed, "The policy wants something first. Nothing was done.")


def closed_gates(closed: GateUnmet, detail: str) -> HttpResponse:
    """Each gate that is not open, by its clause."""
    gates = [ClosedGate(clause=gate.clause, sentence=gate.sentence) for gate in closed.unmet]
    return problem(Kind.GATES, detail, gates=gates)

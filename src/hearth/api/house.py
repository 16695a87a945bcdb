"""The API itself, and the one way to put an operation into it."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from hearth import __version__
from hearth.access import clock
from hearth.access.operations import keep_attempt
from hearth.access.terms import Act, Scope
from hearth.api import problems
from hearth.api.door import NoScope, NoToken, Token, TooOften, route_of
from hearth.api.mistakes import mistakes
from hearth.api.once import TwoKeys, once, the_key
from hearth.api.problems import ClosedGate, Kind, Problem, problem
from hearth.api.words import READABLE
from hearth.concerns.terms import AlreadyLogged, NotComplete, NothingCalled
from hearth.drafts.terms import SentDifferently
from hearth.ledger.paging import LONGEST, NotAPlace, Order, Place
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet, Unmet

ABOUT = (
    "Safeguarding concerns and cases, for other systems that act for somebody who works here. "
    "Every request is done, read and kept as that person's own."
)
Start = Annotated[str, READABLE, Query("", alias="from", max_length=LONGEST, description="`next` of the page before.")]
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
    acts: tuple[Act, ...]
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
    tag: str,
    name: str = "",
    needs: tuple[Act, ...] = (),
    changes: bool = True,
    keeps_key: bool = False,
) -> Callable[[View], View]:
    """An operation of the API: what it does, which scopes open it, what it answers. Problems are documented by it.

    `needs` are acts one must be let besides. What `changes` something is done once for its idempotency key, by the
    house or, where it `keeps_key`, by itself.
    """
    changes = changes and method != "GET"
    usual = {401, 403, 404, 422, 500, 503} | ({400, 413} if method != "GET" else set()) | ({409} if changes else set())
    statuses = sorted(usual | ({429} if act is not Act.LOG_CONCERN else set()))

    def add(view: View) -> View:
        called = name or view.__name__
        OPERATIONS.append(Listed(method, f"/api{path}", called, (act, *needs), scopes, (*gives, *statuses)))
        register = api.api_operation(
            [method], path, auth=Token(act, scopes), response={**gives, **dict.fromkeys(statuses, Problem)},
            operation_id=called, summary=_summary(view), description=_description(view, act, scopes), tags=[tag],
        )  # fmt: skip
        return register(once(view) if changes and not keeps_key else view)

    return add


def begin(order: Order, said: str) -> Place | None:
    """Where the page begins that is asked for. What cannot be read begins at the start."""
    try:
        return order.place(said)
    except NotAPlace:
        return None


def one_key(field: uuid.UUID | None, header: uuid.UUID | None) -> uuid.UUID:
    """The idempotency key of what always needs one, sent as a field or as a header."""
    key = the_key(field, header)
    if key is None:
        raise Wrong("key", "Send an idempotency key, a UUID you make, as `Idempotency-Key` or as `key`.")
    return key


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


@api.exception_handler(TwoKeys)
def two_keys(request: HttpRequest, two: TwoKeys) -> HttpResponse:
    """Nobody could say which of them is meant."""
    return problems.mistake("key", "The header and the field hold two different keys. Send one.")


@api.exception_handler(NotPossible)
def not_possible(request: HttpRequest, problem_: NotPossible) -> HttpResponse:
    """What cannot be done as things stand."""
    return problems.mistake(problem_.field or "body", str(problem_))


@api.exception_handler(NotComplete)
def not_complete(request: HttpRequest, missing: NotComplete) -> HttpResponse:
    """A field the domain judged."""
    return problems.mistake(missing.field, str(missing))


@api.exception_handler(NothingCalled)
def nothing_called(request: HttpRequest, named: NothingCalled) -> HttpResponse:
    """A body named what is not there for whoever asks. The answer is that of any field; the attempt is kept."""
    keep_attempt(named.attempt, page=route_of(request), asked_for=named.asked_for, at=clock.now())
    return problems.mistake(named.field, str(named))


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
    keep_stopped(closed, at=clock.now())
    return closed_gates(closed.unmet, "The policy wants something first. Nothing was done.")


def closed_gates(unmet: Iterable[Unmet], detail: str) -> HttpResponse:
    """Each gate that is not open, by its clause."""
    gates = [ClosedGate(clause=gate.clause, sentence=gate.sentence) for gate in unmet]
    return problem(Kind.GATES, detail, gates=gates)

"""Questions about cases."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection
from django.db.models import F, QuerySet

from hearth.access.models import Circle
from hearth.access.queries import CompanyName, parts_in, visible
from hearth.access.rules import may
from hearth.access.terms import Act, Part, Viewer
from hearth.cases.models import Action, Case, CaseConcern, Closure, Contact, Handover, Note, Review, RiskBand
from hearth.cases.terms import HandoverState, NoSuchCase, Stage
from hearth.housing.models import Home
from hearth.ledger.asking import Asked, AskedLines
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.timescales.forces import force_of
from hearth.timescales.queries import NextLimit

WORKLIST = Order((By("due_at", datetime, may_lack=True), By("id", int)))
CASE = Asked(lambda public_id: Case.objects.select_related("home", "owner").filter(public_id=public_id))

# What the ways in call these rows; they reach no table.
type ACase = Case
type AnAction = Action
type AContact = Contact
type ANote = Note
type ARiskBand = RiskBand
type AReview = Review
type AHandover = Handover
type AClosure = Closure
type AJoinedConcern = CaseConcern


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list: no more of it than one line says."""

    ledger_kind: ClassVar[str] = Case.ledger_kind

    id: int
    public_id: uuid.UUID
    reference: str
    stage: str
    risk: str
    due_at: datetime | None
    company: str
    owner: uuid.UUID | None
    owner_name: str
    address: str
    circle_id: int
    clause: str
    force: str
    """Of the limit that is due next."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that waits for somebody to take it or give it back."""

    case_id: int
    public_id: uuid.UUID
    case: uuid.UUID
    reference: str
    offered_by: str


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that says what was looked for, and the case it stands in."""

    id: int
    public_id: uuid.UUID
    case: uuid.UUID
    reference: str
    written_at: datetime
    written_by: str
    text: str


@dataclass(frozen=True)
class FoundNotes:
    """Notes that say what was looked for, newest first, and whether only the last twelve months were looked through."""

    notes: Sequence[FoundNote]
    only_last_year: bool


def case_for(viewer: Viewer, public_id: uuid.UUID | str, *, act: Act = Act.READ_CASE) -> Case:
    """The case, or NoSuchCase: the same answer whether it is hidden or not there."""
    found = CASE(public_id)
    if not found:
        raise NoSuchCase
    visible(Case.objects.none(), to=viewer, act=act, about=found[0])
    return found[0]


def cases_of_home(viewer: Viewer, home_id: int, *, limit: int = PAGE) -> list[Case]:
    """The cases about a home that this viewer may read, open ones first. There is no total."""
    rows = visible(Case.objects.filter(home_id=home_id), to=viewer, act=Act.SEARCH_REGISTER)
    return list(
        rows.filter(circle__in=Circle.objects.all()).order_by(
            F("closed_at").desc(nulls_first=True), "-opened_at", "-id"
        )[:limit]
    )


def case_to_hand_over(viewer: Viewer, public_id: uuid.UUID | str) -> Case:
    """A case for somebody who may offer it: whoever owns it or leads, and triage while it has no owner."""
    case = case_for(viewer, public_id)
    act = Act.TRIAGE_CONCERN if case.owner_id is None else Act.HAND_OVER_CASE
    visible(Case.objects.none(), to=viewer, act=act, about=case)
    return case


def case_called(viewer: Viewer, reference: str) -> Case:
    """The case of a reference somebody said aloud, or NoSuchCase."""
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise NoSuchCase
    visible(Case.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    return case


def worklist(viewer: Viewer, *, mine: bool = False, place: Place | None = None, limit: int = PAGE) -> Paged[Listed]:
    """Cases that are not closed, the soonest promise first: one's own, or all one may know of."""
    rows = visible(Case.objects.exclude(stage=Stage.CLOSED), to=viewer, act=Act.SEE_DUE)
    if mine:
        rows = rows.filter(owner_id=viewer.id)
    lines = rows.annotate(company=CompanyName("circle_id"), limit=NextLimit("id", kind=Case.ledger_kind)).values_list(
        "id", "public_id", "reference", "stage", "risk", "due_at", "company", "circle_id", "limit", "owner__public_id",
        "owner__name", *(f"home__{line}" for line in Home.LINES), named=True,
    )  # fmt: skip
    return WORKLIST.page(lines, place, limit=limit).told(_listed)


def _listed(line: tuple[Any, ...]) -> Listed:
    pk, public_id, reference, stage, risk, due_at, company, circle, limit, owner, name, *address = line
    where = Home.in_a_line(address)
    who = (owner, name or "")
    return Listed(
        pk, public_id, reference, stage, risk, due_at, company, *who, where, circle, *force_of(limit)
    )  # fmt: skip


def offered_to_me(viewer: Viewer) -> list[Handover]:
    """Cases that wait for this person to take them or give them back."""
    return list(_offered_to(viewer.id).select_related("case", "offered_by")[:PAGE])


def offers(viewer: Viewer) -> list[Offer]:
    """The same in a line each, for a page that shows much else."""
    return [Offer(*line) for line in OFFERS(viewer.id)]


def _offered_to(user: Any) -> QuerySet[Handover]:
    return Handover.objects.filter(offered_to_id=user, state=HandoverState.OFFERED).order_by("offered_at")


OFFERS = AskedLines(
    lambda user: _offered_to(user).values_list(
        "case_id", "public_id", "case__public_id", "case__reference", "offered_by__name"
    )[:PAGE]
)


def handover_for(viewer: Viewer, public_id: uuid.UUID | str) -> Handover:
    """A case offered to this person, or NoSuchCase."""
    rows = Handover.objects.filter(offered_to_id=viewer.id, public_id=public_id, state=HandoverState.OFFERED)
    handover = rows.select_related("case__home", "offered_by").first()
    if handover is None:
        raise NoSuchCase
    return handover


def my_actions(viewer: Viewer) -> list[Action]:
    """What this person will do, soonest first."""
    return ACTIONS(viewer.id)


ACTIONS = Asked(
    lambda user: (
        Action.objects.filter(owner_id=user, done_at=None, dropped_at=None)
        .select_related("case")
        .order_by("due_on", "id")[:PAGE]
    )
)


def action_for(viewer: Viewer, public_id: uuid.UUID | str) -> Action:
    """An action for somebody who works on its case, or NoSuchCase."""
    action = Action.objects.select_related("case", "owner").filter(public_id=public_id).first()
    if action is None:
        raise NoSuchCase
    visible(Action.objects.none(), to=viewer, act=Act.WORK_CASE, about=action)
    return action


def action_to_drop(viewer: Viewer, public_id: uuid.UUID | str) -> Action:
    """An action for somebody who may drop it: of the team only its own owner; or NoSuchCase."""
    action = action_for(viewer, public_id)
    visible(Action.objects.none(), to=viewer, act=to_drop(action, viewer), about=action)
    return action


def to_drop(action: Action, viewer: Viewer) -> Act:
    """What somebody must be let do to drop an action: work on the case, where he was to do it himself."""
    return Act.WORK_CASE if action.owner_id == viewer.id else Act.DROP_ACTION


def closures_waiting(viewer: Viewer) -> list[Closure]:
    """Closures that wait for a second approver, the oldest first; never one's own nor of a case one has.

    Whoever has the lead's place in one record alone finds those he leads, and where there is none is refused.
    """
    found = my_closures(viewer)
    if not found:
        visible(Case.objects.none(), to=viewer, act=Act.APPROVE_CLOSURE)
    return found


def my_closures(viewer: Viewer) -> list[Closure]:
    """The same among what waits for somebody: asked only of whoever may have one to approve."""
    if may(viewer.parts, Act.APPROVE_CLOSURE):
        return CLOSURES(viewer.id)
    if Part.ALLEGATION_DEPUTY not in viewer.parts:
        return []
    return [each for each in CLOSURES(viewer.id) if may(parts_in(viewer, each), Act.APPROVE_CLOSURE)]


CLOSURES = Asked(
    lambda user: (
        Closure.objects.filter(approved_at=None, withdrawn_at=None)
        .exclude(asked_by_id=user)
        .exclude(case__owner_id=user)
        .select_related("case", "asked_by")
        .order_by("asked_at")[:PAGE]
    )
)


def closure_waiting(viewer: Viewer, case: Case) -> Closure:
    """The closure of a case that waits for approval, or NoSuchCase."""
    visible(Case.objects.none(), to=viewer, act=Act.APPROVE_CLOSURE, about=case)
    waiting = Closure.objects.select_related("case", "asked_by").filter(case=case, approved_at=None, withdrawn_at=None)
    closure = waiting.first()
    if closure is None:
        raise NoSuchCase
    return closure


def closing_asked_before(viewer: Viewer, case: Case) -> Closure | None:
    """The last asking for a case to be closed, unless it closed then: its answers are offered again."""
    visible(Case.objects.none(), to=viewer, act=Act.CLOSE_CASE, about=case)
    last = Closure.objects.select_related("refused_by").filter(case=case).order_by("-asked_at", "-id").first()
    return last if last is not None and last.approved_at is None else None


def search_notes(viewer: Viewer, words: str, *, limit: int = PAGE) -> FoundNotes:
    """The newest notes that contain the words, as far as this viewer may know of them: older ones than a year where
    the year has too few.

    The index is not usable under row security, so one function of the database looks, with the policies' own
    conditions; what it finds is read through the table again, so that both walls agree.
    """
    visible(Note.objects.none(), to=viewer, act=Act.SEARCH_NOTES)
    with connection.cursor() as cursor:
        cursor.execute("select id, only_last_year from hearth.search_notes(%s, %s)", [words, limit])
        found = cursor.fetchall()
    notes = Note.objects.filter(pk__in=[row[0] for row in found if row[0] is not None]).values_list(
        "id", "public_id", "case__public_id", "case__reference", "written_at", "written_by__name", "text"
    )
    shown = sorted((FoundNote(*row) for row in notes), key=lambda note: note.written_at, reverse=True)
    return FoundNotes(shown, any(row[1] for row in found))


def may_search(viewer: Viewer) -> None:
    """Refuse somebody who may search no notes at all."""
    visible(Note.objects.none(), to=viewer, act=Act.SEARCH_NOTES)


def case_at_home(viewer: Viewer, home_id: int | None, *, limit: int = 10) -> list[Case]:
    """Cases at a home, the newest first: what triage may join a concern to."""
    if home_id is None:
        return []
    rows = visible(Case.objects.filter(home_id=home_id), to=viewer, act=Act.SEE_QUEUE)
    return list(rows.order_by("-opened_at")[:limit])

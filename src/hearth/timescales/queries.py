"""Questions about running promises. Row security leaves out what is not the viewer's to know."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import QuerySet

from hearth.access.identity import as_the_house, current
from hearth.access.queries import CompanyName, visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.ledger.asking import Asked, AskedLines
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.ledger.terms import Subject
from hearth.organisation.terms import PARTS_IN_A_RECORD
from hearth.policy.calendars import Nation, WorkingCalendar
from hearth.policy.packs.shapes import TO_BE_CONFIRMED
from hearth.policy.queries import pack_of, with_own_policy
from hearth.policy.terms import Fact, Force, Whose
from hearth.timescales.clocks import Happening
from hearth.timescales.engine import fold
from hearth.timescales.forces import sentence_of
from hearth.timescales.models import Clock
from hearth.timescales.rows import as_clock, columns
from hearth.timescales.standing import companies_with_policies, ground
from hearth.timescales.terms import GOING, State

NO_PART = "-"

OURS_TO = AskedLines(
    lambda kind, about, but_of: (
        Clock.objects.filter(about_kind=kind, about_id=about, state=State.RUNNING, whose=Whose.OURS)
        .filter(due_at__isnull=False)
        .exclude(owner_part=but_of)
        .order_by("due_at")
        .values_list("due_at")[:1]
    ),
    given=3,
)
GOING_IN_CIRCLE = Asked(lambda circle: Clock.objects.filter(circle_id=circle, state__in=sorted(GOING)))
IN_CIRCLE = Asked(lambda circle: Clock.objects.filter(circle_id=circle).exclude(state=State.VOID))
DUE = Order((By("due_at", datetime), By("id", int)))


class NextLimit(models.Func):
    """Clause and force of our next limit of a row's record, with a space between; read with the row, by the row's id.

    It is the limit whose day `next_due` tells, leaving out the same part's. A clause has no space in it.
    """

    output_field = models.CharField()
    template = (
        "(select k.clause || ' ' || k.force from timescales_clock k where k.about_kind = '%(kind)s'"
        " and k.about_id = %(expressions)s and k.state = 'running' and k.whose = 'ours' and k.due_at is not null"
        " and k.owner_part <> '%(but_of)s' order by k.due_at limit 1)"
    )

    def __init__(self, row: str, *, kind: str, but_of: str = NO_PART) -> None:
        super().__init__(row, kind=kind, but_of=but_of)


class NoSuchClock(NotHere):
    """There is no such clock for whoever asks: missing and hidden answer alike."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A clock as it is shown: what is promised, under which clause, with which force, and how it stands."""

    id: int
    public_id: uuid.UUID
    about_kind: str
    about_id: int
    circle_id: int
    rule: str
    promise: str
    clause: str
    clause_text: str
    clause_is_confirmed: bool
    force: Force
    force_sentence: str
    whose: Whose
    owner_part: str
    owner_id: int | None
    state: State
    limit: str
    started_at: datetime
    due_at: datetime | None
    due_day: date | None
    stopped_at: datetime | None
    extended_to: date | None
    pause_ground: str
    was_late_entry: bool
    is_over: bool
    company: str
    """Whose record it is, in a list, where that company has a policy of its own."""
    entity: int | None
    """The same company by its number, for the way to the clause."""
    stopped_by: frozenset[str] = frozenset()
    """The acts that keep it."""
    also: tuple[tuple[str, str], ...] = ()
    """The clauses that ask the same besides, each with its text: of the provider's other policy."""


def clocks_for(viewer: Viewer, about: Subject, *, at: datetime, going_only: bool = False) -> list[Promise]:
    """The promises made to one record, the soonest first, for whoever may see the record."""
    rows = Clock.objects.filter(about_kind=about.ledger_kind, about_id=about.id)
    return in_order(shown(rows, viewer, at, going_only=going_only))


def clocks_in_circle(viewer: Viewer, circle_id: int, *, at: datetime, going_only: bool = True) -> list[Promise]:
    """The promises made to anything in one circle: a case with its referrals and processes."""
    rows = GOING_IN_CIRCLE(circle_id) if going_only else IN_CIRCLE(circle_id)
    return in_order(_promises(rows, at))


def clocks_about(viewer: Viewer, kind: str, ids: Iterable[int], *, at: datetime) -> dict[int, list[Promise]]:
    """The going promises of the records of a list, by record: one query for a page."""
    rows = Clock.objects.filter(about_kind=kind, about_id__in=list(ids))
    found: dict[int, list[Promise]] = {}
    for promise in in_order(shown(rows, viewer, at, going_only=True)):
        found.setdefault(promise.about_id, []).append(promise)
    return found


def clocks_named(viewer: Viewer, public_ids: Iterable[uuid.UUID], *, at: datetime) -> list[Promise]:
    """The promises that notices speak of, going or done. One that is hidden is not among them."""
    return shown(Clock.objects.filter(public_id__in=list(public_ids)), viewer, at, going_only=False)


def due(viewer: Viewer, *, at: datetime, place: Place | None = None, rule: str = "") -> Paged[Promise]:
    """What of ours falls due, the soonest first, a page at a time; or all of one `rule`, ours or watched."""
    rows = _that_run(viewer)
    rows = rows.filter(rule=rule) if rule else rows.filter(whose=Whose.OURS)
    page = DUE.page(rows, place)
    whose = _whose((row for row in page if _company(row)), at)
    return page.told(lambda row: as_promise(row, at, whose.get(row.circle_id)))


def due_for_me(viewer: Viewer, *, at: datetime, limit: int = PAGE) -> list[Promise]:
    """What of ours waits for this viewer, the soonest first: promises he owns, and those of his parts without owner."""
    mine = waiting_for(viewer, _that_run(viewer, Act.SEE_MY_WORK).filter(whose=Whose.OURS))
    first, *rest = [each.order_by("due_at", "id")[:limit] for each in mine]
    found = list(first.union(*rest, all=True).order_by("due_at", "id")[:limit] if rest else first)
    whose = _whose((row for row in found if _company(row)), at)
    return [as_promise(row, at, whose.get(row.circle_id)) for row in found]


def _that_run(viewer: Viewer, act: Act = Act.SEE_DUE) -> "QuerySet[Clock]":
    rows = visible(Clock.objects.filter(state=State.RUNNING, due_at__isnull=False), to=viewer, act=act)
    return rows.annotate(company=CompanyName("circle_id"))


def waiting_for(viewer: Viewer, rows: "QuerySet[Clock]") -> "list[QuerySet[Clock]]":
    """What he owns, and what each part he plays has to do: each a list of its own, so that each reads its own index."""
    parts = sorted(str(part) for part in viewer.parts - PARTS_IN_A_RECORD)
    return [rows.filter(owner_id=viewer.id), *(rows.filter(owner_part=part, owner_id=None) for part in parts)]


def next_due(about: Subject, *, but_of: str = NO_PART) -> datetime | None:
    """When our soonest promise to a record falls due, for the worklist's order. Asked by the house.

    `but_of` leaves out what one part keeps: whoever is on call has limits of his own on a concern that triage decides.
    """
    with as_the_house():
        return next((due for (due,) in OURS_TO(about.ledger_kind, about.id, but_of)), None)


def begun_by(
    act: str, kind: str, *, facts: Mapping[str, Fact], at: datetime, entity: int | None = None
) -> list[Promise]:
    """What an act is about to promise to the new record of a company it makes. These promises have no number yet."""
    about, known = (kind, 0), ground().for_entity(entity)
    begun = fold([Happening(0, act, about, at, facts)], about, known)
    rows = [Clock(pk=0, circle_id=0, **columns(each, known.rule_of(each), known.days_of(each))) for each in begun]
    own = entity if entity is not None and entity in with_own_policy(at) else None
    return [as_promise(row, at, own) for row in rows]


def soonest_of_ours(promises: Iterable[Promise], *, but_of: str = NO_PART) -> datetime | None:
    """When the first of these that we must keep ourselves falls due, leaving out what one part keeps."""
    ours = (each for each in promises if each.whose is Whose.OURS and each.owner_part != but_of)
    return min((each.due_at for each in ours if each.due_at), default=None)


def promised(about: Subject, rules: Iterable[str], *, at: datetime) -> list[Promise]:
    """The latest promise of each rule to a record, for a receipt: what happens next and by when.

    The caller has let the reader in.
    """
    with as_the_house():
        rows = Clock.objects.filter(about_kind=about.ledger_kind, about_id=about.id, rule__in=list(rules))
        latest = {row.rule: row for row in rows.order_by("id")}
        return _promises(latest.values(), at)


def clock_for(viewer: Viewer, public_id: uuid.UUID, *, act: Act = Act.SEE_DUE) -> Clock:
    """One clock, to look at, pause, resume or extend it. Raises NoSuchClock."""
    row = Clock.objects.filter(public_id=public_id).first()
    if row is None:
        raise NoSuchClock
    visible(Clock.objects.none(), to=viewer, act=act, about=row)
    return row


def shown(rows: "QuerySet[Clock]", viewer: Viewer, at: datetime, *, going_only: bool) -> list[Promise]:
    rows = rows.filter(state__in=sorted(GOING)) if going_only else rows.exclude(state=State.VOID)
    return _promises(rows, at)


def _promises(rows: Iterable[Clock], at: datetime) -> list[Promise]:
    known = list(rows)
    whose = _whose(known, at)
    return [as_promise(row, at, whose.get(row.circle_id)) for row in known]


def _whose(rows: Iterable[Clock], at: datetime) -> Mapping[int, int]:
    circles = {row.circle_id for row in rows}
    return companies_with_policies(circles, at) if circles else {}


def _company(row: Clock) -> str:
    """As a list has read it with the row."""
    return str(getattr(row, "company", ""))


def one_promise(row: Clock, at: datetime) -> Promise:
    """One clock as it is shown."""
    return _promises([row], at)[0]


def in_order(promises: list[Promise]) -> list[Promise]:
    """Going ones first, the soonest on top, those without a day after them; then what has stopped, the latest first."""
    going = [each for each in promises if each.state in GOING]
    stopped = [each for each in promises if each.state not in GOING]
    going.sort(key=lambda each: (each.due_at is None, each.due_at or each.started_at, each.id))
    stopped.sort(key=lambda each: (each.stopped_at or each.started_at, each.id), reverse=True)
    return going + stopped


def as_promise(row: Clock, at: datetime, entity: int | None = None) -> Promise:
    """A clock as it is shown; `entity` is the company in whose own policy its clause is read."""
    clock, pack = as_clock(row), pack_of(row.digest)
    rule, clause = pack.rules[row.rule], pack.clauses[row.clause]
    force = Force(row.force)
    return Promise(
        id=row.pk,
        public_id=row.public_id,
        about_kind=row.about_kind,
        about_id=row.about_id,
        circle_id=row.circle_id,
        rule=row.rule,
        promise=rule.promise,
        clause=row.clause,
        clause_text=clause.text,
        clause_is_confirmed=clause.standing != TO_BE_CONFIRMED,
        force=force,
        force_sentence=sentence_of(force),
        whose=Whose(row.whose),
        owner_part=row.owner_part,
        owner_id=row.owner_id,
        state=clock.state,
        limit=row.limit,
        started_at=row.started_at,
        due_at=row.due_at,
        due_day=row.due_day,
        stopped_at=row.stopped_at,
        extended_to=row.extended_to,
        pause_ground=pack.pause_grounds.get(clock.pauses[-1].ground, "") if clock.state is State.PAUSED else "",
        was_late_entry=row.changed_by_late_entry is not None,
        is_over=clock.is_over(at),
        company=_company(row),
        entity=entity,
        stopped_by=frozenset(each.act for each in rule.stops),
        also=tuple((each, pack.clauses[each].text) for each in rule.also if each != row.clause),
    )


def working_days(nation: Nation) -> WorkingCalendar:
    """The nation's working days as an administrator has corrected them."""
    if current() is not None:
        return ground().calendar(nation)
    with as_the_house():
        return ground().calendar(nation)

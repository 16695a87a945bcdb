"""Cases, and what lies in one."""

from collections.abc import Iterable

from hearth.access import clock
from hearth.access.terms import Viewer
from hearth.api.shapes import actions
from hearth.api.shapes import cases as shapes
from hearth.api.shapes.closing import ClosureRefused, ClosureWaiting
from hearth.api.shapes.limits import limit
from hearth.api.shown import concerns
from hearth.api.words import Who
from hearth.cases.folder import Folder
from hearth.cases.queries import (
    ACase,
    AClosure,
    AContact,
    AHandover,
    AnAction,
    ANote,
    AReview,
    ARiskBand,
    FoundNote,
    Listed,
)
from hearth.cases.terms import (
    ChildDecision,
    CloseOutcome,
    ContactKind,
    ContactOutcome,
    ReviewOutcome,
    Risk,
    Seen,
    Stage,
    WishesAnswered,
)
from hearth.organisation.queries import is_let_in
from hearth.partners.queries import AReferral
from hearth.people.queries import ARole
from hearth.timescales.queries import Promise


def line(case: Listed) -> shapes.CaseLine:
    """A case in a list."""
    owner = Who(id=case.owner, name=case.owner_name) if case.owner else None
    return shapes.CaseLine(
        id=case.public_id, reference=case.reference, stage=Stage(case.stage), risk=Risk(case.risk), owner=owner,
        address=case.address, due_at=case.due_at,
    )  # fmt: skip


def action(row: AnAction) -> actions.Action:
    """One thing somebody will do."""
    return actions.Action(
        id=row.public_id, version=row.version, text=row.text, for_whom=row.for_whom,
        owner=Who(id=row.owner.public_id, name=row.owner.name), due_on=row.due_on, done_at=row.done_at,
        result=row.result, dropped_at=row.dropped_at, dropped_why=row.dropped_why,
        owner_has_left=not is_let_in(row.owner, clock.now()),
    )  # fmt: skip


def contact(row: AContact) -> shapes.Contact:
    """A contact."""
    return shapes.Contact(
        kind=ContactKind(row.kind), outcome=ContactOutcome(row.outcome), happened_at=row.happened_at,
        recorded_by=row.recorded_by.name, child_seen=Seen(row.child_seen), child_alone=Seen(row.child_alone),
        their_words=row.their_words, wishes=row.wishes, told_afterwards=row.told_afterwards, note=row.note,
    )  # fmt: skip


def note(row: ANote, case: ACase) -> shapes.Note:
    """A note."""
    return shapes.Note(
        id=row.public_id, case=case.public_id, written_at=row.written_at, written_by=row.written_by.name, text=row.text
    )


def found(note: FoundNote) -> shapes.Note:
    """A note that was looked for."""
    return shapes.Note(
        id=note.public_id, case=note.case, written_at=note.written_at, written_by=note.written_by, text=note.text
    )


def risk(row: ARiskBand) -> shapes.RiskJudged:
    """One judgement of the risk."""
    return shapes.RiskJudged(risk=Risk(row.band), why=row.why, set_at=row.set_at, set_by=row.set_by.name)


def review(row: AReview) -> shapes.Review:
    """A manager's review."""
    return shapes.Review(
        outcome=ReviewOutcome(row.outcome), text=row.text, reviewed_at=row.reviewed_at, reviewed_by=row.reviewed_by.name
    )


def offer(row: AHandover) -> shapes.Offered:
    """A case offered to somebody."""
    return shapes.Offered(
        id=row.public_id, case=row.case.public_id, reference=row.case.reference, offered_at=row.offered_at,
        offered_by=row.offered_by.name, what_matters=row.what_matters,
    )  # fmt: skip


def closure(row: AClosure) -> ClosureWaiting:
    """A closure that waits."""
    return ClosureWaiting(
        asked_by=row.asked_by.name, asked_at=row.asked_at, outcome=CloseOutcome(row.outcome), why=row.why,
        wishes_answered=WishesAnswered(row.wishes_answered), wishes_why=row.wishes_why,
        child_decision=ChildDecision(row.child_decision), child_why=row.child_why, change_seen=row.change_seen,
        breach_reason=row.breach_reason, watched_reason=row.watched_reason,
    )  # fmt: skip


def whole(
    folder: Folder,
    viewer: Viewer,
    *,
    roles: Iterable[ARole],
    referred: Iterable[AReferral],
    promises: Iterable[Promise],
    company: int | None,
) -> shapes.Case:
    """A case with everything its page shows."""
    case = folder.case
    return shapes.Case(
        id=case.public_id, reference=case.reference, version=case.version, stage=Stage(case.stage),
        restricted=case.restricted, company=str(company) if company else None, risk=Risk(case.risk),
        subject=case.subject,
        children_in_household=case.children_in_household, home=case.home.public_id if case.home else None,
        address=case.home.address if case.home else "", owner=_owner(case),
        given_back=_given_back(folder, viewer), opened_at=case.opened_at,
        summary=case.summary, support_in_place_at=case.support_in_place_at, closed_at=case.closed_at,
        outcome=case.outcome, closure_waits=folder.closure is not None,
        closure_refused=_refused(folder),
        concerns=[concerns.line(each.concern) for each in folder.concerns], people=concerns.people(roles),
        actions=[action(each) for each in folder.actions], contacts=[contact(each) for each in folder.contacts],
        notes=[note(each, case) for each in folder.notes], risks=[risk(each) for each in folder.risk_bands],
        reviews=[review(each) for each in folder.reviews], referrals=concerns.referrals(referred),
        limits=[limit(each) for each in promises],
    )  # fmt: skip


def _refused(folder: Folder) -> ClosureRefused | None:
    last = folder.refused
    if last is None or last.refused_by is None or last.withdrawn_at is None:
        return None
    return ClosureRefused(by=last.refused_by.name, at=last.withdrawn_at, why=last.refused_why)


def _given_back(folder: Folder, viewer: Viewer) -> shapes.GivenBack | None:
    last = folder.given_back_for(viewer)
    if last is None or last.answered_at is None:
        return None
    return shapes.GivenBack(by=last.offered_to.name, at=last.answered_at, why=last.answer_why)


def _owner(case: ACase) -> Who | None:
    return Who(id=case.owner.public_id, name=case.owner.name) if case.owner else None

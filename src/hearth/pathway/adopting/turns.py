"""Whose turn an approval is, by when it is to be given, and chasing it by the policy's own ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.operations import require_identity
from hearth.access.rules import WHO_MAY, may
from hearth.access.terms import Act, Part, Viewer
from hearth.organisation.queries import holders_of, people_in_parts
from hearth.organisation.terms import PARTS_IN_A_RECORD
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Due, Duration, due, shown_day
from hearth.policy.models import ApprovalStep, Proposal
from hearth.policy.operations import keep_turn
from hearth.policy.packs import Pack
from hearth.policy.packs.adopting import Step, steps_of
from hearth.policy.packs.shapes import Rung
from hearth.policy.queries import pack_of
from hearth.policy.terms import Proposed
from hearth.policy.warnings import moment_of
from hearth.timescales.queries import working_days

PARTS = frozenset(str(part) for part in set(Part) - PARTS_IN_A_RECORD)
AT_ONCE = 200
OVER = "over"

type Ladder = list[tuple[str, datetime]]


@dataclass(frozen=True, slots=True)
class MyStep:
    """A policy that waits for somebody's approval."""

    public_id: UUID
    title: str
    version: str
    by_day: date | None
    is_late: bool


def whose_turn(step: ApprovalStep, *, at: datetime) -> list[int]:
    """Who may decide at a step: never whoever proposed it."""
    if step.post:
        found = holders_of([step.post], at=at)
    else:
        parts = {Part(step.part)} if step.part else WHO_MAY[Act.APPROVE_POLICY]
        found = [user for user, _ in people_in_parts(parts, at=at)]
    return [user for user in found if user != step.proposed_by_id]


def turn_comes(proposal: Proposal, *, at: datetime) -> None:
    """The next step's time begins, and whoever decides there is told."""
    step = next_step(proposal)
    ladder = _ladder_of(step, pack_of(proposal.digest), asked_at=at)
    with as_the_house():
        keep_turn(step, asked_at=at, next_notice_at=ladder[0][1] if ladder else None)
    tell(whose_turn(step, at=at), proposal, str(step.place), at=at)


def next_step(proposal: Proposal) -> ApprovalStep:
    return proposal.steps.filter(approved=None).order_by("place")[0]


def my_steps(viewer: Viewer, *, at: datetime) -> list[MyStep]:
    """The policies that wait for this viewer, in the order they were proposed."""
    require_identity(viewer)
    if not may(viewer.parts, Act.APPROVE_POLICY):
        return []
    waiting = list(Proposal.objects.filter(state=Proposed.WAITING.value).order_by("proposed_at"))
    found = [(proposal, next_step(proposal)) for proposal in waiting]
    return [_mine(each, step, at) for each, step in found if viewer.id in whose_turn(step, at=at)]


def steps_due(viewer: Viewer, *, at: datetime) -> list[MyStep]:
    """Approvals with a time, the soonest first: every one for those who may propose policies, for others their own."""
    require_identity(viewer)
    if may(viewer.parts, Act.ADOPT_POLICY):
        waiting = Proposal.objects.filter(state=Proposed.WAITING.value)
        steps = [_mine(each, next_step(each), at) for each in waiting]
    else:
        steps = my_steps(viewer, at=at)
    timed = [(each.by_day, each) for each in steps if each.by_day is not None]
    return [each for _day, each in sorted(timed, key=lambda one: one[0])]


def by_when(step: ApprovalStep, pack: Pack) -> Due | None:
    """By when a step is to be decided, where the policy says so and its turn has come."""
    rule = _rule(step, pack)
    if step.asked_at is None or rule.within is None:
        return None
    return due(step.asked_at, rule.within, working_days(pack.nation))


@transaction.atomic
def chase_approvals(*, at: datetime) -> int:
    """Remind whoever a step waits for, each rung once; once it is over, whoever proposed it is told too."""
    with as_the_house():
        due_now = ApprovalStep.objects.filter(next_notice_at__lte=at).order_by("next_notice_at")
        rows = due_now.select_for_update(skip_locked=True, of=("self",)).select_related("proposal")[:AT_ONCE]
        found = list(rows)
        for step in found:
            _chase(step, at)
    return len(found)


def tell(users: Sequence[int], proposal: Proposal, what: str, *, at: datetime) -> None:
    """Tell people once that a proposed policy waits for them."""
    for user_id in users:
        notify(
            user_id, NoticeWords.SOMETHING_WAITS, key=f"policy:{proposal.pk}:{what}:{user_id}", at=at,
            about_kind="policy", about=proposal.public_id,
        )  # fmt: skip


def ladder(asked_at: datetime, within: Duration | None, remind: Sequence[Rung], days: WorkingCalendar) -> Ladder:
    """When somebody who was asked is reminded, the soonest first; nothing where no time was set."""
    point = due(asked_at, within, days) if within else None
    if point is None:
        return []
    told = [(str(rung), moment_of(rung, point, days)) for rung in remind]
    return sorted(((rung, moment) for rung, moment in told if moment >= asked_at), key=lambda each: each[1])


def _ladder_of(step: ApprovalStep, pack: Pack, *, asked_at: datetime) -> Ladder:
    """The policy's rungs, and the moment it is over."""
    rule, days = _rule(step, pack), working_days(pack.nation)
    point = due(asked_at, rule.within, days) if rule.within else None
    over = [(OVER, point.at)] if point else []
    return sorted([*ladder(asked_at, rule.within, rule.remind, days), *over], key=lambda each: each[1])


def _chase(step: ApprovalStep, at: datetime) -> None:
    proposal = step.proposal
    rungs = _ladder_of(step, pack_of(proposal.digest), asked_at=step.asked_at or at)
    passed = [rung for rung, moment in rungs if moment <= at]
    keep_turn(
        step, asked_at=step.asked_at, next_notice_at=next((moment for _, moment in rungs if moment > at), None)
    )  # fmt: skip
    if passed:
        known = [step.proposed_by_id] if OVER in passed else []
        tell([*whose_turn(step, at=at), *known], proposal, f"{step.place}:{passed[-1]}", at=at)


def _rule(step: ApprovalStep, pack: Pack) -> Step:
    steps = steps_of(pack, PARTS)
    return steps[step.place - 1] if step.place <= len(steps) else Step(step.name)


def _mine(proposal: Proposal, step: ApprovalStep, at: datetime) -> MyStep:
    point = by_when(step, pack_of(proposal.digest))
    return MyStep(
        public_id=proposal.public_id,
        title=proposal.title,
        version=proposal.version,
        by_day=shown_day(point) if point else None,
        is_late=point is not None and point.is_over(at),
    )

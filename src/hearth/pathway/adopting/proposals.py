"""Questions about policies that were proposed: how far each is, who said what, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.organisation.queries import names_of
from hearth.pathway.adopting.turns import by_when
from hearth.policy.durations import shown_day
from hearth.policy.models import ApprovalStep, Proposal
from hearth.policy.packs.diffing import Difference, differences
from hearth.policy.queries import pack_before, pack_of
from hearth.policy.terms import Proposed

LATEST = 25


class NoSuchProposal(NotHere):
    """There is none."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an approval and what was said at it. Without a name it is any second person's."""

    place: int
    name: str
    is_outside: bool
    approved: bool | None
    by: str
    at: datetime | None
    comment: str
    by_day: date | None


@dataclass(frozen=True, slots=True)
class ProposedPolicy:
    """A policy on its way, or what became of it."""

    public_id: UUID
    digest: str
    pack: str
    title: str
    version: str
    entity: int | None
    starts_on: date
    why: str
    by: str
    by_id: int
    at: datetime
    state: Proposed
    ended_at: datetime | None
    in_force_from: datetime | None
    steps: tuple[StepTaken, ...]

    @property
    def next_step(self) -> StepTaken | None:
        """The step that waits, while the policy does."""
        if self.state is not Proposed.WAITING:
            return None
        return next((step for step in self.steps if step.approved is None), None)


def proposals(viewer: Viewer) -> list[ProposedPolicy]:
    """The latest policies that were proposed, the newest first."""
    rows = visible(Proposal.objects.all(), to=viewer, act=Act.APPROVE_POLICY)
    return _told(list(rows.order_by("-proposed_at").select_related("adoption")[:LATEST]))


def proposal_for(viewer: Viewer, public_id: UUID, *, act: Act = Act.APPROVE_POLICY) -> ProposedPolicy:
    """One of them, or NoSuchProposal."""
    rows = visible(Proposal.objects.all(), to=viewer, act=act)
    row = rows.select_related("adoption").filter(public_id=public_id).first()
    if row is None:
        raise NoSuchProposal
    return _told([row])[0]


def what_it_changes(proposal: ProposedPolicy, *, at: datetime) -> tuple[Difference, ...]:
    """What is different from the policy before it, in plain words; nothing where there was none."""
    before = pack_before(proposal.in_force_from or at, proposal.entity)
    return differences(before, pack_of(proposal.digest)) if before else ()


def _told(rows: list[Proposal]) -> list[ProposedPolicy]:
    steps: dict[int, list[ApprovalStep]] = {}
    for step in ApprovalStep.objects.filter(proposal__in=rows).order_by("place"):
        steps.setdefault(step.proposal_id, []).append(step)
    people = {step.decided_by_id for each in steps.values() for step in each if step.decided_by_id}
    names = names_of(people | {row.proposed_by_id for row in rows})
    return [_one(row, steps.get(row.pk, []), names) for row in rows]


def _by_day(row: Proposal, step: ApprovalStep) -> date | None:
    """By when a step that waits is to be decided, where the policy says so."""
    if row.state != Proposed.WAITING.value or step.approved is not None:
        return None
    point = by_when(step, pack_of(row.digest))
    return shown_day(point) if point else None


def _one(row: Proposal, steps: list[ApprovalStep], names: dict[int, str]) -> ProposedPolicy:
    return ProposedPolicy(
        public_id=row.public_id,
        digest=row.digest,
        pack=row.pack,
        title=row.title,
        version=row.version,
        entity=row.entity_id,
        starts_on=row.starts_on,
        why=row.why,
        by=names.get(row.proposed_by_id, ""),
        by_id=row.proposed_by_id,
        at=row.proposed_at,
        state=Proposed(row.state),
        ended_at=row.ended_at,
        in_force_from=row.adoption.in_force_from if row.adoption else None,
        steps=tuple(
            StepTaken(
                place=step.place,
                name=step.name,
                is_outside=bool(step.name) and not step.post and not step.part,
                approved=step.approved,
                by=names.get(step.decided_by_id or 0, ""),
                at=step.decided_at,
                comment=step.comment,
                by_day=_by_day(row, step),
            )
            for step in steps
        ),
    )

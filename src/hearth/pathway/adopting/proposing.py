"""A policy is proposed by one person and approved by others, in the order its own document control names (ADR 0078)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act, Viewer
from hearth.ledger.terms import Fact
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.notices import take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.pathway.adopting.proposals import NoSuchProposal
from hearth.pathway.adopting.turns import PARTS, next_step, tell, turn_comes, whose_turn
from hearth.pathway.adopting.understanding import ask_everybody
from hearth.policy.durations import local_day, start_of
from hearth.policy.models import Adoption, ApprovalStep, Proposal
from hearth.policy.operations import decide, end_proposal, keep_proposed
from hearth.policy.packs import Chain, Pack, build
from hearth.policy.packs.adopting import Step, steps_of
from hearth.policy.queries import chain_of
from hearth.policy.terms import NotNow, Proposed
from hearth.timescales.operations import bring_in, happened


@transaction.atomic
def propose(
    chain: Chain, *, starts_on: date, why: str, by: Viewer, at: datetime, entity: int | None = None
) -> Proposal:
    """Ask that a policy is adopted from a day on, for the organisation or for one company of the group.

    Nothing changes until every step of its approval is given.
    """
    check(by, Act.ADOPT_POLICY)
    if starts_on < local_day(at):
        raise NotNow("A policy cannot come into force in the past")
    pack = build(chain)
    steps = steps_of(pack, PARTS)
    _require_approvers(steps, pack)
    with as_the_house():
        proposal = keep_proposed(chain, steps, starts_on=starts_on, why=why, at=at, by_id=by.id, entity=entity)
    facts: dict[str, Fact] = {"pack": proposal.pack, "digest": proposal.digest, "starts_on": starts_on}
    facts |= {"entity": entity} if entity else {}
    happened("policy.proposed", about=proposal, by=by, at=at, facts=facts, why=why)
    turn_comes(proposal, at=at)
    return proposal


@transaction.atomic
def answer(public_id: UUID, *, approved: bool, comment: str, by: Viewer, at: datetime) -> Proposed:
    """Approve the step that is next, or send the policy back. With the last step it is adopted."""
    check(by, Act.APPROVE_POLICY)
    proposal = _waiting(public_id)
    step = next_step(proposal)
    _require_may_decide(step, comment, approved=approved, by=by, at=at)
    with as_the_house():
        decide(step, approved=approved, comment=comment, by_id=by.id, at=at)
    act = "policy.approved" if approved else "policy.sent_back"
    happened(act, about=proposal, by=by, at=at, facts={"step": step.place}, why=comment)
    take_as_read(public_id, NoticeWords.SOMETHING_WAITS, at=at)
    if not approved:
        _end(proposal, Proposed.SENT_BACK, at=at)
        tell([proposal.proposed_by_id], proposal, "back", at=at)
        return Proposed.SENT_BACK
    if proposal.steps.filter(approved=None).exists():
        turn_comes(proposal, at=at)
        return Proposed.WAITING
    _adopt(proposal, by=by, at=at)
    return Proposed.ADOPTED


@transaction.atomic
def withdraw(public_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Take back what one proposed oneself."""
    check(by, Act.ADOPT_POLICY)
    proposal = _waiting(public_id)
    if proposal.proposed_by_id != by.id:
        raise NotPossible("Only the person who proposed it takes it back. You can send it back instead.")
    happened("policy.withdrawn", about=proposal, by=by, at=at)
    take_as_read(public_id, NoticeWords.SOMETHING_WAITS, at=at)
    _end(proposal, Proposed.WITHDRAWN, at=at)


def _require_approvers(steps: Sequence[Step], pack: Pack) -> None:
    """A post or part the policy names at a step is one that may approve policies at all."""
    may = WHO_MAY[Act.APPROVE_POLICY]
    for step in steps:
        parts = pack.posts[step.post].parts if step.post else {step.part}
        if not step.is_outside and step.name and may.isdisjoint(parts):
            raise NotPossible(f"“{step.name}” is to approve this policy, and plays no part that approves policies.")


def _adopt(proposal: Proposal, *, by: Viewer, at: datetime) -> None:
    """From the day that was asked for, or from now where that day came before the last approval."""
    begins, entity = max(start_of(proposal.starts_on), at), proposal.entity_id
    try:
        bring_in(chain_of(proposal.digest), by=by, at=at, in_force_from=begins, why=proposal.why, entity=entity)
    except NotNow as problem:
        raise NotPossible(f"{problem}. Send this one back, and let it be proposed for a later day.") from problem
    adoption = Adoption.objects.get(in_force_from=begins, entity_id=entity)
    _end(proposal, Proposed.ADOPTED, at=at, adoption=adoption)
    ask_everybody(adoption, at=at)


def _waiting(public_id: UUID) -> Proposal:
    with as_the_house():
        waiting = Proposal.objects.filter(public_id=public_id, state=Proposed.WAITING.value)
        proposal = waiting.select_for_update().first()
    if proposal is None:
        raise NoSuchProposal
    return proposal


def _require_may_decide(step: ApprovalStep, comment: str, *, approved: bool, by: Viewer, at: datetime) -> None:
    if step.proposed_by_id == by.id:
        raise NotPossible("You proposed this policy. Somebody else must approve it.")
    if by.id not in whose_turn(step, at=at):
        raise NotPossible(f"This step is for {step.name}.")
    if not comment.strip() and not approved:
        raise NotPossible("Write what has to change", field="comment")
    if not comment.strip() and step.needs_comment:
        raise NotPossible(f"Write what {step.name} decided and where it stands, such as the minutes", field="comment")


def _end(proposal: Proposal, state: Proposed, *, at: datetime, adoption: Adoption | None = None) -> None:
    with as_the_house():
        end_proposal(proposal, state, at=at, adoption=adoption)

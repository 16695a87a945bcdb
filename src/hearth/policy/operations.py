"""Keeping packs, proposed and adopted. `timescales` and `pathway` ask who may and tell the ledger."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from hearth.ledger.transactions import forget
from hearth.policy.models import Adoption, ApprovalStep, ChangeDraft, PackFile, Proposal, Reading
from hearth.policy.packs import Chain, Pack, build
from hearth.policy.packs.adopting import Step
from hearth.policy.terms import NotNow, Proposed


@transaction.atomic
def keep_adopted(
    chain: Chain, *, in_force_from: datetime, at: datetime, by_id: int | None, entity: int | None = None
) -> Pack:
    """Keep a pack and the moment it comes into force, for one company of the group or for the organisation.

    Raises BadPack where it does not check, NotNow for the past.
    """
    pack = build(chain)
    if Adoption.objects.exists() and in_force_from < at:
        raise NotNow("A policy cannot come into force in the past: clocks already run under another")
    if Adoption.objects.filter(in_force_from__gte=in_force_from, entity_id=entity).exists():
        raise NotNow("Another policy comes into force at that time or later")
    keep_files(chain, pack.digest)
    Adoption.objects.create(
        digest=pack.digest,
        pack=pack.name,
        version=pack.version,
        entity_id=entity,
        in_force_from=in_force_from,
        adopted_at=at,
        adopted_by_id=by_id,
    )
    forget()
    return pack


def keep_files(chain: Chain, digest: str) -> None:
    """Keep the files of a pack byte for byte, once for each digest."""
    if not PackFile.objects.filter(digest=digest).exists():
        PackFile.objects.bulk_create(
            PackFile(digest=digest, place=place, pack=each.name, name=name, body=body)
            for place, each in enumerate(chain.packs)
            for name, body in each.files
        )


@transaction.atomic
def keep_proposed(
    chain: Chain,
    steps: Sequence[Step],
    *,
    starts_on: date,
    why: str,
    at: datetime,
    by_id: int,
    entity: int | None = None,
) -> Proposal:
    """Keep a pack that somebody wants adopted, with its steps. Raises BadPack, or NotNow where it waits already."""
    pack = build(chain)
    if Proposal.objects.filter(digest=pack.digest, entity_id=entity, state=Proposed.WAITING.value).exists():
        raise NotNow("This policy waits for approval already")
    keep_files(chain, pack.digest)
    proposal = Proposal.objects.create(
        digest=pack.digest, pack=pack.name, title=pack.title[:200], version=pack.version, starts_on=starts_on, why=why,
        entity_id=entity, proposed_by_id=by_id, proposed_at=at,
    )  # fmt: skip
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            proposal=proposal, place=place, name=step.name, post=step.post, part=step.part,
            needs_comment=step.comment, proposed_by_id=by_id,
        )
        for place, step in enumerate(steps, start=1)
    )  # fmt: skip
    return proposal


def decide(step: ApprovalStep, *, approved: bool, comment: str, by_id: int, at: datetime) -> None:
    """Keep what somebody said at one step."""
    step.approved, step.comment, step.decided_by_id, step.decided_at = approved, comment, by_id, at
    step.next_notice_at = None
    step.save(update_fields=["approved", "comment", "decided_by_id", "decided_at", "next_notice_at"])


def keep_turn(step: ApprovalStep, *, asked_at: datetime | None, next_notice_at: datetime | None) -> None:
    """Keep since when a step waits for its people, and when they are told next."""
    step.asked_at, step.next_notice_at = asked_at, next_notice_at
    step.save(update_fields=["asked_at", "next_notice_at"])


def end_proposal(proposal: Proposal, state: Proposed, *, at: datetime, adoption: Adoption | None = None) -> None:
    """A proposal that was adopted, sent back or withdrawn is over."""
    proposal.state, proposal.ended_at, proposal.adoption = state.value, at, adoption
    proposal.save(update_fields=["state", "ended_at", "adoption"])
    proposal.steps.filter(approved=None).update(next_notice_at=None)


def posts_are_named(adoption: Adoption, *, at: datetime) -> None:
    """The posts of the house have the titles this policy gives them, once."""
    adoption.posts_named_at = at
    adoption.save(update_fields=["posts_named_at"])


def ask_to_read(adoption: Adoption, user_ids: Sequence[int], *, at: datetime) -> None:
    """Ask people to read a policy, each once."""
    rows = [Reading(adoption=adoption, user_id=user, asked_at=at, next_notice_at=at) for user in user_ids]
    Reading.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def confirm_read(reading: Reading, *, at: datetime) -> None:
    """Somebody has read it and understood it; he is not reminded any more."""
    reading.confirmed_at, reading.next_notice_at = at, None
    reading.save(update_fields=["confirmed_at", "next_notice_at"])


@transaction.atomic
def keep_changes(*, by_id: int, entity: int | None, base: str, body: bytes, version: int, at: datetime) -> bool:
    """Keep what somebody has changed so far in one company's policy. False where he saved more elsewhere meanwhile."""
    draft, made = ChangeDraft.objects.select_for_update().get_or_create(
        by_id=by_id, entity_id=entity, defaults={"changed_at": at}
    )
    if draft.version != version and not made:
        return False
    draft.base, draft.body, draft.version, draft.changed_at = base, body, draft.version + 1, at
    draft.save()
    return True

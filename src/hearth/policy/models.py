"""Packs byte for byte, when each came into force, how it was approved, and who has read it."""

import uuid
from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from hearth.policy.terms import Proposed


class Adoption(models.Model):
    """A pack that was adopted. Packs are never changed or withdrawn; another one is adopted."""

    digest = models.CharField(max_length=64)
    pack = models.CharField(max_length=61)
    version = models.CharField(max_length=40)
    # The company whose policy it is; none is the organisation's. No foreign key: companies stand above.
    entity_id = models.BigIntegerField(null=True)
    in_force_from = models.DateTimeField()
    adopted_at = models.DateTimeField()
    # Who adopted it; nobody where the house was founded with it. No foreign key: users stand above.
    adopted_by_id = models.BigIntegerField(null=True)
    # When the posts here took the titles it gives them.
    posts_named_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="adopted_pack_has_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")),
            models.UniqueConstraint(
                fields=["in_force_from", "entity_id"],
                nulls_distinct=False,
                name="one_pack_comes_into_force_at_a_time",
            ),
        ]


class PackFile(models.Model):
    """One file of an adopted pack, or of one it inherits, exactly as it was."""

    digest = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()
    pack = models.CharField(max_length=61)
    name = models.CharField(max_length=200)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "place", "name"], name="pack_file_is_stored_once"),
        ]


class Proposal(models.Model):
    """A pack somebody wants adopted, on its way through the steps of the policy's own document control."""

    ledger_kind: ClassVar[str] = "policy"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64)
    pack = models.CharField(max_length=61)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    entity_id = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    why = models.TextField()
    # No foreign keys to people: users stand above.
    proposed_by_id = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=Proposed.WAITING.value)
    ended_at = models.DateTimeField(null=True)
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, related_name="proposals")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposed_policy_is_in_a_known_state", condition=Q(state__in=[each.value for each in Proposed])
            ),
            models.CheckConstraint(
                name="answered_policy_says_when",
                condition=Q(state=Proposed.WAITING.value, ended_at=None)
                | ~Q(state=Proposed.WAITING.value) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="adopted_proposal_names_its_adoption",
                condition=Q(state=Proposed.ADOPTED.value, adoption__isnull=False)
                | ~Q(state=Proposed.ADOPTED.value) & Q(adoption=None),
            ),
            models.UniqueConstraint(
                fields=["digest", "entity_id"],
                condition=Q(state=Proposed.WAITING.value),
                nulls_distinct=False,
                name="a_policy_waits_once_for_approval",
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at"], name="proposal_newest_first")]


class ApprovalStep(models.Model):
    """One step of an approval: whose it is, and what they said, when and why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    # The post whose holders decide, or the part; neither for a body outside Hearth, whose decision somebody records.
    post = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=30, blank=True)
    needs_comment = models.BooleanField(default=False)
    # When its turn came, and when whoever it waits for is told next. How long it may take stands in the pack.
    asked_at = models.DateTimeField(null=True)
    next_notice_at = models.DateTimeField(null=True)
    proposed_by_id = models.BigIntegerField()
    approved = models.BooleanField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "place"], name="an_approval_has_its_steps_in_order"),
            models.CheckConstraint(
                name="decided_step_says_who_and_when",
                condition=Q(approved=None, decided_by_id=None, decided_at=None)
                | Q(approved__isnull=False, decided_by_id__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_decides_on_what_he_proposed",
                condition=Q(approved=None) | ~Q(decided_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(name="a_policy_sent_back_says_why", condition=~Q(approved=False) | ~Q(comment="")),
            models.CheckConstraint(
                name="decided_step_is_not_chased", condition=Q(approved=None) | Q(next_notice_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_notice_at"], condition=Q(next_notice_at__isnull=False), name="approval_step_next_notice"
            ),
        ]


class Reading(models.Model):
    """Somebody who is asked to read an adopted policy and to say that he understood it."""

    ledger_kind: ClassVar[str] = "reading"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="readings", db_index=False)
    user_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    next_notice_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adoption", "user_id"], name="a_policy_is_read_once_by_each"),
            models.CheckConstraint(
                name="who_confirmed_is_not_reminded", condition=Q(confirmed_at=None) | Q(next_notice_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "id"], condition=Q(confirmed_at=None), name="reading_of_somebody"),
            models.Index(fields=["adoption", "id"], condition=Q(confirmed_at=None), name="reading_not_confirmed"),
            models.Index(
                fields=["next_notice_at"], condition=Q(next_notice_at__isnull=False), name="reading_next_notice"
            ),
        ]


class ChangeDraft(models.Model):
    """What a lead has changed so far and not yet proposed, as the file it would be. It outlives a sign-out."""

    by_id = models.BigIntegerField()
    entity_id = models.BigIntegerField(null=True)
    # The pack the changes are laid over; where another came into force meanwhile, the draft is not proposed.
    base = models.CharField(max_length=64)
    body = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by_id", "entity_id"], nulls_distinct=False, name="somebody_changes_a_policy_once_at_a_time"
            ),
        ]

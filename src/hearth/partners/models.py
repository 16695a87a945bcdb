"""Referrals to other agencies, and their statutory processes that we watch."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.cases.models import Case
from hearth.concerns.models import Concern
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.partners.terms import Agency, Answer, How, Process

USER = settings.AUTH_USER_MODEL


class Referral(models.Model):
    """A formal request to another agency to act."""

    ledger_kind: ClassVar[str] = "referral"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, related_name="referrals", db_constraint=False
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="referrals", db_index=False, db_constraint=False
    )
    idempotency_key = models.UUIDField()
    agency = models.CharField(max_length=30)
    office = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=10)
    asked = models.TextField(max_length=MOST_WORDS)
    consent = models.CharField(max_length=20)
    override_ground = models.CharField(max_length=60, blank=True)
    override_why = models.TextField(max_length=MOST_SHORT, blank=True)
    # On which of the lawful bases the policy offers it is shared; the second for health, belief and the like.
    basis = models.CharField(max_length=60, blank=True, db_default="", default="")
    special_basis = models.CharField(max_length=60, blank=True, db_default="", default="")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    subject = models.CharField(max_length=20)
    is_immediate = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, blank=True)
    answer_why = models.TextField(max_length=MOST_SHORT, blank=True)
    answered_at = models.DateTimeField(null=True)
    # How far we have challenged the answer, and when the disagreement ended.
    challenge_stage = models.PositiveSmallIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # The soonest of our running clocks, kept by the writing transaction for the list of what waits for others.
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "idempotency_key"], name="referral_is_made_once"),
            models.CheckConstraint(name="referral_agency_is_known", condition=Q(agency__in=list(Agency))),
            models.CheckConstraint(name="referral_is_made_some_way", condition=Q(how__in=list(How))),
            models.CheckConstraint(
                name="referral_hangs_on_a_concern_or_a_case", condition=Q(concern__isnull=False) | Q(case__isnull=False)
            ),
            models.CheckConstraint(
                name="referral_without_consent_says_why", condition=~Q(consent="refused") | ~Q(override_why="")
            ),
            models.CheckConstraint(
                name="referral_answer_says_when",
                condition=Q(answer="", answered_at=None) | Q(answer__in=list(Answer), answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_answer_is_challenged_or_agreed_on",
                condition=Q(challenge_stage=0, agreed_at=None) | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-made_at"], name="referral_of_case"),
            models.Index(
                fields=["due_at", "made_at", "id"],
                include=["restricted", "circle"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="referral_unanswered",
            ),
        ]


class StatutoryProcess(models.Model):
    """Another agency's process by its own law: theirs to run, ours to watch."""

    ledger_kind: ClassVar[str] = "process"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="processes", db_index=False, db_constraint=False
    )
    process = models.CharField(max_length=30)
    agency = models.CharField(max_length=30)
    started_on = models.DateField()
    lead_practitioner = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    outcome = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="process_is_known", condition=Q(process__in=list(Process))),
            models.CheckConstraint(name="process_ended_says_outcome", condition=Q(ended_on=None) | ~Q(outcome="")),
        ]
        indexes = [models.Index(fields=["case", "started_on"], name="process_of_case")]

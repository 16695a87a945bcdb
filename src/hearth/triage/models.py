"""Decisions on concerns, watches, and cases handed to the case team."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.concerns.models import Concern
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.triage.terms import ChildThere, Limb, Outcome, SubjectKind

USER = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """What was decided on a concern, what else was considered, and why. A later decision is a new row."""

    ledger_kind: ClassVar[str] = "decision"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="decisions", db_index=False, db_constraint=False
    )
    idempotency_key = models.UUIDField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Who decided it with him, where the policy has several decide together. No foreign key to each: an array.
    with_whom = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    decided_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    considered = ArrayField(models.CharField(max_length=20), default=list)
    why = models.TextField(max_length=MOST_WORDS)
    clause = models.CharField(max_length=80)
    harm = models.CharField(max_length=60, blank=True)
    # What is known of those affected, in words of the policy's lists: "source_of_risk:community".
    factors = ArrayField(models.CharField(max_length=140), default=list, db_default=[])
    # Which level of need or threshold, by the policy's own list, where it has one.
    level = models.CharField(max_length=60, blank=True, default="", db_default="")
    subject = models.CharField(max_length=20)
    children_in_household = models.CharField(max_length=10)
    domestic_abuse = models.BooleanField(default=False)
    child_decision = models.CharField(max_length=20, blank=True)
    adult_wishes_only = models.BooleanField(null=True)
    care_needs = models.CharField(max_length=10, blank=True)
    care_needs_why = models.TextField(max_length=MOST_SHORT, blank=True)
    at_risk = models.CharField(max_length=10, blank=True)
    at_risk_why = models.TextField(max_length=MOST_SHORT, blank=True)
    unable_to_protect = models.CharField(max_length=10, blank=True)
    unable_to_protect_why = models.TextField(max_length=MOST_SHORT, blank=True)
    detail = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decided_by", "idempotency_key"], name="decision_is_made_once"),
            models.CheckConstraint(name="decision_outcome_is_known", condition=Q(outcome__in=list(Outcome))),
            models.CheckConstraint(name="decision_says_why", condition=~Q(why="")),
            models.CheckConstraint(name="decision_subject_is_known", condition=Q(subject__in=list(SubjectKind))),
            models.CheckConstraint(
                name="decision_on_an_adult_answers_the_three_limbs",
                condition=Q(subject__in=[SubjectKind.CHILD, SubjectKind.NOT_KNOWN])
                | Q(care_needs__in=list(Limb), at_risk__in=list(Limb), unable_to_protect__in=list(Limb)),
            ),
            models.CheckConstraint(
                name="decision_answers_the_child_question",
                condition=Q(children_in_household__in=list(ChildThere)),
            ),
        ]
        indexes = [models.Index(fields=["concern", "-decided_at"], name="decision_of_concern")]


class Watch(models.Model):
    """A concern kept in view: by whom, until when it is looked at again."""

    ledger_kind: ClassVar[str] = "watch"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="watches", db_constraint=False)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    # The owner's place in the record, which ends with the watch.
    grant_id = models.BigIntegerField(null=True)
    review_on = models.DateField()
    set_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="watch_review_says_who_when_and_what",
                condition=Q(reviewed_at=None, reviewed_by=None, review="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review=""),
            )
        ]
        indexes = [
            models.Index(fields=["owner", "review_on"], condition=Q(reviewed_at=None), name="watch_of_owner"),
            models.Index(fields=["review_on", "id"], condition=Q(reviewed_at=None), name="watch_that_waits"),
        ]

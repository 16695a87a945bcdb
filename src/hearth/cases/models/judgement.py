"""What is judged in a case: its risk, its reviews, its end."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hearth.access.models import Circle
from hearth.cases.models.case import Case
from hearth.cases.terms import (
    ChildDecision,
    CloseOutcome,
    Risk,
    WishesAnswered,
)
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS

USER = settings.AUTH_USER_MODEL


class RiskBand(models.Model):
    """One judgement of the risk, with its reasons. The page shows the last one beside it."""

    ledger_kind: ClassVar[str] = "risk"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="risk_bands", db_index=False, db_constraint=False
    )
    band = models.CharField(max_length=20)
    why = models.TextField(max_length=MOST_WORDS)
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="risk_band_is_known", condition=Q(band__in=list(Risk))),
            models.CheckConstraint(name="risk_band_says_why", condition=~Q(why="")),
        ]
        indexes = [models.Index(fields=["case", "-set_at"], name="risk_of_case")]


class Review(models.Model):
    """A manager's review of how the case goes."""

    ledger_kind: ClassVar[str] = "review"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="reviews", db_index=False, db_constraint=False
    )
    outcome = models.CharField(max_length=20)
    text = models.TextField(max_length=MOST_WORDS)
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="review_says_something", condition=~Q(text=""))]
        indexes = [models.Index(fields=["case", "-reviewed_at"], name="review_of_case")]


class Closure(models.Model):
    """The asking for a case to be closed: every answer the gates need, and who approved it or would not."""

    ledger_kind: ClassVar[str] = "closure"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures", db_constraint=False)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    why = models.TextField(max_length=MOST_WORDS)
    wishes_answered = models.CharField(max_length=20)
    wishes_why = models.TextField(max_length=MOST_SHORT, blank=True)
    child_decision = models.CharField(max_length=20)
    child_why = models.TextField(max_length=MOST_SHORT, blank=True)
    change_seen = models.TextField(max_length=MOST_SHORT, blank=True)
    breach_reason = models.TextField(max_length=MOST_SHORT, blank=True)
    watched_reason = models.TextField(max_length=MOST_SHORT, blank=True)
    approved_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    refused_why = models.TextField(max_length=MOST_WORDS, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="closure_outcome_is_known", condition=Q(outcome__in=list(CloseOutcome))),
            models.CheckConstraint(
                name="closure_wishes_are_answered", condition=Q(wishes_answered__in=list(WishesAnswered))
            ),
            models.CheckConstraint(
                name="closure_decides_about_children", condition=Q(child_decision__in=list(ChildDecision))
            ),
            models.CheckConstraint(name="closure_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="closure_is_approved_by_somebody_else",
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="refused_closure_says_why_and_waits_no_more",
                condition=Q(refused_by=None, refused_why="")
                | Q(refused_by__isnull=False, withdrawn_at__isnull=False, approved_at=None) & ~Q(refused_why=""),
            ),
            models.CheckConstraint(
                name="closure_is_refused_by_somebody_else",
                condition=Q(refused_by=None) | ~Q(refused_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["circle", "case"],
                condition=Q(approved_at=None, withdrawn_at=None),
                name="case_has_one_closure_waiting",
            ),
        ]

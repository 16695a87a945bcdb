"""The case itself, the concerns in it, and who has it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.cases.terms import (
    Risk,
    Stage,
)
from hearth.concerns.models import Concern
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.housing.models import Home

USER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """The folder opened when work is needed. It takes over the circle of the concern it was opened from."""

    ledger_kind: ClassVar[str] = "case"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=20, default=Stage.OPEN)
    risk = models.CharField(max_length=20)
    subject = models.CharField(max_length=20)
    children_in_household = models.CharField(max_length=10)
    summary = models.TextField(max_length=MOST_WORDS, blank=True)
    # The soonest of our running clocks, kept by the writing transaction for the work list.
    due_at = models.DateTimeField(null=True)
    support_in_place_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_stage_is_known", condition=Q(stage__in=list(Stage))),
            models.CheckConstraint(name="case_risk_is_known", condition=Q(risk__in=list(Risk))),
            models.CheckConstraint(
                name="closed_case_says_when_who_and_outcome",
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_at=None, closed_by=None, outcome=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                include=["restricted", "circle", "owner"],
                condition=~Q(stage=Stage.CLOSED),
                name="case_worklist",
            ),
            models.Index(fields=["owner", "due_at"], condition=~Q(stage=Stage.CLOSED), name="case_of_owner"),
            models.Index(fields=["home"], condition=Q(home__isnull=False), name="case_at_home"),
        ]


class CaseConcern(models.Model):
    """A concern that belongs to a case: the one it was opened from, or one joined later."""

    ledger_kind: ClassVar[str] = "case_concern"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_concerns", db_constraint=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="case_concerns", db_index=False)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    is_origin = models.BooleanField(default=False)
    split_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "concern"], condition=Q(split_at=None), name="concern_is_in_a_case_once"
            )
        ]
        indexes = [models.Index(fields=["concern"], name="case_of_concern")]


class Handover(models.Model):
    """A case offered to somebody, who takes it or gives it back with a reason."""

    ledger_kind: ClassVar[str] = "handover"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="handovers", db_index=False, db_constraint=False
    )
    offered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    offered_to = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    grant_id = models.BigIntegerField()
    what_matters = models.TextField(max_length=MOST_WORDS)
    state = models.CharField(max_length=20, default="offered")
    answered_at = models.DateTimeField(null=True)
    answer_why = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_returned_says_why", condition=~Q(state="returned") | ~Q(answer_why="")
            ),
            models.CheckConstraint(
                name="handover_answered_says_when",
                condition=Q(state="offered", answered_at=None) | ~Q(state="offered") & Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["offered_to"], condition=Q(state="offered"), name="handover_offered_to"),
            models.Index(fields=["case", "-offered_at"], name="handover_of_case"),
        ]

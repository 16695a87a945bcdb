"""Running promises as rows. They can always be rebuilt from the ledger; `hearth clocks check` does."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.organisation.models import Entity
from hearth.policy.calendars import Nation
from hearth.policy.terms import Force, Whose
from hearth.timescales.terms import GOING, State, TrialState

USER = settings.AUTH_USER_MODEL
GOING_STATES = sorted(state.value for state in GOING)


class Clock(models.Model):
    """One promise to one record, begun by one entry of the ledger."""

    ledger_kind: ClassVar[str] = "clock"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    restricted = models.BooleanField(default=False)
    about_kind = models.CharField(max_length=30)
    about_id = models.BigIntegerField()
    rule = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    clause = models.CharField(max_length=40)
    force = models.CharField(max_length=20)
    whose = models.CharField(max_length=20)
    owner_part = models.CharField(max_length=30)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    started_by_entry = models.BigIntegerField()
    started_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    limit = models.CharField(max_length=40, blank=True)
    on_day = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=20)
    stopped_by_entry = models.BigIntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    extended_to = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    next_notice_at = models.DateTimeField(null=True)
    changed_by_late_entry = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "about_kind", "about_id", "rule", "started_by_entry"],
                name="an_entry_begins_a_promise_once",
            ),
            models.UniqueConstraint(
                fields=["circle", "about_kind", "about_id", "rule"],
                condition=Q(state__in=GOING_STATES),
                name="a_promise_runs_once_for_a_record",
            ),
            models.CheckConstraint(
                name="clock_state_is_known", condition=Q(state__in=[state.value for state in State])
            ),
            models.CheckConstraint(
                name="clock_force_is_known", condition=Q(force__in=[force.value for force in Force])
            ),
            models.CheckConstraint(
                name="clock_is_ours_or_watched", condition=Q(whose__in=[whose.value for whose in Whose])
            ),
            models.CheckConstraint(
                name="stopped_clock_says_when_and_by_what",
                condition=Q(state__in=GOING_STATES, stopped_at=None, stopped_by_entry=None)
                | Q(state__in=["met", "ended"], stopped_at__isnull=False, stopped_by_entry__isnull=False)
                | Q(state="void"),
            ),
        ]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="clock_of_record"),
            models.Index(fields=["circle"], condition=Q(state__in=GOING_STATES), name="clock_going_in_circle"),
            models.Index(
                fields=["whose", "owner_part", "due_at", "id"],
                condition=Q(state="running", due_at__isnull=False),
                name="clock_due_by_part",
            ),
            models.Index(
                fields=["owner", "due_at", "id"],
                condition=Q(state="running", due_at__isnull=False),
                name="clock_due_by_owner",
            ),
            models.Index(
                fields=["whose", "due_at", "id"],
                condition=Q(state="running", due_at__isnull=False),
                name="clock_due",
            ),
            models.Index(
                fields=["rule", "due_at"],
                condition=Q(state="running", due_at__isnull=False, restricted=False),
                name="clock_soonest_of_rule",
            ),
            models.Index(
                fields=["next_notice_at"], condition=Q(next_notice_at__isnull=False), name="clock_next_notice"
            ),
        ]


class Notice(models.Model):
    """One notice that was given of a promise: a warning, its breach, or a reminder of it. Each only once."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="notices", db_constraint=False)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    rung = models.CharField(max_length=60)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "clock", "rung"], name="a_notice_is_given_once")]


class Trial(models.Model):
    """A policy tried on what has happened: asked for by a lead, worked out by the jobs process, kept as it came out."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    # Whose records it is tried on: a company's, or those that stand under the organisation's own policy.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    began_at = models.DateTimeField(null=True)  # when whoever works on it began
    step = models.CharField(max_length=30, blank=True)
    done = models.BigIntegerField(default=0)
    steps = models.BigIntegerField(default=0)
    records = models.BigIntegerField(default=0)
    happenings = models.BigIntegerField(default=0)
    left_out = models.BigIntegerField(default=0)
    figures = models.JSONField(default=list)
    named = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="trial_state_is_known", condition=Q(state__in=[each.value for each in TrialState])
            ),
            models.CheckConstraint(name="trial_looks_at_some_time", condition=Q(since__lt=models.F("until"))),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["asked", "working"]), name="trial_waits"),
            models.Index(fields=["-asked_at"], name="trial_newest_first"),
        ]


class CalendarCorrection(models.Model):
    """A day the published calendar has wrong, as an administrator corrected it. The reason stands in the ledger."""

    entry = models.BigIntegerField(unique=True)
    nation = models.CharField(max_length=20)
    day = models.DateField()
    working = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="corrected_calendar_is_of_a_nation", condition=Q(nation__in=[nation.value for nation in Nation])
            )
        ]


class Turn(models.Model):
    """A policy that came into force for promises that ran already. `upto` is the last clock that was looked at."""

    entry = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    # The company it came into force for; none is the organisation.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+")
    upto = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["at", "entity"], nulls_distinct=False, name="a_policy_comes_into_force_once_at_a_time"
            ),
        ]

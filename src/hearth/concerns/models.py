"""Concerns as they were told, what was added to them, and the links by which they come in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.concerns.terms import (
    MOST_SHORT,
    MOST_WORDS,
    AboutStaff,
    Agreed,
    Came,
    Known,
    Knows,
    Place,
    Stage,
    ToldBy,
)
from hearth.housing.models import Home
from hearth.organisation.models import Entity, User

USER = settings.AUTH_USER_MODEL


class ReportingLink(models.Model):
    """A link or QR code by which a contractor's or a site's people log concerns without an account."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=200)
    # What the link carries. Kept as a digest: who reads the table cannot use it.
    secret_digest = models.CharField(max_length=64, unique=True)
    acts_as = models.OneToOneField(USER, on_delete=models.PROTECT, related_name="reporting_link")
    # The company of the group whose people use it.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)


class Concern(models.Model):
    """Any worry about a child or an adult, written down by anybody. Its words never change."""

    ledger_kind: ClassVar[str] = "concern"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.UUIDField()
    reported_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    link = models.ForeignKey(ReportingLink, on_delete=models.PROTECT, null=True, related_name="+")
    came_by = models.CharField(max_length=10)
    # Of the code on a link's receipt, with which one asks how it stands. Empty for who has an account.
    receipt_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    logged_at = models.DateTimeField()

    danger_now = models.BooleanField()
    about_staff = models.CharField(max_length=10)
    place = models.CharField(max_length=10)
    # Which home of ours it is about: as it was told, or as triage found out. An addition says who did, and how.
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="+")
    elsewhere = models.CharField(max_length=MOST_SHORT, blank=True)
    who = models.CharField(max_length=MOST_SHORT, blank=True)
    noticed = models.TextField(max_length=MOST_WORDS)

    thinks = models.TextField(max_length=MOST_WORDS, blank=True)
    did = models.TextField(max_length=MOST_WORDS, blank=True)
    wishes = models.TextField(max_length=MOST_WORDS, blank=True)
    told_by = models.CharField(max_length=20, blank=True)
    may_contact = models.BooleanField(null=True)
    keep_name_from_family = models.BooleanField(null=True)
    contact = models.CharField(max_length=MOST_SHORT, blank=True)
    children_there = models.CharField(max_length=10, blank=True)
    signs = ArrayField(models.CharField(max_length=60), default=list)
    vulnerable = ArrayField(models.CharField(max_length=20), default=list)
    something_else = models.CharField(max_length=MOST_SHORT, blank=True)
    knows = models.CharField(max_length=10, blank=True)
    agreed = models.CharField(max_length=10, blank=True)
    parent_told = models.BooleanField(null=True)
    parent_why_not = models.CharField(max_length=MOST_SHORT, blank=True)

    stage = models.CharField(max_length=20, default=Stage.RECEIVED)
    looked_at_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    feedback = models.TextField(max_length=MOST_SHORT, blank=True)
    feedback_held = models.BooleanField(default=False)
    # When triage is due by the pack in force at logging: the queue's order without asking every clock.
    triage_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reported_by", "idempotency_key"], name="concern_is_logged_once"),
            models.CheckConstraint(name="concern_stage_is_known", condition=Q(stage__in=list(Stage))),
            models.CheckConstraint(
                name="concern_about_staff_is_answered", condition=Q(about_staff__in=list(AboutStaff))
            ),
            models.CheckConstraint(name="concern_came_by_a_known_way", condition=Q(came_by__in=list(Came))),
            models.CheckConstraint(
                name="concern_place_is_said_in_its_own_field",
                condition=Q(place__in=[Place.HOME, Place.NOT_KNOWN], elsewhere="")
                | Q(place=Place.ELSEWHERE) & ~Q(elsewhere=""),
            ),
            models.CheckConstraint(name="concern_says_what_was_noticed", condition=~Q(noticed="")),
            models.CheckConstraint(name="concern_told_by_is_known", condition=Q(told_by__in=["", *ToldBy])),
            models.CheckConstraint(
                name="concern_children_answer_is_known", condition=Q(children_there__in=["", *Known])
            ),
            models.CheckConstraint(name="concern_knows_is_known", condition=Q(knows__in=["", *Knows])),
            models.CheckConstraint(
                name="concern_agreement_only_where_the_person_knows",
                condition=Q(agreed="") | Q(knows=Knows.YES, agreed__in=list(Agreed)),
            ),
            models.CheckConstraint(
                name="concern_decided_has_an_outcome", condition=~Q(stage=Stage.DECIDED) | ~Q(outcome="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["-danger_now", "triage_due_at", "id"],
                include=["restricted", "circle"],
                condition=~Q(stage=Stage.DECIDED),
                name="concern_queue",
            ),
            models.Index(fields=["reported_by", "-logged_at"], name="concern_of_reporter"),
            # No constraint: a collision would tell of a record that is hidden.
            models.Index(fields=["receipt_digest"], condition=~Q(receipt_digest=""), name="concern_of_receipt"),
            models.Index(fields=["home", "-logged_at"], condition=Q(home__isnull=False), name="concern_at_home"),
        ]

    @property
    def held_at(self) -> Stage:
        """Where its reporter sees it while more would raise the risk: no further than he saw it, and no less far.

        Whoever looked at it before it was held stays written for that, also when it comes back to triage.
        """
        return Stage.RECEIVED if self.looked_at_by_id is None else Stage.LOOKED_AT

    @property
    def looks(self) -> User | None:
        """Who looks at it now. Nobody does where it was held and waits for another decision."""
        return None if self.feedback_held else self.looked_at_by


class Addition(models.Model):
    """Something written to a concern afterwards, at intake or by its reporter. The first words stay as they were.

    Where it says which home the concern is about, it holds that home and the one that stood there before.
    """

    ledger_kind: ClassVar[str] = "addition"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="additions", db_index=False, db_constraint=False
    )
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    text = models.TextField(max_length=MOST_WORDS)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    home_before = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(name="addition_says_something", condition=~Q(text=""))]
        indexes = [models.Index(fields=["concern", "added_at"], name="addition_of_concern")]


class Worry(models.Model):
    """A reporter who is still worried, and the answer of a lead who did not decide."""

    ledger_kind: ClassVar[str] = "worry"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="worries", db_index=False, db_constraint=False
    )
    idempotency_key = models.UUIDField()
    raised_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    raised_at = models.DateTimeField()
    why = models.TextField(max_length=MOST_SHORT)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["raised_by", "idempotency_key"], name="worry_is_raised_once"),
            models.CheckConstraint(name="worry_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="worry_answer_says_who_when_and_what",
                condition=Q(answered_by=None, answered_at=None, answer="")
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(fields=["concern", "raised_at"], name="worry_of_concern"),
            models.Index(fields=["raised_at"], condition=Q(answered_at=None), name="worry_that_waits"),
        ]

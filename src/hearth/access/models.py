"""Circles of need to know, who is in them, and who never may be."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from hearth.access.terms import CircleKind, Finding, Reach, Scope
from hearth.organisation.models import Entity

USER = settings.AUTH_USER_MODEL


class Circle(models.Model):
    """Who needs to know. Rows carry one for ever."""

    ledger_kind: ClassVar[str] = "circle"

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in CircleKind])
    restricted = models.BooleanField(default=False)
    # The company whose policy the record stands under, for ever; none is the organisation itself.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circle_kind_is_known", condition=Q(kind__in=[k.value for k in CircleKind]))
        ]

    @property
    def circle_id(self) -> int:
        return self.pk


class Grant(models.Model):
    """One person's (or one post's part's) place in a circle: how far, why and until when."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="grants", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="grants", db_index=False)
    part = models.CharField(max_length=30, blank=True)
    reach = models.CharField(max_length=20, choices=[(reach.value, reach.value) for reach in Reach])
    part_in_it = models.CharField(max_length=30)
    item_kind = models.CharField(max_length=30, blank=True)
    item_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=1000, blank=True)
    given_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_is_to_a_user_or_to_a_part",
                condition=Q(user=None) & ~Q(part="") | Q(user__isnull=False, part=""),
            ),
            models.CheckConstraint(name="grant_reach_is_known", condition=Q(reach__in=[r.value for r in Reach])),
            models.CheckConstraint(
                name="grant_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gt=F("given_at"))
            ),
            models.CheckConstraint(
                name="grant_of_one_item_names_it",
                condition=~Q(reach="one_item") | Q(item_id__isnull=False) & ~Q(item_kind=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "circle"], include=["reach", "ends_at", "ended_at", "part_in_it"], name="grant_of_user"
            ),
            models.Index(
                fields=["part", "circle"],
                include=["reach", "ends_at"],
                condition=~Q(part="") & Q(ended_at=None),
                name="grant_of_part",
            ),
            models.Index(
                fields=["user"],
                include=["circle", "ends_at"],
                condition=Q(reach="full", ended_at=None),
                name="grant_in_full",
            ),
            models.Index(fields=["-given_at"], condition=Q(part_in_it="broke_glass"), name="grant_in_emergency"),
        ]


class CircleLink(models.Model):
    """A concern joined to a case: the case's full members reach the concern's circle while the link stands."""

    case_circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    joined_circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circle_is_not_linked_to_itself", condition=~Q(case_circle=F("joined_circle"))),
            models.UniqueConstraint(
                fields=["case_circle", "joined_circle"], condition=Q(ended_at=None), name="circles_are_linked_once"
            ),
        ]


class Exclusion(models.Model):
    """Somebody who must never see what concerns a person: a relative, a former partner, the person himself."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="exclusions")
    person_id = models.BigIntegerField()
    why = models.CharField(max_length=1000)
    declared_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "user"], name="exclusion_by_person"),
            models.Index(fields=["-starts_at", "-id"], name="exclusion_newest_first"),
        ]


class ExcludedCircle(models.Model):
    """A circle shut to somebody. Kept by the database from roles, relationships and exclusions, never by hand."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "circle"], name="circle_is_shut_to_somebody_once")]


class ApiToken(models.Model):
    """A key by which another system acts for somebody, within its scopes and for a while. Only its digest is kept."""

    ledger_kind: ClassVar[str] = "token"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # To the hour: enough to find a token nobody needs, too little to follow somebody's day.
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="token_scopes_are_known",
                condition=Q(scopes__contained_by=[scope.value for scope in Scope]) & ~Q(scopes=[]),
            ),
            models.CheckConstraint(name="token_ends_after_it_was_made", condition=Q(ends_at__gt=F("made_at"))),
        ]
        indexes = [models.Index(fields=["user", "-made_at"], name="token_of_user")]


class Refusal(models.Model):
    """An attempt that was refused. Written after the rollback, in its own transaction."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    act = models.CharField(max_length=100)
    page = models.CharField(max_length=100)
    asked_for = models.CharField(max_length=64, blank=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, null=True, related_name="+")
    # Kept from the circle by the database, as on every row that carries one.
    restricted = models.BooleanField(default=False)
    was_excluded = models.BooleanField(default=False)
    at = models.DateTimeField()


class EmergencyReview(models.Model):
    """What a lead found when he looked again at an emergency opening. Only added to."""

    ledger_kind: ClassVar[str] = "emergency_review"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="reviews", db_constraint=False)
    finding = models.CharField(max_length=20, choices=[(finding.value, finding.value) for finding in Finding])
    why = models.CharField(max_length=2000)
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_finding_is_known", condition=Q(finding__in=[f.value for f in Finding])
            ),
            models.UniqueConstraint(fields=["circle", "grant"], name="emergency_is_reviewed_once"),
        ]

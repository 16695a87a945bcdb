"""Homes, tenancies, hazards and markers. Homes are plain, tenancies the register's, the rest has a circle."""

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from hearth.access.models import Circle
from hearth.housing.terms import (
    HazardClass,
    HazardKind,
    HazardSource,
    HazardStep,
    HomeKind,
    MarkerKind,
    TenancyKind,
    Tenure,
    UploadState,
    Vulnerability,
)
from hearth.organisation.models import Entity
from hearth.people.models import Household, Person

USER = settings.AUTH_USER_MODEL


class Home(models.Model):
    """A home, block or estate of the landlord's. It says nothing about anybody."""

    ledger_kind: ClassVar[str] = "home"
    circle_id: ClassVar[None] = None
    LINES: ClassVar[tuple[str, ...]] = ("line_1", "line_2", "line_3", "town", "postcode")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=50, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=20, default=HomeKind.HOME.value)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    # The company of the group whose home it is.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+")
    line_1 = models.CharField(max_length=120)
    line_2 = models.CharField(max_length=120, blank=True)
    line_3 = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    address_plain = models.CharField(max_length=600)
    address_sounds = models.CharField(max_length=1200, blank=True)
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="home_kind_is_known", condition=Q(kind__in=[kind.value for kind in HomeKind])),
            models.CheckConstraint(name="home_has_a_reference_or_a_uprn", condition=~Q(reference="") | ~Q(uprn="")),
            models.CheckConstraint(name="home_has_an_address", condition=~Q(line_1="")),
            models.CheckConstraint(name="home_is_not_part_of_itself", condition=~Q(parent=F("id"))),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="home_reference_is_one"),
            models.UniqueConstraint(fields=["uprn"], condition=~Q(uprn=""), name="home_uprn_is_one"),
        ]
        indexes = [
            models.Index(fields=["postcode"], opclasses=["text_pattern_ops"], name="home_by_postcode"),
            models.Index(Upper("reference"), name="home_by_reference"),
        ]

    @property
    def address(self) -> str:
        return self.in_a_line(getattr(self, line) for line in self.LINES)

    @staticmethod
    def in_a_line(lines: Iterable[str | None]) -> str:
        """An address as people write it: what is empty is left out."""
        return ", ".join(line for line in lines if line)


class Tenancy(models.Model):
    """The right to live in a home, from when until when, and the household that does."""

    reference = models.CharField(max_length=50, unique=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="tenancies")
    kind = models.CharField(max_length=20, default=TenancyKind.OTHER.value)
    tenure = models.CharField(max_length=20, default=Tenure.NOT_KNOWN.value)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tenancy_kind_is_known", condition=Q(kind__in=[kind.value for kind in TenancyKind])
            ),
            models.CheckConstraint(
                name="tenancy_tenure_is_known", condition=Q(tenure__in=[tenure.value for tenure in Tenure])
            ),
            models.CheckConstraint(
                name="tenancy_ends_after_it_starts",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            ),
        ]


class TenancyMember(models.Model):
    """Somebody who signed a tenancy. Who lives there is the household's."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tenant_leaves_after_signing", condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(fields=["tenancy", "person"], name="tenant_signs_a_tenancy_once"),
        ]


class Hazard(models.Model):
    """Something unsafe in a home: no names, no story, nothing that leads back to a concern."""

    ledger_kind: ClassVar[str] = "hazard"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    vulnerable = ArrayField(models.CharField(max_length=20), default=list)
    source = models.CharField(max_length=20)
    aware_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    hazard_class = models.CharField(max_length=20, blank=True)
    classified_at = models.DateTimeField(null=True)
    class_why = models.TextField(max_length=2000, blank=True)
    investigated_at = models.DateTimeField(null=True)
    work_needed = models.BooleanField(null=True)
    summary_given_at = models.DateTimeField(null=True)
    made_safe_at = models.DateTimeField(null=True)
    decanted_at = models.DateTimeField(null=True)
    prevention_begun_at = models.DateTimeField(null=True)
    prevention_delayed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hazard_kind_is_known", condition=Q(kind__in=[k.value for k in HazardKind])),
            models.CheckConstraint(
                name="hazard_source_is_known", condition=Q(source__in=[s.value for s in HazardSource])
            ),
            models.CheckConstraint(
                name="hazard_speaks_of_vulnerability_in_known_words",
                condition=Q(vulnerable__contained_by=[v.value for v in Vulnerability]),
            ),
            models.CheckConstraint(
                name="classified_hazard_says_what_when_and_why",
                condition=Q(hazard_class="", classified_at=None, class_why="")
                | Q(hazard_class__in=[c.value for c in HazardClass], classified_at__isnull=False) & ~Q(class_why=""),
            ),
            models.CheckConstraint(
                name="investigated_hazard_says_whether_work_is_needed",
                condition=Q(investigated_at=None, work_needed=None)
                | Q(investigated_at__isnull=False, work_needed__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["recorded_at"], condition=Q(closed_at=None), name="hazard_still_open")]

    @property
    def taken(self) -> frozenset[HazardStep]:
        """The steps taken so far."""
        return frozenset(step for step in HazardStep if getattr(self, f"{step.value}_at") is not None)


class Marker(models.Model):
    """Words somebody must see before acting at a home or towards a person, without the reason."""

    ledger_kind: ClassVar[str] = "marker"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    put_at = models.DateTimeField()
    until = models.DateField()
    taken_off_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["until", "id"], condition=Q(taken_off_at=None), name="marker_still_on")]
        constraints = [
            models.CheckConstraint(name="marker_kind_is_known", condition=Q(kind__in=[k.value for k in MarkerKind])),
            models.CheckConstraint(
                name="marker_is_on_a_home_or_on_a_person",
                condition=Q(home__isnull=False, person=None) | Q(home=None, person__isnull=False),
            ),
            models.CheckConstraint(name="marker_has_words", condition=~Q(words="")),
        ]


class RegisterImport(models.Model):
    """One import of the register: who brought in which files when, and how many rows did what."""

    ledger_kind: ClassVar[str] = "register_import"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    imported_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    files = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)


class RegisterUpload(models.Model):
    """Files of the register on their way in, sealed, its keeper's alone, and gone as soon as they are in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    begun_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=80, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    body = models.BinaryField(null=True)
    counts = models.JSONField(default=dict)
    faults = models.BinaryField(null=True)
    problem = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="upload_state_is_known", condition=Q(state__in=[s.value for s in UploadState])),
            models.CheckConstraint(
                name="upload_that_is_over_keeps_no_file",
                condition=~Q(state__in=["done", "failed", "thrown_away"]) | Q(body=None),
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="upload_by_state")]

"""The provider, its companies, its teams, its posts and who holds them, and everybody who signs in."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from hearth.organisation.terms import UserKind


class Users(BaseUserManager["User"]):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """Somebody, or a reporting link, that acts in Hearth."""

    ledger_kind: ClassVar[str] = "user"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in UserKind])
    employer = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # When somebody's time here is over by itself: agency staff, contractors, guests. hearth.me() refuses from then on.
    until = models.DateTimeField(null=True, blank=True)
    # Counted up when somebody is switched off, so that no session of before opens anything again.
    times_switched_off = models.PositiveIntegerField(default=0, db_default=0)
    version = models.PositiveIntegerField(default=1, db_default=1)
    # The user's own person record, where he is a tenant too. No foreign key: people stand above.
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    is_demonstration = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_kind_is_known", condition=Q(kind__in=[kind.value for kind in UserKind])),
            models.CheckConstraint(
                name="user_who_left_is_switched_off", condition=Q(left_at=None) | Q(is_active=False)
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_session_auth_hash(self) -> str:
        """What a session must agree with: another password, or having been switched off, ends it for good."""
        bound = f"{self.password}:{self.times_switched_off}"
        return salted_hmac("hearth.organisation.models.User", bound, algorithm="sha256").hexdigest()


class Provider(models.Model):
    """The housing provider. One database has one."""

    name = models.CharField(max_length=200)
    nation = models.CharField(max_length=20, default="england")
    is_demonstration = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_provider", condition=Q(only=True))]


class Entity(models.Model):
    """A company of the group."""

    name = models.CharField(max_length=200, unique=True)


class Team(models.Model):
    """People who work together."""

    ledger_kind: ClassVar[str] = "team"
    circle_id: ClassVar[None] = None

    name = models.CharField(max_length=200, unique=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True)


class Post(models.Model):
    """A post by its local title, with the parts it plays."""

    ledger_kind: ClassVar[str] = "post"
    circle_id: ClassVar[None] = None

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    parts = ArrayField(models.CharField(max_length=30), default=list)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)


class Appointment(models.Model):
    """Who holds a post, from when until when. Cover is an appointment too."""

    ledger_kind: ClassVar[str] = "appointment"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    is_cover = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="appointment_of_user")]


class Proposal(models.Model):
    """An appointment that opens records, asked for by one person and agreed to by another."""

    ledger_kind: ClassVar[str] = "proposal"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    is_cover = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="answered_proposal_says_when",
                condition=Q(agreed=None, answered_at=None) | Q(agreed__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_agrees_to_what_he_asked_for",
                condition=~Q(agreed=True) | ~Q(answered_by=F("asked_by")) & ~Q(answered_by=F("user")),
            ),
            models.UniqueConstraint(
                fields=["user", "post"], condition=Q(agreed=None), name="proposal_waits_once_for_a_user_and_post"
            ),
        ]


class OnCallShift(models.Model):
    """Who is rung, and in which order, when somebody is in danger now."""

    ledger_kind: ClassVar[str] = "shift"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
    # Of a company's own rota; nothing where it is the provider's.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rung = models.PositiveSmallIntegerField(default=1)
    phone = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="shift_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="shift_has_a_rung", condition=Q(rung__gte=1)),
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at", "rung"], name="shift_by_time")]

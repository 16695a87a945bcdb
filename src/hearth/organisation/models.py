"""The provider, its companies, its teams, its posts and who holds them, and everybody who signs in."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.organisation.terms import UserKind


class Users(BaseUserManager["User"]):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """Somebody, or a reporting link, that acts in Hearth."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in UserKind])
    employer = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
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

    def __str__(self) -> str:
        return f"user {self.pk}"


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

    name = models.CharField(max_length=200, unique=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True)


class Post(models.Model):
    """A post by its local title, with the parts it plays."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    parts = ArrayField(models.CharField(max_length=30), default=list)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)


class Appointment(models.Model):
    """Who holds a post, from when until when. Cover is an appointment too."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    is_cover = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="appointment_of_user")]


class OnCallShift(models.Model):
    """Who is rung, and in which order, when somebody is in danger now."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
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

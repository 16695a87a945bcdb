"""What leaves and why it may, what people are told, and who was rung."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.organisation.models import Entity
from hearth.organisation.terms import UserKind
from hearth.outbound.terms import AlertKind, Channel, DecisionKind, NoticeWords, State, Words

USER = settings.AUTH_USER_MODEL
TO_STAFF = [DecisionKind.STAFF_NOTICE.value, DecisionKind.OWN_ACCOUNT.value]


class Decision(models.Model):
    """Somebody, or a rule, said that one message may leave to one address by one channel, or that it may not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    words = models.CharField(max_length=40)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    address_digest = models.CharField(max_length=64)
    is_allowed = models.BooleanField()
    why = models.SlugField(max_length=40)
    rests_on_kind = models.CharField(max_length=40, blank=True)
    rests_on_id = models.BigIntegerField(null=True)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_kind_is_known", condition=Q(kind__in=[k.value for k in DecisionKind])
            ),
            models.CheckConstraint(
                name="decision_channel_is_known", condition=Q(channel__in=[c.value for c in Channel])
            ),
            models.CheckConstraint(
                name="staff_notice_is_to_a_member_of_staff", condition=~Q(kind__in=TO_STAFF) | Q(user__isnull=False)
            ),
            models.CheckConstraint(
                name="decision_about_a_person_rests_on_a_record",
                condition=Q(kind__in=TO_STAFF) | ~Q(rests_on_kind="") & Q(rests_on_id__isnull=False),
            ),
        ]


class Message(models.Model):
    """The outbox: one message that is to leave. Its id is its Message-ID, the same at every try."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="message")
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10)
    words = models.CharField(max_length=40)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.BinaryField()
    address_digest = models.CharField(max_length=64)
    # What one letter alone carries, sealed: the way in to set a password. Gone as soon as the message has ended.
    enclosed = models.BinaryField(null=True)
    is_urgent = models.BooleanField(default=False)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_state_is_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(name="message_words_are_known", condition=Q(words__in=[w.value for w in Words])),
            models.CheckConstraint(
                name="message_that_waits_has_not_ended",
                condition=Q(state="waiting", ended_at=None) | ~Q(state="waiting") & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_that_ended_encloses_nothing", condition=Q(state="waiting") | Q(enclosed=None)
            ),
        ]
        indexes = [
            models.Index(fields=["-is_urgent", "next_try_at"], condition=Q(state="waiting"), name="message_due"),
            models.Index(fields=["ended_at"], condition=~Q(state__in=["waiting", "sent"]), name="message_dead"),
        ]


class Attempt(models.Model):
    """One try to send a message and how it went. Only added to."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    was_sent = models.BooleanField()
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message"], condition=Q(was_sent=True), name="message_is_sent_once"),
            models.CheckConstraint(name="attempt_that_failed_says_why", condition=Q(was_sent=True) | ~Q(problem="")),
        ]


class Notice(models.Model):
    """Something one user is told inside Hearth, seen only while he may know of the circle."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=40, blank=True)
    about = models.UUIDField(null=True)
    circle = models.ForeignKey("access.Circle", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_words_are_known", condition=Q(words__in=[w.value for w in NoticeWords]))
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            # What is done is taken as read for everybody who was told of it.
            models.Index(
                fields=["about"], condition=Q(read_at=None, about__isnull=False), name="notice_unread_of_record"
            ),
        ]


class Alert(models.Model):
    """Somebody may be in danger now, or a concern wants a first look the same evening: the on-call ladder is rung.

    It rings until one of them takes it, at the pace the policy has for its kind.
    """

    ledger_kind: ClassVar[str] = "alert"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circle = models.ForeignKey("access.Circle", on_delete=models.PROTECT, related_name="+", db_index=False)
    restricted = models.BooleanField(default=False)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    about = models.UUIDField()
    kind = models.CharField(max_length=20, default=AlertKind.DANGER.value, db_default=AlertKind.DANGER.value)
    passes_on_after = models.DurationField()
    not_to_ring = ArrayField(models.BigIntegerField(), default=list)
    raised_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    rung_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "about_kind", "about_id"],
                condition=Q(acknowledged_at=None),
                name="record_rings_once_at_a_time",
            ),
            models.CheckConstraint(name="alert_kind_is_known", condition=Q(kind__in=[k.value for k in AlertKind])),
            models.CheckConstraint(
                name="acknowledged_alert_says_when_and_who",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["rung_at"], condition=Q(acknowledged_at=None), name="alert_ringing")]

    @property
    def is_by_link(self) -> bool:
        """Whether what rings came by a reporting link."""
        return self.raised_by is not None and self.raised_by.kind == UserKind.LINK


class AlertStep(models.Model):
    """Who was rung for an alert, on which rung and when. Only added to."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps", db_constraint=False)
    circle = models.ForeignKey("access.Circle", on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    rung = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "alert", "round", "rung", "user"], name="user_is_rung_once_a_round"
            )
        ]


class RotaGap(models.Model):
    """A time when nobody was on call: a breach of the promise to answer at any hour."""

    ledger_kind: ClassVar[str] = "rota_gap"
    circle_id: ClassVar[None] = None

    # Of a company's own rota; nothing where it is the provider's.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rota_gap_ends_after_it_starts", condition=Q(ended_at=None) | Q(ended_at__gte=F("starts_at"))
            ),
            models.UniqueConstraint(
                fields=["entity"], condition=Q(ended_at=None), nulls_distinct=False, name="one_gap_of_a_rota_is_open"
            ),
        ]

"""What is done in a case: actions, contacts, notes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.cases.models.case import Case
from hearth.cases.terms import (
    ContactKind,
    ContactOutcome,
    Seen,
)
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS

USER = settings.AUTH_USER_MODEL


class Action(models.Model):
    """One thing somebody will do, by when."""

    ledger_kind: ClassVar[str] = "action"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="actions", db_index=False, db_constraint=False
    )
    idempotency_key = models.UUIDField()
    text = models.TextField(max_length=MOST_SHORT)
    for_whom = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.TextField(max_length=MOST_SHORT, blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    dropped_why = models.TextField(max_length=MOST_SHORT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["added_by", "idempotency_key"], name="action_is_added_once"),
            models.CheckConstraint(name="action_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="action_done_says_who_when_and_result",
                condition=Q(done_at=None, done_by=None, result="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result=""),
            ),
            models.CheckConstraint(
                name="action_dropped_says_who_when_and_why_and_was_not_done",
                condition=Q(dropped_at=None, dropped_by=None, dropped_why="")
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, done_at=None) & ~Q(dropped_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="action_of_case"),
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="action_of_owner"),
        ]


class Contact(models.Model):
    """A visit, call or meeting, or an attempt at one; a child's and an adult's words as they were said."""

    ledger_kind: ClassVar[str] = "contact"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="contacts", db_index=False, db_constraint=False
    )
    idempotency_key = models.UUIDField()
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    child_seen = models.CharField(max_length=10)
    child_alone = models.CharField(max_length=10)
    their_words = models.TextField(max_length=MOST_WORDS, blank=True)
    wishes = models.TextField(max_length=MOST_WORDS, blank=True)
    told_afterwards = models.BooleanField(null=True)
    note = models.TextField(max_length=MOST_WORDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "idempotency_key"], name="contact_is_recorded_once"),
            models.CheckConstraint(name="contact_kind_is_known", condition=Q(kind__in=list(ContactKind))),
            models.CheckConstraint(name="contact_outcome_is_known", condition=Q(outcome__in=list(ContactOutcome))),
            models.CheckConstraint(
                name="contact_says_whether_a_child_was_seen",
                condition=Q(child_seen__in=list(Seen), child_alone__in=list(Seen)),
            ),
        ]
        indexes = [models.Index(fields=["case", "-happened_at"], name="contact_of_case")]


class Note(models.Model):
    """A note. It is never changed; a correction is a new note that says so."""

    ledger_kind: ClassVar[str] = "note"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes", db_index=False, db_constraint=False)
    idempotency_key = models.UUIDField()
    text = models.TextField(max_length=MOST_WORDS)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["written_by", "idempotency_key"], name="note_is_written_once"),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["case", "-written_at"], name="note_of_case"),
        ]

"""People, and what one concern or case says about them. A person carries nothing about safeguarding: its rows do."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hearth.access.models import Circle
from hearth.people.names import LONGEST
from hearth.people.terms import Asked, Birth, Channel, ContactRule, Hours, PartPlayed, Source, Tie

USER = settings.AUTH_USER_MODEL


def one_of(field: str, choices: list[str], sentence: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=sentence, condition=Q(**{f"{field}__in": choices}))


class Person(models.Model):
    """Somebody: from the register, or known only because a concern or case says so.

    `name_plain` and `name_sounds` are computed by `people.names`; PostgreSQL keeps search vectors of them.
    """

    ledger_kind: ClassVar[str] = "person"
    circle_id: ClassVar[None] = None

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    from_register = models.BooleanField(default=False)
    reference = models.CharField(max_length=50, blank=True)
    name = models.CharField(max_length=LONGEST)
    known_as = models.CharField(max_length=LONGEST, blank=True)
    name_plain = models.CharField(max_length=4 * LONGEST)
    name_sounds = models.CharField(max_length=4 * LONGEST, blank=True)
    born_on = models.DateField(null=True)
    age_about = models.PositiveSmallIntegerField(null=True)
    age_seen_on = models.DateField(null=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_of_the_register_has_a_reference_and_nobody_else",
                condition=Q(from_register=True) & ~Q(reference="") | Q(from_register=False, reference=""),
            ),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="person_reference_is_one"),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="person_is_born_on_a_day_or_of_about_an_age", condition=Q(born_on=None) | Q(age_about=None)
            ),
            models.CheckConstraint(
                name="person_of_about_an_age_was_seen_on_a_day",
                condition=Q(age_about=None, age_seen_on=None) | Q(age_about__isnull=False, age_seen_on__isnull=False),
            ),
        ]

    @property
    def birth(self) -> Birth:
        return Birth(self.born_on, self.age_about, self.age_seen_on)


class Household(models.Model):
    """People who live together. It says nothing itself; its members do."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)


class HouseholdMember(models.Model):
    """Somebody of the register who lives in a household, from when until when."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="member_leaves_after_moving_in",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until=None), name="member_lives_in_a_household_once"
            ),
        ]


class SaidToLiveThere(models.Model):
    """Somebody a concern or case says lives in, visits or has left a household. The register may not know it."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visits_only = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="said_member_leaves_after_moving_in",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            )
        ]


class Role(models.Model):
    """The part a person plays in one concern or case. Never copied by linking one record to another."""

    ledger_kind: ClassVar[str] = "role"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    part = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("part", [part.value for part in PartPlayed], "role_part_is_known"),
            models.UniqueConstraint(
                fields=["circle", "about_kind", "about_id", "person", "part"],
                condition=Q(wrong_since=None, ended_at=None),
                name="person_plays_a_part_in_a_record_once",
            ),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="role_in_a_record")]


class Relationship(models.Model):
    """What two people are to each other, kept once: `person` is `tie` to `other`, and `other` answers it."""

    ledger_kind: ClassVar[str] = "relationship"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tie = models.CharField(max_length=20)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    wrong_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("tie", [tie.value for tie in Tie], "relationship_tie_is_known"),
            models.CheckConstraint(name="nobody_is_related_to_himself", condition=~Q(person=F("other"))),
            models.CheckConstraint(
                name="relationship_ends_after_it_starts",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["circle", "person", "other", "tie"],
                condition=Q(wrong_since=None, until=None),
                name="relationship_is_recorded_once_in_a_circle",
            ),
        ]


class Wish(models.Model):
    """What somebody wishes, word for word, and who told us; or why nobody could ask. Added to, never changed."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=10_000)
    said_at = models.DateTimeField()
    asked = models.CharField(max_length=20, default=Asked.SAID.value)
    told_by = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="wish_has_words", condition=~Q(words="")),
            one_of("asked", [asked.value for asked in Asked], "wish_says_whether_somebody_was_asked"),
            one_of("told_by", [source.value for source in Source], "wish_is_told_by_somebody_known"),
            models.UniqueConstraint(fields=["recorded_by", "idempotency_key"], name="wish_is_recorded_once"),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="wish_in_a_record")]


class SafeContact(models.Model):
    """Whether one way to reach somebody is safe. Where and how is sealed: no dump tells."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    rule = models.CharField(max_length=20)
    from_time = models.TimeField(null=True)
    until_time = models.TimeField(null=True)
    value = models.BinaryField(null=True)
    code_word = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("channel", [channel.value for channel in Channel], "contact_channel_is_known"),
            one_of("rule", [rule.value for rule in ContactRule], "contact_rule_is_known"),
            models.CheckConstraint(
                name="contact_only_between_says_its_hours",
                condition=Q(rule="only_between", from_time__isnull=False, until_time__isnull=False)
                | ~Q(rule="only_between") & Q(from_time=None, until_time=None),
            ),
            models.CheckConstraint(
                name="contact_with_a_code_word_has_one", condition=~Q(rule="code_word") | Q(code_word__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["circle", "person", "channel"],
                condition=Q(ended_at=None),
                name="contact_rule_is_one_for_a_channel_in_a_circle",
            ),
        ]

    @property
    def hours(self) -> Hours | None:
        return Hours(self.from_time, self.until_time) if self.from_time and self.until_time else None

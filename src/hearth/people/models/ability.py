"""What somebody needs to understand and be understood, and whether he could decide one thing at one time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearth.access.models import Circle
from hearth.people.models.person import Person, one_of
from hearth.people.terms import Capacity, Interpreter

USER = settings.AUTH_USER_MODEL


class Communication(models.Model):
    """In which language and with what help somebody is spoken to. Never through the family."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=80, blank=True)
    needs = models.TextField(max_length=2000, blank=True)
    interpreter = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("interpreter", [each.value for each in Interpreter], "communication_interpreter_is_known"),
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(ended_at=None),
                name="communication_is_one_for_a_person_in_a_circle",
            ),
        ]


class CapacityDecision(models.Model):
    """Whether somebody could make one decision at one time, and what was decided for him where he could not."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=500)
    outcome = models.CharField(max_length=20)
    help_given = models.TextField(max_length=2000, blank=True)
    why = models.TextField(max_length=10_000)
    best_interests = models.TextField(max_length=10_000, blank=True)
    assessed_on = models.DateField()
    assessed_by = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            one_of("outcome", [each.value for each in Capacity], "capacity_outcome_is_known"),
            models.CheckConstraint(
                name="capacity_names_the_decision_and_says_why", condition=~Q(decision="") & ~Q(why="")
            ),
            models.CheckConstraint(
                name="capacity_lacked_says_what_is_in_his_best_interests",
                condition=~Q(outcome=Capacity.LACKS.value) | ~Q(best_interests=""),
            ),
            models.UniqueConstraint(fields=["recorded_by", "idempotency_key"], name="capacity_is_recorded_once"),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="capacity_in_a_record")]

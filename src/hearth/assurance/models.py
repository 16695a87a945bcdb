"""Monthly figures and drawn samples. Only the database's own functions read and write these tables."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hearth.access.models import Circle
from hearth.organisation.models import Entity

USER = settings.AUTH_USER_MODEL


class Delta(models.Model):
    """What one act adds to, or takes from, one figure of one month. Written with the act, never changed."""

    month = models.DateField()
    measure = models.CharField(max_length=100)
    part = models.CharField(max_length=60, blank=True)
    # The company of the group whose record it was; none where it belongs to none.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["measure", "month"], name="delta_of_month")]


class MonthlySum(models.Model):
    """What a month's folded deltas came to, for one company of the group or for what belongs to none."""

    measure = models.CharField(max_length=100)
    month = models.DateField()
    part = models.CharField(max_length=60, blank=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "month", "part", "entity"],
                nulls_distinct=False,
                name="a_month_has_one_sum_for_each_part",
            )
        ]
        db_table = "assurance_sum"


class Sample(models.Model):
    """Cases of a month drawn for an audit by a number nobody chose. A month is drawn once."""

    ledger_kind: ClassVar[str] = "sample"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    month = models.DateField()
    asked = models.IntegerField()
    drawn_from = ArrayField(models.UUIDField())
    seed = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month"], name="a_month_is_drawn_once")]


class DrawnCase(models.Model):
    """One case of a sample, by its reference. What is in it is for its circle alone."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="cases")
    place = models.IntegerField()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    public_id = models.UUIDField()

"""Monthly figures: what each act adds, and what the months came to. Only the database itself reads and writes them."""

from django.db import models


class Delta(models.Model):
    """What one act adds to, or takes from, one figure of one month. Written with the act, never changed."""

    month = models.DateField()
    measure = models.CharField(max_length=100)
    part = models.CharField(max_length=60, blank=True)
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["measure", "month"], name="delta_of_month")]


class MonthlySum(models.Model):
    """What a month's folded deltas came to."""

    measure = models.CharField(max_length=100)
    month = models.DateField()
    part = models.CharField(max_length=60, blank=True)
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "month", "part"], name="a_month_has_one_sum_for_each_part")
        ]
        db_table = "assurance_sum"

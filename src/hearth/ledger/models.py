"""The ledger's tables as Django sees them. SQL makes them (see sql/), because they are partitioned and guarded."""

from django.db import models


class Entry(models.Model):
    """Something that happened: who did it, when it happened, when it was recorded, under which clause."""

    id = models.BigIntegerField(primary_key=True)
    act = models.TextField()
    about_kind = models.TextField(null=True)
    about_id = models.BigIntegerField(null=True)
    circle_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    clause = models.TextField()
    request = models.UUIDField(null=True)
    facts = models.JSONField()

    class Meta:
        managed = False
        db_table = "ledger_entry"


class Words(models.Model):
    """What somebody typed with an entry. Apart, so that it can be disposed of."""

    entry_id = models.BigIntegerField(primary_key=True, db_column="id")
    circle_id = models.BigIntegerField(null=True)
    body = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_entry_words"


class Change(models.Model):
    """A row that was added, changed or removed: which columns, not what was in them."""

    id = models.BigIntegerField(primary_key=True)
    table_name = models.TextField()
    row_id = models.BigIntegerField()
    circle_id = models.BigIntegerField(null=True)
    what = models.TextField()
    by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    request = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_change"


class ChangedRow(models.Model):
    """What a row held before and after a change. Apart, so that it can be disposed of."""

    change_id = models.BigIntegerField(primary_key=True, db_column="id")
    circle_id = models.BigIntegerField(null=True)
    body = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_change_rows"

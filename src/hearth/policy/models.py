"""Adopted packs, byte for byte, with the moment each came into force."""

from django.db import models
from django.db.models import F, Q


class Adoption(models.Model):
    """A pack that was adopted. Packs are never changed or withdrawn; another one is adopted."""

    digest = models.CharField(max_length=64)
    pack = models.CharField(max_length=61)
    version = models.CharField(max_length=40)
    in_force_from = models.DateTimeField()
    adopted_at = models.DateTimeField()
    # Who adopted it; nobody where the house was founded with it. No foreign key: users stand above.
    adopted_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="adopted_pack_has_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")),
            models.UniqueConstraint(fields=["in_force_from"], name="one_pack_comes_into_force_at_a_time"),
        ]
        indexes = [models.Index(F("in_force_from").desc(), name="adoption_newest_first")]


class PackFile(models.Model):
    """One file of an adopted pack, or of one it inherits, exactly as it was."""

    digest = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()
    pack = models.CharField(max_length=61)
    name = models.CharField(max_length=200)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "place", "name"], name="pack_file_is_stored_once"),
        ]

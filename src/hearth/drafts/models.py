"""What is typed and not yet sent. Encrypted here, readable by its owner only, gone soon."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """One form, half filled in. `holder` is the digest of a reporting link's draft token, empty for everybody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.CharField(max_length=64, blank=True)
    form = models.SlugField(max_length=80)
    form_key = models.UUIDField()
    body = models.BinaryField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "holder", "form_key"], name="form_has_one_draft"),
            models.CheckConstraint(
                name="draft_holder_is_a_digest", condition=Q(holder="") | Q(holder__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="draft_is_saved_after_it_was_started", condition=Q(saved_at__gte=models.F("started_at"))
            ),
        ]
        indexes = [models.Index(fields=["gone_at"], name="draft_by_end")]

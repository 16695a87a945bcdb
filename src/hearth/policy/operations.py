"""Keeping adopted packs. `timescales.operations.adopt_policy` asks who may and tells the ledger."""

from datetime import datetime

from django.db import transaction

from hearth.policy.models import Adoption, PackFile
from hearth.policy.packs import Chain, Pack, build
from hearth.policy.terms import NotNow


@transaction.atomic
def keep_adopted(chain: Chain, *, in_force_from: datetime, at: datetime, by_id: int | None) -> Pack:
    """Keep a pack and the moment it comes into force. Raises BadPack where it does not check, NotNow for the past."""
    pack = build(chain)
    if Adoption.objects.exists() and in_force_from < at:
        raise NotNow("A policy cannot come into force in the past: clocks already run under another")
    if Adoption.objects.filter(in_force_from__gte=in_force_from).exists():
        raise NotNow("Another policy comes into force at that time or later")
    if not PackFile.objects.filter(digest=pack.digest).exists():
        PackFile.objects.bulk_create(
            PackFile(digest=pack.digest, place=place, pack=each.name, name=name, body=body)
            for place, each in enumerate(chain.packs)
            for name, body in each.files
        )
    Adoption.objects.create(
        digest=pack.digest,
        pack=pack.name,
        version=pack.version,
        in_force_from=in_force_from,
        adopted_at=at,
        adopted_by_id=by_id,
    )
    return pack

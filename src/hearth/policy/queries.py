"""Questions about the policy in force. Policies are for everybody who is let in: nothing in them is confidential."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.db import connection

from hearth.ledger.transactions import once
from hearth.policy.models import Adoption, PackFile
from hearth.policy.packs import Chain, Pack, PackFiles, read
from hearth.policy.terms import NoPolicy

ADOPTED = "select digest, pack, version, in_force_from from policy_adoption order by in_force_from desc"


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adoption: which pack, since when."""

    digest: str
    pack: str
    version: str
    in_force_from: datetime


def adoptions() -> tuple[Adopted, ...]:
    """Every adoption, the newest first. Asked once in a transaction: each happening wants to know."""
    return once("adoptions", _adoptions)


def _adoptions() -> tuple[Adopted, ...]:
    # Asked by nearly everything: the statement itself costs a fifth of having Django write it.
    with connection.cursor() as cursor:
        cursor.execute(ADOPTED)
        return tuple(Adopted(*row) for row in cursor.fetchall())


def pack_in_force(at: datetime) -> Pack:
    """The pack in force at a moment. Raises NoPolicy where none was."""
    digest = next((each.digest for each in adoptions() if each.in_force_from <= at), None)
    if digest is None:
        raise NoPolicy("No policy has been adopted yet")
    return pack_of(digest)


def pack_before(moment: datetime) -> Pack | None:
    """The pack that was in force just before a moment, if any."""
    earlier = Adoption.objects.filter(in_force_from__lt=moment).order_by("-in_force_from")
    digest = earlier.values_list("digest", flat=True).first()
    return pack_of(digest) if digest else None


@lru_cache(maxsize=32)
def pack_of(digest: str) -> Pack:
    """The adopted pack of a digest, read from the bytes that were kept. A digest never changes what it names."""
    pack = read(chain_of(digest))
    if pack.digest != digest:
        raise NoPolicy(f"the stored pack is not the one that was adopted: {digest[:12]}")
    return pack


def chain_of(digest: str) -> Chain:
    """The files of a pack that was proposed or adopted, byte for byte."""
    files = (
        PackFile.objects.filter(digest=digest).order_by("place", "name").values_list("place", "pack", "name", "body")
    )
    packs = [
        PackFiles(name, tuple((file, bytes(body)) for _, _, file, body in rows))
        for (_, name), rows in groupby(files, key=lambda row: (row[0], row[1]))
    ]
    return Chain(tuple(packs))

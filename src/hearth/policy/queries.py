"""Questions about the policy in force. Policies are for everybody who is let in: nothing in them is confidential."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.db import connection

from hearth.ledger.transactions import once
from hearth.policy.models import PackFile
from hearth.policy.packs import Chain, Pack, PackFiles, read
from hearth.policy.terms import NoPolicy

ADOPTED = (
    "select digest, pack, version, in_force_from, entity_id from policy_adoption order by in_force_from desc, id desc"
)


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adoption: which pack, since when."""

    digest: str
    pack: str
    version: str
    in_force_from: datetime
    entity_id: int | None = None
    """The company whose policy it is; none is the organisation's."""


def adoptions() -> tuple[Adopted, ...]:
    """Every adoption, the newest first. Asked once in a transaction: each happening wants to know."""
    return once("adoptions", _adoptions)


def _adoptions() -> tuple[Adopted, ...]:
    # Asked by nearly everything: the statement itself costs a fifth of having Django write it.
    with connection.cursor() as cursor:
        cursor.execute(ADOPTED)
        return tuple(Adopted(*row) for row in cursor.fetchall())


def binding(adopted: Sequence[Adopted], entity: int | None) -> tuple[Adopted, ...]:
    """Those that bind one company's records, the newest first: its own, and before its first the organisation's."""
    own = [each for each in adopted if each.entity_id == entity]
    if entity is None or not own:
        return tuple(each for each in adopted if each.entity_id is None)
    first = min(each.in_force_from for each in own)
    return (*own, *(each for each in adopted if each.entity_id is None and each.in_force_from < first))


def in_force(at: datetime, entity: int | None = None) -> Adopted | None:
    """What is in force at a moment for a company, or for those who have no policy of their own."""
    return next((each for each in binding(adoptions(), entity) if each.in_force_from <= at), None)


def pack_in_force(at: datetime, entity: int | None = None) -> Pack:
    """The pack in force at a moment, for a company of the group: its own, else the organisation's. Or NoPolicy."""
    found = in_force(at, entity)
    if found is None:
        raise NoPolicy("No policy has been adopted yet")
    return pack_of(found.digest)


def rests_on_older(adopted: Adopted, at: datetime) -> Adopted | None:
    """The organisation's policy in force, where a company's own builds on an earlier version of it. It does not follow
    by itself: somebody lays it over the new files and proposes it."""
    ours = in_force(at)
    if ours is None or adopted.entity_id is None or adopted.digest == ours.digest:
        return None
    below = {each.name: each for each in chain_of(adopted.digest).packs}
    extends = any(each.pack in below for each in adoptions() if each.entity_id is None)
    newer = chain_of(ours.digest).packs
    return ours if extends and any(below.get(each.name) != each for each in newer) else None


def with_own_policy(at: datetime) -> frozenset[int]:
    """The companies that have a policy of their own in force at a moment."""
    return frozenset(each.entity_id for each in adoptions() if each.entity_id is not None and each.in_force_from <= at)


def pack_before(moment: datetime, entity: int | None = None) -> Pack | None:
    """The pack that was in force just before a moment, if any."""
    earlier = (each for each in binding(adoptions(), entity) if each.in_force_from < moment)
    found = next(earlier, None)
    return pack_of(found.digest) if found else None


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

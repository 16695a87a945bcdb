"""A policy that waits for approval, and one that was adopted and is to be read."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from hearth.access.identity import acting_as
from hearth.pathway.adopting.changing import change, changes_of
from hearth.pathway.adopting.proposing import answer, propose
from hearth.pathway.adopting.understanding import to_read
from hearth.policy.packs import read_chain
from hearth.policy.packs.overlays import Overlay, change_post
from hearth.policy.queries import pack_in_force
from hearth.timescales.trying import ask

PACKS = Path(__file__).resolve().parents[3] / "packs"
FAR = timedelta(days=400)


def proposed(cast, at: datetime, pack: str = "livv-2022") -> uuid.UUID:
    """Proposed by the lead; nobody has approved it."""
    with acting_as(cast.lead), transaction.atomic():
        chain, day = read_chain(PACKS / pack), (at + FAR).date()
        return propose(chain, starts_on=day, why="Due for review", by=cast.lead, at=at).public_id


def changed(cast, at: datetime) -> None:
    """The lead has begun to change the policy: a post goes by another name. Nothing is proposed."""
    with acting_as(cast.lead), transaction.atomic():
        version, (key, post) = changes_of(cast.lead, at=at).version, next(iter(pack_in_force(at).posts.items()))

        def rename(overlay: Overlay) -> Overlay:
            return change_post(overlay, key, title="Whoever looks first", cover=post.cover, clause=post.clause)

        change(rename, version=version, by=cast.lead, at=at)


def asked_to_read(cast, at: datetime) -> uuid.UUID:
    """Adopted for a far day, so that nothing else in the story changes; the owner is asked to read it."""
    waiting = proposed(cast, at, "rbkc-2019")
    with acting_as(cast.director), transaction.atomic():
        answer(waiting, approved=True, comment="Minutes of 3 November", by=cast.director, at=at)
    with acting_as(cast.owner), transaction.atomic():
        return to_read(cast.owner).public_id


def tried(cast, at: datetime) -> uuid.UUID:
    """Asked for by the lead; nobody has worked it out."""
    with acting_as(cast.lead), transaction.atomic():
        return ask(read_chain(PACKS / "livv-2022"), since=at - FAR, by=cast.lead, at=at).public_id

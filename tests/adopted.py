"""A policy of a few lines of one's own over the cast's, in force: for stories about what a pack can say."""

from datetime import UTC, datetime

from hearth.access.identity import acting_as
from hearth.policy.packs import Chain, PackFiles
from hearth.policy.queries import adoptions, chain_of
from hearth.timescales.operations import adopt_policy

OURS = """
[pack]
title = "Ashgrove"
version = "1"
policy = "Ashgrove"
inherits = "manchester-2025"
partial = true

[[clause]]
id = "P1"
text = "We do as it is written here."
source = "Ashgrove policy"

"""
SINCE = datetime(2026, 1, 5, tzinfo=UTC)


def adopted(cast, said: str, *, at: datetime = SINCE) -> None:
    """What is said comes into force over the policy of the cast."""
    with acting_as(cast.lead):
        below = chain_of(adoptions()[0].digest).packs
        chain = Chain((*below, PackFiles("ours", (("pack.toml", (OURS + said).encode()),))))
        adopt_policy(chain, by=cast.lead, at=at)

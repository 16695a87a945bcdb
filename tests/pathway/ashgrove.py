"""A policy of Ashgrove's own, proposed by its lead and answered by others."""

from datetime import datetime, timedelta
from pathlib import Path

from hearth.access.identity import acting_as, as_the_house
from hearth.ledger.models import Entry
from hearth.outbound.models import Notice
from hearth.pathway.adopting.proposing import answer, propose
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, PackFiles, read_chain

PACKS = Path(__file__).resolve().parents[2] / "packs"
NOON = datetime(2026, 12, 1, 12, tzinfo=LOCAL)
DOCUMENTS = """
[[document]]
id = "policy"
title = "Ashgrove policy"
approvals = [{approvals}]
clause = "H.reading"
"""


def later(**by: float) -> datetime:
    return NOON + timedelta(**by)


def policy(*approvals: str, more: str = "") -> Chain:
    """A policy of Ashgrove's own on England's, approved by those it names."""
    about = (
        '[pack]\ntitle = "Ashgrove policy"\nversion = "2"\npolicy = "Ashgrove"\ninherits = "england"\npartial = true\n'
    )
    named = DOCUMENTS.format(approvals=", ".join(f'"{each}"' for each in approvals)) if approvals else ""
    posts = '[[post]]\nid = "director"\ntitle = "Director of housing"\nparts = ["allegation_deputy"]\n'
    england = read_chain(PACKS / "england").packs
    own = PackFiles("ashgrove", (("pack.toml", (about + posts + named + more).encode()),))
    return Chain((*england, own))


def proposed(cast, *approvals: str, day: int = 0, more: str = ""):
    with acting_as(cast.lead):
        return propose(
            policy(*approvals, more=more), starts_on=later(days=day).date(), why="Two years are over", by=cast.lead,
            at=NOON,
        ).public_id  # fmt: skip


def says(who, which, *, approved=True, comment="", at=NOON):
    with acting_as(who):
        return answer(which, approved=approved, comment=comment, by=who, at=at)


def told(cast, who) -> int:
    with acting_as(who):
        return Notice.objects.filter(about_kind="policy", user_id=who.id).count()


def entries(act):
    with as_the_house():
        return list(Entry.objects.filter(act=act).order_by("id"))

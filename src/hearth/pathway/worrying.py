"""A reporter is still worried: a lead who did not decide is told, and let in where nobody else could answer."""

import uuid
from datetime import datetime

from django.db import connection

from hearth.access.identity import as_the_house
from hearth.access.rules import LEADS
from hearth.access.terms import Part, Viewer
from hearth.concerns.models import Concern, Worry
from hearth.concerns.operations import still_worried
from hearth.ledger.models import Entry
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.queries.told import to_be_told
from hearth.outbound.terms import NoticeWords
from hearth.policy.packs.pack import Pack
from hearth.timescales.standing import pack_for


@all_or_nothing
def raise_worry(concern: Concern, *, why: str, by: Viewer, at: datetime, key: uuid.UUID) -> Worry:
    """Say that one is still worried. Whoever may answer and did not decide is told of it."""
    worry = still_worried(concern, why=why, by=by, at=at, key=key)
    if worry.answered_at is None:
        _let_answer(concern, who_answers(pack_for(concern, at)), at)
        _tell(worry, concern, at)
    return worry


def who_answers(pack: Pack) -> list[Part]:
    """Whose post answers: the one the policy names first, then the other of lead and deputy."""
    named = pack.posts.get(pack.hears.get("still_worried", ""))
    first = named.parts if named else frozenset()
    return sorted(LEADS, key=lambda part: (part not in first, part != Part.LEAD))


def _let_answer(concern: Concern, order: list[Part], at: datetime) -> None:
    """PostgreSQL looks who decided, which a reporter cannot, and lets somebody in only where nobody else can answer."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.let_answer(%s, %s, %s)", [concern.pk, [part.value for part in order], at])


def _tell(worry: Worry, concern: Concern, at: datetime) -> None:
    with as_the_house():
        made = Entry.objects.filter(act="concern.triaged", about_kind=concern.ledger_kind, about_id=concern.pk)
        decided = set(made.values_list("by_id", flat=True))
    asked = to_be_told(LEADS, circle_id=concern.circle_id, restricted=concern.restricted, at=at)
    tell_each(
        [user for user in asked if user.pk not in decided], NoticeWords.STILL_WORRIED, key=f"worry:{worry.public_id}",
        at=at, about_kind=worry.ledger_kind, about=worry.public_id, circle=concern.circle_id,
    )  # fmt: skip

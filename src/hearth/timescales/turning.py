"""Brings a policy into force for promises that run already, where the policy says so for them.

It is an entry of the ledger and a `Turn`; from then on every history that is told has it. The clocks that are kept are
turned batch by batch, each record as if the entry had come late, so that they are always what the ledger tells in the
end (ADR 0078).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from hearth.access.identity import as_the_house
from hearth.ledger.operations import record
from hearth.ledger.transactions import forget
from hearth.policy.packs import Pack
from hearth.policy.queries import Adopted, adoptions, pack_of
from hearth.policy.terms import Fact
from hearth.timescales.clocks import Turn
from hearth.timescales.engine import came_into_force
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.models import Turn as TurnRow
from hearth.timescales.moving import move_one
from hearth.timescales.rebuilding import grounds_of
from hearth.timescales.standing import ground
from hearth.timescales.terms import CAME_INTO_FORCE, GOING

AT_ONCE = 200


@transaction.atomic
def bring_into_force(*, at: datetime) -> int:
    """Bring in what is due, one batch of promises at a time. Returns how many were looked at; nought when all is done.

    The first pack of a house turns nothing: nothing ran before it.
    """
    with as_the_house():
        for each in _due(at):
            _begin(each)
        waiting = TurnRow.objects.filter(finished_at=None).select_for_update(skip_locked=True).order_by("at")
        while row := waiting.first():  # one with nothing left to turn is finished, and the next one's turn comes
            if many := _turn_some(row, at):
                return many
        return 0


def _due(at: datetime) -> list[Adopted]:
    """The adoptions in force that hold for running promises and that the ledger does not yet say came in."""
    later = [each for each in adoptions() if each.in_force_from <= at][:-1]
    told = set(TurnRow.objects.values_list("at", "entity_id")) if later else set()
    fresh = [each for each in reversed(later) if (each.in_force_from, each.entity_id) not in told]
    return [each for each in fresh if pack_of(each.digest).for_running()]


def _begin(adopted: Adopted) -> None:
    facts: dict[str, Fact] = {"pack": adopted.pack, "digest": adopted.digest}
    facts |= {"entity": adopted.entity_id} if adopted.entity_id else {}
    entry = record(CAME_INTO_FORCE, about=None, happened_at=adopted.in_force_from, facts=facts)
    TurnRow.objects.create(entry=entry, digest=adopted.digest, at=adopted.in_force_from, entity_id=adopted.entity_id)
    forget()


def _turn_some(row: TurnRow, at: datetime) -> int:
    """The next batch of promises, those that ran at that moment."""
    turn = Turn(row.entry, row.at, row.digest, row.entity_id)
    clocks = list(_ran_then(turn, pack_of(row.digest)).filter(pk__gt=row.upto).order_by("pk")[:AT_ONCE])
    circles = {(each.about_kind, each.about_id): each.circle_id for each in clocks}
    known = ground()
    stands = grounds_of(circles, known)
    for ref, circle in circles.items():
        own = stands.get(ref, known)
        if turn in own.turns:  # another company's records it does not touch
            move_one(came_into_force(turn, ref), ref, circle, own)
    if clocks:
        row.upto = clocks[-1].pk
    else:
        row.finished_at = at
    row.save(update_fields=["upto", "finished_at"])
    return len(clocks)


def _ran_then(turn: Turn, pack: Pack) -> "QuerySet[ClockRow]":
    ran = Q(state__in=sorted(GOING)) | Q(stopped_at__gte=turn.at)
    return ClockRow.objects.filter(ran, rule__in=sorted(pack.for_running()), started_at__lte=turn.at)

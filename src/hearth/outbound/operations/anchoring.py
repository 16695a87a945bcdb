"""The ledger's newest seal, sent each day to somebody who keeps it outside the database."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hearth.ledger.anchors import newest_in
from hearth.organisation.models import User
from hearth.organisation.queries import holders_of
from hearth.organisation.terms import Part
from hearth.outbound.gateways import email_leaves
from hearth.outbound.operations.messages import tell_staff
from hearth.outbound.queries.told import who_plays
from hearth.outbound.terms import Channel, Words
from hearth.policy.durations import LOCAL

INSTEAD = ((Part.AUDITOR,), (Part.LEAD, Part.DEPUTY))


@transaction.atomic
def send_anchor(*, at: datetime) -> int:
    """Queue the newest anchor to whoever keeps it, once a day for each. For the jobs process; says how many it queued.

    It is read from the folder and not from the ledger: what the sealer wrote down there it compares with the ledger
    before it seals again, so a ledger that was made anew in between does not send its own anchor.
    """
    anchor = newest_in(Path(settings.HEARTH_ANCHORS))
    if anchor is None or not email_leaves():
        return 0
    day = at.astimezone(LOCAL).date()
    return sum(
        tell_staff(
            keeper.pk, address=keeper.email, channel=Channel.EMAIL, words=Words.ANCHOR,
            key=f"anchor:{day}:{keeper.pk}", at=at, enclosed=anchor.e_mail,
        )
        for keeper in keepers(at=at)
    )  # fmt: skip


def keepers(*, at: datetime) -> list[User]:
    """Who holds a post the configuration names; else whoever audits; else the leads."""
    named = holders_of(settings.HEARTH_ANCHOR_POSTS, at=at)
    if found := list(User.objects.filter(is_active=True, pk__in=named).order_by("id")):
        return found
    return next((found for parts in INSTEAD if (found := who_plays(parts, at=at))), [])

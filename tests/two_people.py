"""Putting somebody into a post that opens records, as it must be done: one asks, another agrees."""

from django.db import transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.organisation import operations


@transaction.atomic
def appoint(cast, user, post, *, starts_at):
    """The administrator asks and the lead agrees."""
    with acting_as(cast.administrator):
        asked = operations.propose(
            user, post, starts_at=starts_at, ends_at=None, is_cover=False, asked_by=cast.administrator.id, at=now()
        )
    with acting_as(cast.lead):
        operations.answer(asked, agreed=True, answered_by=cast.lead.id, at=now())
        return operations.appoint(user, post, starts_at=starts_at)

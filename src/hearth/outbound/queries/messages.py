"""What did not leave."""

from uuid import UUID

from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.outbound.models import Message
from hearth.outbound.terms import DeadLetter, State

DEAD = (State.FAILED, State.WITHHELD, State.SWITCHED_OFF)


class NoSuchMessage(NotHere):
    """There is none that did not leave."""


def dead_letter(viewer: Viewer, message: UUID) -> DeadLetter:
    """One message that did not leave, or NoSuchMessage."""
    found = next((each for each in dead_letters(viewer) if each.id == message), None)
    if found is None:
        raise NoSuchMessage
    return found


def dead_letters(viewer: Viewer) -> list[DeadLetter]:
    """Messages that will not be tried again by themselves, newest first. Nobody's address stands in them."""
    rows = visible(Message.objects.filter(state__in=DEAD), to=viewer, act=Act.SEE_UNSENT).order_by("-ended_at", "id")
    columns = ("id", "words", "channel", "user_id", "made_at", "ended_at", "tries", "state", "problem", "user__name")
    return [DeadLetter(*row) for row in rows.values_list(*columns)]

"""What did not leave."""

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.outbound.models import Message
from hearth.outbound.terms import DeadLetter, State

DEAD = (State.FAILED, State.WITHHELD, State.SWITCHED_OFF)


def dead_letters(viewer: Viewer) -> list[DeadLetter]:
    """Messages that will not be tried again by themselves, newest first. Nobody's address stands in them."""
    rows = visible(Message.objects.filter(state__in=DEAD), to=viewer, act=Act.SEE_UNSENT).order_by("-ended_at", "id")
    columns = ("id", "words", "channel", "user_id", "made_at", "ended_at", "tries", "state", "problem")
    return [DeadLetter(*row) for row in rows.values_list(*columns)]

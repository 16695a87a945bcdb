"""What people and jobs do about messages, notices and the on-call ladder."""

from hearth.outbound.operations.anchoring import send_anchor
from hearth.outbound.operations.clock_notices import give_clock_notices
from hearth.outbound.operations.messages import decide, deliver, queue, remove_old, tell_staff, withdraw
from hearth.outbound.operations.notices import mark_read, notify
from hearth.outbound.operations.on_call import (
    acknowledge,
    alert,
    note_rota_gap,
    pass_on_unacknowledged,
    take_gaps_as_read,
    warn_of_gaps,
)
from hearth.outbound.operations.rota import cover, put_on_rota, swap

__all__ = [
    "acknowledge",
    "alert",
    "cover",
    "decide",
    "deliver",
    "give_clock_notices",
    "mark_read",
    "note_rota_gap",
    "notify",
    "pass_on_unacknowledged",
    "put_on_rota",
    "queue",
    "remove_old",
    "send_anchor",
    "swap",
    "take_gaps_as_read",
    "tell_staff",
    "warn_of_gaps",
    "withdraw",
]

"""Questions about what left, what one was told, and who is on call."""

from hearth.outbound.queries.messages import dead_letters
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.queries.on_call import (
    acknowledgement,
    alert_for,
    alerts_ringing,
    on_call,
    rota_gaps,
    steps_of,
)

__all__ = [
    "acknowledgement",
    "alert_for",
    "alerts_ringing",
    "dead_letters",
    "notices_for",
    "on_call",
    "rota_gaps",
    "steps_of",
]

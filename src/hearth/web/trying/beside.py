"""What came out when a policy was tried, beside what it changes."""

from collections.abc import Mapping

from hearth.access import clock
from hearth.access.terms import Viewer
from hearth.policy.queries import pack_of
from hearth.timescales import trying
from hearth.timescales.terms import TrialState
from hearth.web.trying.figures import by_name
from hearth.web.trying.views import STATES


def came_out(viewer: Viewer, digest: str, entity: int | None = None) -> Mapping[str, object] | None:
    """The last trial of one policy for a company as its page shows it; nothing where it was never tried."""
    trial = trying.latest_of(viewer, digest, entity=entity)
    if trial is None:
        return None
    return {
        "trial": trial,
        "state": STATES[TrialState(trial.state)],
        "is_working": trial.state in trying.WAITING,
        "is_done": trial.state == TrialState.DONE,
        "minutes": trying.minutes_left(trial, at=clock.now()),
        "ones": by_name(trying.each_one(trial), pack_of(trial.digest)),
    }

"""What people do in a story, by the stage of the path it belongs to."""

from collections.abc import Callable, Mapping

from hearth.cli.replay.acts import assurance, cases, concerns, homes, partners, people, policies
from hearth.cli.replay.stage import Doing

ACTS: Mapping[str, Callable[[Doing], None]] = {
    **concerns.ACTS,
    **people.ACTS,
    **cases.ACTS,
    **partners.ACTS,
    **homes.ACTS,
    **assurance.ACTS,
    **policies.ACTS,
}

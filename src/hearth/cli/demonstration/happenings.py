"""Plays what the invented people noticed and did, as the application and as each of them. Their policy comes first."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

LONG_AGO = timedelta(days=900)


def play(pack: Path, *, at: datetime) -> None:
    """Adopt the policy, long enough ago for everything that follows, and tell what happened since."""
    from hearth.access.identity import acting_as
    from hearth.access.queries import viewer
    from hearth.cli.demonstration.founding import sign_ins_by_role
    from hearth.cli.demonstration.posts import clause_to_rest_on
    from hearth.cli.demonstration.story import tell
    from hearth.organisation.queries import user_called
    from hearth.policy.packs import read_chain
    from hearth.timescales.operations import adopt_policy

    cast = {role: viewer(user_called(email)) for role, email in sign_ins_by_role().items()}
    lead = cast["lead"]
    with acting_as(lead):
        adopted = adopt_policy(read_chain(pack), by=lead, at=at - LONG_AGO)
    tell(cast, at=at, clause=clause_to_rest_on(adopted))


if __name__ == "__main__":
    django.setup()
    play(Path(sys.argv[1]), at=datetime.fromisoformat(sys.argv[2]))

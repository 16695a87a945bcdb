"""Checks of how long a record stays open to somebody who has no lasting place in it."""

from collections.abc import Iterator

from hearth.policy.durations import elapsed
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import LONGEST_EMERGENCY, OPENINGS, Place

# One that is taken, and one that was considered.
FEWEST_DECISIONS = 2


def check_openings(pack: Pack) -> Iterator[Problem]:
    """What keeps a record open for a while is known to the house, is measured, and in an emergency short."""
    for opening in pack.openings.values():
        if opening.id not in OPENINGS:
            known = ", ".join(sorted(OPENINGS))
            yield Problem(opening.place, f"nothing is opened for “{opening.id}”; it may be {known}")
        if not opening.lasts.is_measured:
            yield Problem(opening.place, f"“{opening.id}” must end: say how long it lasts")
        if opening.id == "emergency" and not (
            opening.lasts.is_elapsed and elapsed(opening.lasts) <= elapsed(LONGEST_EMERGENCY)
        ):
            yield Problem(
                opening.place, f"an emergency opening is counted in minutes or hours, at most {LONGEST_EMERGENCY}"
            )


def check_whole(pack: Pack) -> list[Problem]:
    """What a pack that is not partial leaves unsaid, and a provider who adopts it would miss."""
    if pack.partial:
        return []
    missing = [
        f"it does not say how long “{name}” keeps a record open" for name in sorted(OPENINGS - set(pack.openings))
    ]
    if "abuse_type" not in pack.words:
        missing.append("triage asks for the kind of harm, and there is no word list “abuse_type”")
    if len(pack.decisions) < FEWEST_DECISIONS:
        missing.append("triage asks what else was considered, and there are fewer than two decisions")
    return [Problem(Place(pack.name, "pack.toml", 1), sentence) for sentence in missing]

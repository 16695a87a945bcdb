"""Who decides on a concern, alone or together, by when, along which thresholds, and who may refer."""

from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place


class DecidedBy(StrEnum):
    """One person of the posts named, any of a team, or several together."""

    PERSON = "person"
    TEAM = "team"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Triage:
    """Who decides: the posts, how many of them together, the promise that is their target, and who may refer."""

    decided_by: DecidedBy
    posts: tuple[str, ...]
    together: int
    target: str
    levels: str
    may_refer: tuple[str, ...]
    clause: str
    place: Place


def triage(table: Table) -> Triage:
    return Triage(
        decided_by=table.choice("decided_by", DecidedBy, DecidedBy.PERSON),
        posts=table.texts("posts"),
        together=table.number("together") if "together" in table.values else 1,
        target=table.text("target", "concern.triage"),
        levels=table.text("levels", ""),
        may_refer=table.texts("may_refer"),
        clause=table.text("clause"),
        place=table.place,
    )

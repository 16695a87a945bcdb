"""Which level of need, or threshold, a concern reaches, where the policy has a list of them."""

from dataclasses import dataclass
from datetime import datetime

from hearth.access.terms import InACircle
from hearth.concerns.terms import NotComplete
from hearth.policy.packs import Pack
from hearth.policy.packs.words import Word, WordList
from hearth.timescales.standing import pack_for


@dataclass(frozen=True)
class Levels:
    """The list the policy has triage choose from, and the clause that says so."""

    words: WordList
    clause: str
    says: str

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(word.code, word.label) for word in self.words.words]

    def label_of(self, code: str) -> str:
        """A level by its name; one that only the policy of the time had keeps its code."""
        return self.words.label_of(code)


def levels_for(about: InACircle, *, at: datetime) -> Levels | None:
    """The levels of the policy a record is under; nothing where it has none."""
    pack = pack_for(about, at)
    if pack.triage is None or not pack.triage.levels:
        return None
    clause = pack.triage.clause
    return Levels(pack.words_in(pack.triage.levels), clause, pack.clauses[clause].text)


def levels_in(pack: Pack) -> tuple[Word, ...]:
    """The levels of a policy; none where it has no list of them."""
    return pack.words_in(pack.triage.levels).words if pack.triage and pack.triage.levels else ()


def require_level(about: InACircle, level: str, *, at: datetime) -> None:
    """Raise NotComplete where the policy has levels and none of them is chosen, or where it has none."""
    levels = levels_for(about, at=at)
    if levels is None:
        if level:
            raise NotComplete("level", "The policy in force has no levels. Leave it out.")
        return
    if level not in dict(levels.choices):
        raise NotComplete("level", f"Say which level it reaches ({levels.clause})")

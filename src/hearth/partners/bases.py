"""On which lawful basis a referral is made, of those the policy offers to a provider of its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hearth.concerns.terms import NotComplete
from hearth.partners.terms import Asked
from hearth.policy.durations import local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.conditions import compared
from hearth.policy.packs.information import Basis
from hearth.policy.packs.shapes import Gate
from hearth.policy.terms import Fact
from hearth.timescales.terms import Unmet

ACT = "referral.made"
OF_A_BASIS = frozenset({"basis", "special_basis"})


@dataclass(frozen=True)
class Offered:
    """What may be chosen: one of the first; one of the second besides it, for health, belief and the like."""

    first: tuple[Basis, ...]
    special: tuple[Basis, ...]


def offered(pack: Pack, day: date) -> Offered:
    """The lawful bases the policy offers on a day."""
    both = pack.bases_offered(day)
    return Offered(tuple(each for each in both if not each.special), tuple(each for each in both if each.special))


def asking(pack: Pack, day: date) -> Iterator[Gate]:
    """The gates of the policy that ask a referral for its lawful basis."""
    for gate in pack.gates_for(ACT):
        asked = {fact for fact, _values in compared(gate.requires)}
        if asked & OF_A_BASIS and pack.holds_on(gate.clause, day):
            yield gate


def missing(pack: Pack, told: Mapping[str, Fact], day: date, *, whose: int | None) -> list[Unmet]:
    """Of those gates, the ones that what was told does not open; `whose` is the company whose policy it is."""
    return [
        Unmet(gate.id, gate.clause, gate.sentence, tuple(fact for fact, _values in compared(gate.requires)), whose)
        for gate in asking(pack, day)
        if (gate.when is None or gate.when.holds(told)) and gate.requires and not gate.requires.holds(told)
    ]


def called(pack: Pack, code: str) -> str:
    """A lawful basis in the policy's words, with its law; by its code where the policy has it no more."""
    return pack.bases[code].with_its_law if code in pack.bases else code.replace("_", " ")


def require_offered(pack: Pack, asked: Asked, at: datetime) -> None:
    """Raise NotComplete for a basis or a ground the policy does not offer."""
    may = offered(pack, local_day(at))
    for field, code, bases in (("basis", asked.basis, may.first), ("special_basis", asked.special_basis, may.special)):
        if code and code not in {each.id for each in bases}:
            raise NotComplete(field, "Choose a lawful basis that the policy offers")
    grounds = pack.words.get("override_ground")
    if asked.override_ground and grounds and grounds.word_of(asked.override_ground) is None:
        raise NotComplete("override_ground", "Choose a ground that the policy names")


def in_words(pack: Pack, asked: Asked) -> dict[str, str]:
    """Basis and ground as the chronology tells them, each with its law or its reason."""
    said = {}
    bases = [called(pack, code) for code in (asked.basis, asked.special_basis) if code]
    if bases:
        said["basis"] = f"Lawful basis: {'; '.join(bases)}"
    if asked.override_why.strip():
        ground = pack.label("override_ground", asked.override_ground, "")
        said["override"] = f"Without agreement: {ground + ': ' if ground else ''}{asked.override_why}"
    return said

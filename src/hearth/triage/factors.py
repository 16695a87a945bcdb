"""What the policy would have triage look for in those affected: circumstances, where the harm comes from, the home."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hearth.access.terms import InACircle
from hearth.concerns.terms import NotComplete
from hearth.policy.packs import Pack
from hearth.policy.packs.words import Word
from hearth.timescales.standing import pack_for
from hearth.triage.terms import FACTORS


def factors_in(pack: Pack) -> Mapping[str, Sequence[Word]]:
    """The lists a policy has, with their words."""
    return {listed: pack.words[listed].words for listed in FACTORS if listed in pack.words}


def factor(listed: str, code: str) -> str:
    """One word of a list, as a decision keeps it."""
    return f"{listed}:{code}"


def labels_of(factors: Iterable[str], listed: str, pack: Pack) -> list[str]:
    """The words that were chosen from one list, as the policy calls them; one it no longer has keeps its code."""
    chosen = (each.partition(":") for each in factors)
    return [pack.label(listed, code, code) for name, _colon, code in chosen if name == listed]


def require_factors(about: InACircle, factors: Sequence[str], *, at: datetime) -> None:
    """Raise NotComplete where one is none of the words of the policy."""
    known = {factor(listed, word.code) for listed, words in factors_in(pack_for(about, at)).items() for word in words}
    if unknown := sorted(set(factors) - known):
        raise NotComplete("factors", f"The policy in force has no word “{unknown[0]}”. Choose among its own.")

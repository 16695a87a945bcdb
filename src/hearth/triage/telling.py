"""Which agencies the policy has told of a type of harm: always, where it is to be considered, or not by rule.

Where one is always told, whoever decides and may refer does so with the decision, unless it was told already. Where
others refer, the decision stands and says who is still to be told: a rule on telling holds up nobody who may not tell.
"""

from collections.abc import Collection
from dataclasses import dataclass

from hearth.policy.packs import Pack
from hearth.policy.packs.information import Must

FIRST = "Refer to them with the decision, or from the concern before you decide."
SAYS = {
    Must.ALWAYS: "This kind of harm is always told to",
    Must.CONSIDER: "Consider telling of this kind of harm",
    Must.NONE: "Of this kind of harm the policy has nobody tell by rule",
}


@dataclass(frozen=True)
class ToTell:
    """An agency the policy speaks of for a type of harm, and the clause that does."""

    agency: str
    called: str
    must: Must
    clause: str

    @property
    def sentence(self) -> str:
        """What the policy says, as it is shown."""
        return f"{SAYS[self.must]}: {self.called} ({self.clause})."


def to_tell(pack: Pack, harm: str, subject: str) -> tuple[ToTell, ...]:
    """What the policy says of telling whom, for a type of harm and whom it is about; the strictest first."""
    plain = pack.words["abuse_type"].canonical(harm) if harm and "abuse_type" in pack.words else None
    found = [each for each in pack.referring.values() if each.harm in (harm, plain) and each.reaches(subject)]
    order = list(Must)
    return tuple(
        ToTell(each.to, pack.label("agency", each.to, each.to.replace("_", " ")), each.must, each.clause)
        for each in sorted(found, key=lambda each: order.index(each.must))
    )


def still_to_tell(rules: Collection[ToTell], told: Collection[str]) -> tuple[ToTell, ...]:
    """Those that are always told and were not yet."""
    return tuple(each for each in rules if each.must is Must.ALWAYS and each.agency not in told)

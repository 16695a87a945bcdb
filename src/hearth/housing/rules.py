"""Which step may follow which when a home is made safe again."""

from collections.abc import Set

from hearth.housing.terms import HazardClass, HazardStep

# What must have happened before a step, any one of the set. An emergency may be made safe before anybody writes a word.
NEEDS: dict[HazardStep, frozenset[HazardStep]] = {
    HazardStep.CLASSIFIED: frozenset(),
    HazardStep.INVESTIGATED: frozenset(),
    HazardStep.SUMMARY_GIVEN: frozenset({HazardStep.INVESTIGATED}),
    HazardStep.MADE_SAFE: frozenset(),
    HazardStep.DECANTED: frozenset(),
    HazardStep.PREVENTION_BEGUN: frozenset({HazardStep.INVESTIGATED}),
    HazardStep.PREVENTION_DELAYED: frozenset({HazardStep.INVESTIGATED}),
    HazardStep.CLOSED: frozenset({HazardStep.CLASSIFIED}),
}

# Steps that may be taken again: a competent person may think again, and a delay may be followed by another.
MAY_COME_AGAIN = frozenset({HazardStep.CLASSIFIED, HazardStep.PREVENTION_DELAYED})

# Steps that say why, in words.
SAY_WHY = frozenset({HazardStep.CLASSIFIED, HazardStep.DECANTED, HazardStep.PREVENTION_DELAYED, HazardStep.CLOSED})

# Classes after which nothing need be made safe before the hazard is closed.
NOTHING_TO_DO = frozenset({HazardClass.NOT_SIGNIFICANT, HazardClass.NO_HAZARD})


def may_take(step: HazardStep, taken: Set[HazardStep]) -> bool:
    """Whether a step may be taken after those already taken."""
    if HazardStep.CLOSED in taken or (step in taken and step not in MAY_COME_AGAIN):
        return False
    return not NEEDS[step] or bool(NEEDS[step] & taken)


def may_close(hazard_class: str, taken: Set[HazardStep]) -> bool:
    """Whether a hazard may be closed: it is none, or the home is safe or empty."""
    return hazard_class in NOTHING_TO_DO or not taken.isdisjoint({HazardStep.MADE_SAFE, HazardStep.DECANTED})

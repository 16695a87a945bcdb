"""What a fill will write: how many stretches of cases, with which ids, by whom. The same seed gives the same plan."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hearth.access.references import ALPHABET

STRETCH = 200  # cases copied at once
YEARS = timedelta(days=3 * 365)
# Ids kept for each case of a stretch. More than a stretch ever needs: a gap costs nothing, running over would clash.
ROOM: Mapping[str, int] = {
    "access_circle": 3, "access_grant": 12, "access_circlelink": 1, "people_household": 1, "people_person": 2,
    "people_householdmember": 2, "housing_home": 1, "housing_tenancy": 1, "housing_tenancymember": 2,
    "housing_hazard": 1, "concerns_concern": 2, "triage_decision": 2, "triage_watch": 1, "cases_case": 1,
    "cases_caseconcern": 2, "cases_handover": 2, "cases_riskband": 3, "cases_contact": 8, "cases_note": 8,
    "cases_action": 5, "cases_review": 4, "cases_closure": 1, "partners_referral": 1, "people_role": 4,
    "ledger_entry": 60, "timescales_clock": 40, "timescales_notice": 30,
}  # fmt: skip
# Every number below 28 to the fifth becomes another one: no two references are the same, and none follows another.
CHARACTERS = len(ALPHABET)
MANY = CHARACTERS**5
STRIDE = 7_368_787


@dataclass(frozen=True)
class Staff:
    """Who does what, by user id. Their number grows with the cases, so that each has as many as people really have."""

    reporters: tuple[int, ...]
    triage: tuple[int, ...]
    workers: tuple[int, ...]
    managers: tuple[int, ...]
    surveyors: tuple[int, ...]
    leads: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A whole fill."""

    cases: int
    seed: int
    now: datetime
    first: Mapping[str, int]
    taken: frozenset[str]
    first_reference: int
    staff: Staff
    planted: Mapping[int, tuple[str, ...]]

    @property
    def stretches(self) -> int:
        return -(-self.cases // STRETCH)

    def cases_of(self, stretch: int) -> range:
        return range(stretch * STRETCH, min(self.cases, (stretch + 1) * STRETCH))


@dataclass
class Numbers:
    """The ids and references of one stretch."""

    plan: Plan
    stretch: int
    _next: dict[str, int] = field(default_factory=dict)
    _references: int = 0

    def new(self, table: str) -> int:
        """The next id of a table."""
        room = ROOM[table] * STRETCH
        used = self._next.get(table, 0)
        if used >= room:
            raise OverflowError(f"a stretch needs more than {room} rows of {table}")
        self._next[table] = used + 1
        return self.plan.first[table] + self.stretch * room + used

    def reference(self, prefix: str) -> str:
        """A reference nobody has, in the form people say aloud."""
        while True:
            at = self.plan.first_reference + self.stretch * STRETCH * 4 + self._references
            self._references += 1
            made = spelled(prefix, at * STRIDE % MANY)
            if made not in self.plan.taken:
                return made


def spelled(prefix: str, number: int) -> str:
    """A number below 28 to the fifth as a reference with its check character."""
    body = ""
    for _ in range(5):
        number, value = divmod(number, CHARACTERS)
        body += ALPHABET[value]
    total = 0
    for place, character in enumerate(reversed(body)):
        addend = ALPHABET.index(character) * (1 if place % 2 else 2)
        total += addend // CHARACTERS + addend % CHARACTERS
    return f"{prefix}-{body[:4]}-{body[4]}{ALPHABET[-total % CHARACTERS]}"


def planted_words(cases: int, words: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Which case's first note holds which of the words that stand in exactly so many notes."""
    found: dict[int, list[str]] = {}
    for hits, each in words.items():
        for place, word in enumerate(each):
            often = min(hits, cases)
            for turn in range(often):
                found.setdefault((turn * cases // often + place) % cases, []).append(word)
    return {case: tuple(several) for case, several in found.items()}


def randomness(plan: Plan, stretch: int) -> random.Random:
    """The chances of one stretch, whoever writes it and in whatever order."""
    return random.Random(f"{plan.seed}:{stretch}")  # noqa: S311 - invented data, to be the same again

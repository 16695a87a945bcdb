"""Conditions: a closed list over declared facts. Equals, one of, at least, present; all or any of these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hearth.policy.terms import Fact

type Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Equals:
    fact: str
    value: Fact

    def holds(self, facts: Facts) -> bool:
        found = facts.get(self.fact)
        return found == self.value and isinstance(found, bool) == isinstance(self.value, bool)


@dataclass(frozen=True, slots=True)
class OneOf:
    fact: str
    values: tuple[Fact, ...]

    def holds(self, facts: Facts) -> bool:
        found = facts.get(self.fact)
        return any(found == value and isinstance(found, bool) == isinstance(value, bool) for value in self.values)


@dataclass(frozen=True, slots=True)
class AtLeast:
    fact: str
    number: int

    def holds(self, facts: Facts) -> bool:
        found = facts.get(self.fact)
        return isinstance(found, int) and not isinstance(found, bool) and found >= self.number


@dataclass(frozen=True, slots=True)
class Present:
    """The fact is known; a "yes or no" counts as present only when it is yes, so that "reason given: no" is not."""

    fact: str

    def holds(self, facts: Facts) -> bool:
        return facts.get(self.fact) not in (None, "", False)


@dataclass(frozen=True, slots=True)
class AllOf:
    of: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool:
        return all(each.holds(facts) for each in self.of)


@dataclass(frozen=True, slots=True)
class AnyOf:
    of: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool:
        return any(each.holds(facts) for each in self.of)


type Condition = Equals | OneOf | AtLeast | Present | AllOf | AnyOf


def compared(condition: Condition | None) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Every fact a condition looks at, with the values it is compared with, for the checker."""
    match condition:
        case None:
            return
        case AllOf(of) | AnyOf(of):
            for each in of:
                yield from compared(each)
        case Equals(fact, value):
            yield fact, (value,)
        case OneOf(fact, values):
            yield fact, values
        case AtLeast(fact, number):
            yield fact, (number,)
        case Present(fact):
            yield fact, ()


def could_hold(condition: Condition, known: Facts) -> bool:
    """Whether it holds already, or could once what is not known yet is answered."""
    match condition:
        case AllOf(of):
            return all(could_hold(each, known) for each in of)
        case AnyOf(of):
            return any(could_hold(each, known) for each in of)
        case _:
            return condition.fact not in known or condition.holds(known)


def needed(condition: Condition | None) -> frozenset[str]:
    """The facts without which it cannot hold. Where any of several would do, none of them is needed by itself."""
    match condition:
        case None | AnyOf():
            return frozenset()
        case AllOf(of):
            return frozenset[str]().union(*(needed(each) for each in of))
        case _:
            return frozenset({condition.fact})

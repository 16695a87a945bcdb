"""The ages a policy draws: who is a child, who is an adult it protects, and whether a child not yet born is thought of.

A nation draws its own: in Scotland somebody of sixteen may be an adult at risk of harm, and is a child all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hearth.policy.packs.documents import Definition
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem

CHILD, ADULT = "child", "adult"


@dataclass(frozen=True, slots=True)
class Ages:
    """The definitions that draw an age, and whether they reach a child not yet born; nothing where none is drawn."""

    child: Definition | None
    adult: Definition | None
    unborn: bool

    def is_child(self, age: int) -> bool:
        """Whether somebody of an age is a child. Where the policy draws no age, nobody is said to be one."""
        return self.child is not None and self.child.under_age is not None and age < self.child.under_age

    def may_be_adult(self, age: int) -> bool:
        """Whether somebody of an age may be an adult the policy protects."""
        return self.adult is None or self.adult.from_age is None or age >= self.adult.from_age


def ages_of(pack: Pack) -> Ages:
    """The ages in force: the provider's own word first, then that of what it builds on."""
    children, adults = _about(pack, CHILD), _about(pack, ADULT)
    return Ages(
        child=next((each for each in children if each.under_age), None),
        adult=next((each for each in adults if each.from_age), None),
        unborn=any(each.unborn for each in children),
    )


def check_ages(pack: Pack) -> Iterator[Problem]:
    """One policy draws one age: two that differ would ask one person two things."""
    children = [each for each in _about(pack, CHILD) if each.under_age]
    adults = [each for each in _about(pack, ADULT) if each.from_age]
    for drawn, ages in (
        (children, [each.under_age for each in children]),
        (adults, [each.from_age for each in adults]),
    ):
        for other, age in zip(drawn[1:], ages[1:], strict=True):
            if age != ages[0]:
                yield Problem(
                    drawn[0].place, f"“{drawn[0].id}” and “{other.id}” draw different ages: {ages[0]} and {age}"
                )


def _about(pack: Pack, subject: str) -> list[Definition]:
    """The definitions of a child or of an adult, those of the policy itself first."""
    found = [each for each in pack.definitions.values() if each.subject == subject]
    return sorted(found, key=lambda each: each.place.pack != pack.name)

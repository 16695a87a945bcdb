"""People, and what one concern or case says about them."""

from hearth.people.models.ability import CapacityDecision, Communication
from hearth.people.models.person import (
    Household,
    HouseholdMember,
    Person,
    Relationship,
    Role,
    SafeContact,
    SaidToLiveThere,
    Wish,
)

__all__ = [
    "CapacityDecision",
    "Communication",
    "Household",
    "HouseholdMember",
    "Person",
    "Relationship",
    "Role",
    "SafeContact",
    "SaidToLiveThere",
    "Wish",
]

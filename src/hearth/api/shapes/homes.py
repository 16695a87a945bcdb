"""Unsafe homes, and what is found in the register."""

import uuid
from datetime import date, datetime

from pydantic import Field

from hearth.api.shapes.limits import Limit
from hearth.api.words import MaybeShort, Name, Shape, Short, Version
from hearth.housing.terms import HazardClass, HazardKind, HazardSource, HazardStep, Vulnerability


class HazardLine(Shape):
    """An unsafe home in the list."""

    id: uuid.UUID = Field(description="The hazard's id.")
    address: str = Field(description="The home's address.")
    kind: HazardKind = Field(description="What is unsafe.")
    aware_at: datetime = Field(description="When the landlord came to know.")
    hazard_class: HazardClass | None = Field(description="What a competent person made of it.")
    limits: list[Limit] = Field(description="The law's limits that run.")


class Hazards(Shape):
    """Unsafe homes that are not closed, those known longest first."""

    hazards: list[HazardLine] = Field(description="Every one.")


class Hazard(Shape):
    """One unsafe home: no names, and nothing that leads back to a concern."""

    id: uuid.UUID = Field(description="The hazard's id.")
    version: int = Field(description="Its version, to send with a change.")
    home: uuid.UUID = Field(description="The home's id.")
    address: str = Field(description="The home's address.")
    kind: HazardKind = Field(description="What is unsafe.")
    vulnerable: list[Vulnerability] = Field(description="Why it may harm somebody there more than most.")
    source: HazardSource = Field(description="How the landlord came to know.")
    aware_at: datetime = Field(description="When.")
    hazard_class: HazardClass | None = Field(description="What a competent person made of it.")
    class_why: str = Field(description="Why.")
    work_needed: bool | None = Field(description="Whether the investigation found that work is needed.")
    taken: list[HazardStep] = Field(description="The steps taken so far.")
    limits: list[Limit] = Field(description="The law's limits.")


class Classifying(Shape):
    """What a competent person makes of a hazard, for those who live there."""

    version: Version
    hazard_class: HazardClass = Field(description="What it is, for the people who live there.")
    why: Short = Field(description="Why, thinking of who lives there.")


class Stepping(Shape):
    """The next step."""

    version: Version
    step: HazardStep = Field(description="What has been done.")
    work_needed: bool | None = Field(None, description="With `investigated`: is work needed?")
    why: MaybeShort = Field("", description="Anything to say about it.")


class LookingForHome(Shape):
    """An address, postcode, UPRN or reference of ours. It stands in the body, so that no address holds it."""

    text: Name = Field(description="What to look for. Spelling may differ.")


class FoundHome(Shape):
    """A home. It tells nobody who lives there."""

    id: uuid.UUID = Field(description="The home's id.")
    address: str = Field(description="Its address.")
    reference: str = Field(description="The landlord's reference.")
    uprn: str = Field(description="Its unique property reference number.")


class FoundHomes(Shape):
    """Homes, best first."""

    homes: list[FoundHome] = Field(description="At most 25.")


class LookingForPerson(Shape):
    """A name. It stands in the body, so that no address holds it."""

    name: Name = Field(description="The name. Spelling and accents may differ.")


class FoundPerson(Shape):
    """Somebody found, with the home they live in as far as the register says."""

    id: uuid.UUID = Field(description="The person's id.")
    name: str = Field(description="Their name.")
    known_as: str = Field(description="The name they go by.")
    born_on: date | None = Field(description="When they were born, where it is known.")
    age_about: int | None = Field(description="How old they seemed, where only that is known.")
    from_register: bool = Field(description="Whether they come from the register, or only from a record you may see.")
    home: uuid.UUID | None = Field(description="The home's id.")
    address: str = Field(description="The home's address.")


class FoundPeople(Shape):
    """People, best first."""

    people: list[FoundPerson] = Field(description="At most 25.")

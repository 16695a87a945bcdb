"""The policy in force, as far as the API's fields need its codes, and who works here."""

import uuid

from pydantic import Field

from hearth.api.words import Shape


class Coded(Shape):
    """A code and what it says."""

    code: str = Field(description="The code to send.")
    label: str = Field(description="What it says, in local words.")


class Harm(Coded):
    """A kind of harm: what else it was called, what it counts as, and its codes in national collections."""

    earlier: list[str] = Field(description="What it was called before. `POST …/decision` takes these words too.")
    means: str = Field(description="The code it counts as, where it is a local kind of another.")
    national: dict[str, str] = Field(description="Its code in each national collection that has one: `sac`, `cin`, …")


class Policy(Shape):
    """The policy in force. Nothing in it is confidential."""

    name: str = Field(description="The pack's name.")
    title: str = Field(description="The policy's title.")
    version: str = Field(description="Its version.")
    signs: list[Coded] = Field(description="Signs one can notice.")
    decisions: list[Coded] = Field(description="What triage may decide.")
    harms: list[Harm] = Field(description="Kinds of harm.")
    factors: list[Coded] = Field(description="What may be known of those affected, where the policy has it.")
    levels: list[Coded] = Field(description="Levels triage chooses from, where the policy has them.")
    bases: list[Coded] = Field(description="Lawful bases a referral may be shared on today.")
    special_bases: list[Coded] = Field(description="What also allows sharing health, belief, origin or sex life.")
    override_grounds: list[Coded] = Field(description="Grounds for referring although somebody refused.")
    clauses: list[Coded] = Field(description="Every clause, in short.")
    companies: list[Coded] = Field(description="The companies of the group, for `company`. One company names none.")


class ColleagueHere(Shape):
    """Somebody who may be offered a case, own an action or keep watch."""

    id: uuid.UUID = Field(description="Their id.")
    name: str = Field(description="Their name.")
    post: str = Field(description="One of their posts.")


class Colleagues(Shape):
    """Colleagues of the case team and of triage, by name."""

    colleagues: list[ColleagueHere] = Field(description="Every one.")

"""Another agency's own process."""

import uuid
from datetime import date
from enum import StrEnum

from pydantic import Field

from hearth.api.shapes.limits import Limit
from hearth.api.words import Code, Day, MaybeName, Shape, Short
from hearth.partners.terms import Agency, Process


class Plan(StrEnum):
    """What a conference decides."""

    PROTECTION_PLAN = "protection_plan"
    CHILD_IN_NEED_PLAN = "child_in_need_plan"
    NO_PLAN = "no_plan"


class Beginning(Shape):
    """A process that has begun."""

    process: Process = Field(description="Which.")
    began_on: Day = Field(description="On which day.")
    referred_on: Day | None = Field(
        None, description="For an assessment or a section 47 enquiry: when it was referred."
    )
    strategy_discussion_on: Day | None = Field(None, description="For a section 47 enquiry.")
    meets_on: Day | None = Field(None, description="For a multi-agency risk conference: when it meets.")
    lead_practitioner: MaybeName = Field("", description="Who leads it there.")


class SteppingOn(Shape):
    """One step of a process."""

    step: Code = Field(description="Which; see `steps` of the process.")
    on: Day = Field(description="On which day.")
    what: Short = Field(description="What came of it.")
    outcome: Plan | None = Field(None, description="Of a first conference: which plan.")
    lead_practitioner: MaybeName = Field("", description="Who leads it there now.")


class AProcess(Shape):
    """A process and where it stands."""

    id: uuid.UUID = Field(description="The process's id.")
    case: uuid.UUID = Field(description="The case it is watched from.")
    process: Process = Field(description="Which.")
    agency: Agency = Field(description="Whose.")
    started_on: date = Field(description="Since when.")
    lead_practitioner: str = Field(description="Who leads it there.")
    ended_on: date | None = Field(description="When it ended.")
    outcome: str = Field(description="How it ended.")
    steps: list[str] = Field(description="The steps it may take from here.")
    limits: list[Limit] = Field(description="The limits of its agency that we watch.")


class Recognising(Shape):
    """High risk of domestic abuse."""

    on: Day | None = Field(
        None, description="On which day it was recognised; none is today. The limit for the conference counts from it."
    )
    score: int | None = Field(
        None, ge=0, le=99, description="What the checklist gave; none where you judge without it."
    )
    why: Short = Field(description="What shows it.")

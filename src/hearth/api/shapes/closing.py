"""Everything the gates ask before a case closes."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from hearth.api.words import MaybeShort, Shape, Words, codes
from hearth.cases.terms import ChildDecision, CloseOutcome, Stage, WishesAnswered

CaseStage = Annotated[Stage, codes(Stage)]


class Closing(Shape):
    """How the case ended."""

    outcome: CloseOutcome = Field(description="How it ended.")
    why: Words = Field(description="How it ended, and why it may be closed.")
    wishes_answered: WishesAnswered = Field(description="Did what the person wanted come about?")
    wishes_why: MaybeShort = Field("", description="If nobody asked: why not?")
    child_decision: ChildDecision = Field(description="What you decided for every child of the household.")
    child_why: MaybeShort = Field("", description="What shows that.")
    change_seen: MaybeShort = Field("", description="What has changed that you saw yourself.")
    breach_reason: MaybeShort = Field("", description="If it ran past its target: why?")
    watched_reason: MaybeShort = Field("", description="If another agency's process still runs: why close now?")


class Closed(Shape):
    """The case as it stands now."""

    id: uuid.UUID = Field(description="The case's id.")
    stage: CaseStage = Field(description="Where it stands.")


class ClosureRefused(Shape):
    """Closing was asked for last and not approved."""

    by: str = Field(description="Who did not approve it.")
    at: datetime = Field(description="When.")
    why: str = Field(description="Why the case should not close yet.")


class ClosureWaiting(Shape):
    """A closure that waits for a second approver."""

    asked_by: str = Field(description="Who asked for it.")
    asked_at: datetime = Field(description="When.")
    outcome: CloseOutcome = Field(description="How the case ended.")
    why: str = Field(description="How it ended, and why it may be closed.")
    wishes_answered: WishesAnswered = Field(description="Whether what the person wanted came about.")
    wishes_why: str = Field(description="If nobody asked: why not.")
    child_decision: ChildDecision = Field(description="What was decided for every child of the household.")
    child_why: str = Field(description="What shows that.")
    change_seen: str = Field(description="What has changed that was seen.")
    breach_reason: str = Field(description="Why it ran past its target.")
    watched_reason: str = Field(description="Why it closes although another agency's process runs.")

"""An action as the API takes and tells it."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from hearth.api.words import (
    Day,
    Keyed,
    MaybeName,
    MaybeShort,
    Shape,
    Short,
    Version,
    Who,
    codes,
)
from hearth.cases.terms import Stage

CaseStage = Annotated[Stage, codes(Stage)]


class Action(Shape):
    """One thing somebody will do."""

    id: uuid.UUID = Field(description="The action's id.")
    version: int = Field(description="Its version.")
    text: str = Field(description="What will be done.")
    for_whom: str = Field(description="For whom.")
    owner: Who = Field(description="Who does it.")
    due_on: date = Field(description="By which day.")
    done_at: datetime | None = Field(description="When it was done.")
    result: str = Field(description="What came of it.")
    dropped_at: datetime | None = Field(description="When it was dropped, as no longer needed.")
    dropped_why: str = Field(description="Why it is no longer needed.")
    owner_has_left: bool = Field(description="Whether nobody does it: who had it may sign in no more.")


class Planning(Keyed):
    """One thing somebody will do."""

    text: Short = Field(description="What will be done.")
    owner: uuid.UUID = Field(description="The colleague who does it.")
    due_on: Day = Field(description="By which day.")
    for_whom: MaybeName = Field("", description="For whom.")


class Replanning(Shape):
    """Changing an action."""

    version: Version
    text: Short = Field(description="What will be done.")
    due_on: Day = Field(description="By which day.")


class Finishing(Shape):
    """What came of an action."""

    result: Short = Field(description="What came of it.")


class Giving(Shape):
    """Who does an action from now on. Its day stays."""

    owner: uuid.UUID = Field(description="The colleague who does it from now on.")
    words: MaybeShort = Field("", description="What they should know.")


class Dropping(Shape):
    """An action that is no longer needed."""

    why: Short = Field(description="Why it is no longer needed.")

"""What waits for somebody, what is due, notices and alerts."""

import uuid
from datetime import date, datetime

from pydantic import Field

from hearth.api.shapes.limits import Limit
from hearth.api.words import Shape
from hearth.outbound.terms import AlertKind, NoticeWords


class Waiting(Shape):
    """A promise, and the record it was made about."""

    limit: Limit = Field(description="The promise with its clock.")
    kind: str = Field(description="What kind of record: concern, case, action, hazard or referral.")
    record: uuid.UUID | None = Field(description="The record to open, where you may.")
    called: str = Field(description="How it is called.")


class Due(Shape):
    """Every running limit one may know of, the soonest first."""

    waiting: list[Waiting] = Field(description="At most 25.")
    next: str | None = Field(description="`after` of the next page.")


class MyAction(Shape):
    """Something I said I would do."""

    id: uuid.UUID = Field(description="The action's id.")
    case: uuid.UUID = Field(description="The case's id.")
    reference: str = Field(description="The case's reference.")
    text: str = Field(description="What will be done.")
    due_on: date = Field(description="By which day.")


class MyWatch(Shape):
    """A concern I keep in view."""

    concern: uuid.UUID = Field(description="The concern's id.")
    reference: str = Field(description="The concern's reference.")
    review_on: date = Field(description="When it is looked at again.")


class InvitedCase(Shape):
    """A case I was let into by name."""

    id: uuid.UUID = Field(description="The case's id.")
    reference: str = Field(description="The case's reference.")
    until: datetime | None = Field(description="Until when I may read it, where that has an end.")


class Alert(Shape):
    """Somebody may be in danger now, or a concern wants a first look the same evening."""

    id: uuid.UUID = Field(description="The alert's id.")
    kind: AlertKind = Field(description="Which of the two.")
    raised_at: datetime = Field(description="When it was raised.")
    rung_at: datetime = Field(description="When somebody was last rung.")


class Notice(Shape):
    """Something I am told. It names nobody."""

    id: uuid.UUID = Field(description="The notice's id.")
    words: NoticeWords = Field(description="What it says.")
    kind: str = Field(description="What kind of record it is about.")
    record: uuid.UUID | None = Field(description="The record's id.")
    at: datetime = Field(description="When.")
    read_at: datetime | None = Field(description="When I said I had read it.")


class MyWork(Shape):
    """What waits for me, soonest first."""

    waiting: list[Waiting] = Field(description="Promises that are mine to keep.")
    actions: list[MyAction] = Field(description="Actions of mine.")
    watches: list[MyWatch] = Field(description="Concerns I keep in view.")
    invited: list[InvitedCase] = Field(description="Cases I am invited into, whose end comes first.")
    offers: list[uuid.UUID] = Field(description="Offers of cases, as in `offers`.")
    closures: list[uuid.UUID] = Field(description="Cases whose closure waits for a second approver.")
    worries: list[uuid.UUID] = Field(description="Worries that wait for an answer.")
    alerts: list[Alert] = Field(description="Alerts nobody has taken.")
    notices: list[Notice] = Field(description="What I have not read.")


class Notices(Shape):
    """What I am told, the newest first."""

    notices: list[Notice] = Field(description="At most 100.")

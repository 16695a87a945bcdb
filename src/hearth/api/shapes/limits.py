"""A running limit, as every record shows it."""

import uuid
from datetime import date, datetime

from pydantic import Field

from hearth.api.shapes.policy import Coded
from hearth.api.words import Code, Day, Shape, Words
from hearth.policy.terms import Force, Whose
from hearth.timescales.queries import Promise
from hearth.timescales.terms import State


class Limit(Shape):
    """A promise with its clock."""

    id: uuid.UUID = Field(description="The clock's id.")
    rule: str = Field(description="The rule of the policy that started it.")
    promise: str = Field(description="What is promised.")
    clause: str = Field(description="The clause it rests on.")
    clause_text: str = Field(description="The clause, in short.")
    also: list[str] = Field(description="The clauses of your other policy that ask the same.")
    force: Force = Field(description="Whether law, the policy or only Hearth sets it.")
    whose: Whose = Field(description="Ours, or another agency's that we watch.")
    state: State = Field(description="How it stands.")
    started_at: datetime = Field(description="When it started.")
    due_at: datetime | None = Field(description="The instant it is over.")
    due_day: date | None = Field(description="The last day, where it counts in days.")
    is_over: bool = Field(description="Whether it is over now.")


class LimitHere(Shape):
    """A limit, and what the policy lets be done to it."""

    limit: Limit = Field(description="The promise with its clock.")
    grounds: list[Coded] = Field(description="On which it may stand still. Refused contact and no access never are.")
    reasons: list[Coded] = Field(description="Why it may have run over.")


class Pausing(Shape):
    """A limit stands still, or why it ran over."""

    ground: Code = Field(description="One of the policy's grounds.")
    why: Words = Field(description="What stands behind it.")


class Extending(Shape):
    """A later day for a limit."""

    to: Day = Field(description="Until which day.")
    why: Words = Field(description="Why you approve it.")


def limit(promise: Promise) -> Limit:
    """A promise as the API shows it."""
    return Limit(
        id=promise.public_id, rule=promise.rule, promise=promise.promise, clause=promise.clause,
        clause_text=promise.clause_text, also=[clause for clause, _ in promise.also], force=promise.force,
        whose=promise.whose, state=promise.state, started_at=promise.started_at, due_at=promise.due_at,
        due_day=promise.due_day, is_over=promise.is_over,
    )  # fmt: skip

"""A running limit, as every record shows it."""

import uuid
from datetime import date, datetime

from pydantic import Field

from hearth.api.words import Shape
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
    force: Force = Field(description="Whether law, the policy or only Hearth sets it.")
    whose: Whose = Field(description="Ours, or another agency's that we watch.")
    state: State = Field(description="How it stands.")
    started_at: datetime = Field(description="When it started.")
    due_at: datetime | None = Field(description="The instant it is over.")
    due_day: date | None = Field(description="The last day, where it counts in days.")
    is_over: bool = Field(description="Whether it is over now.")


def limit(promise: Promise) -> Limit:
    """A promise as the API shows it."""
    return Limit(
        id=promise.public_id, rule=promise.rule, promise=promise.promise, clause=promise.clause,
        clause_text=promise.clause_text, force=promise.force, whose=promise.whose, state=promise.state,
        started_at=promise.started_at, due_at=promise.due_at, due_day=promise.due_day, is_over=promise.is_over,
    )  # fmt: skip

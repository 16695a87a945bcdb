"""The lists of a case that grow, a page at a time."""

from pydantic import Field

from hearth.api.shapes.cases import Contact, Note, Review, RiskJudged
from hearth.api.words import Shape

NEXT = "`from` of the next page."


class Contacts(Shape):
    """Contacts of a case, the newest first."""

    contacts: list[Contact] = Field(description="At most 25.")
    next: str | None = Field(description=NEXT)


class Notes(Shape):
    """Notes of a case, the newest first."""

    notes: list[Note] = Field(description="At most 25.")
    next: str | None = Field(description=NEXT)


class Risks(Shape):
    """Judgements of the risk in a case, the newest first."""

    risks: list[RiskJudged] = Field(description="At most 25.")
    next: str | None = Field(description=NEXT)


class Reviews(Shape):
    """Reviews of a case, the newest first."""

    reviews: list[Review] = Field(description="At most 25.")
    next: str | None = Field(description=NEXT)

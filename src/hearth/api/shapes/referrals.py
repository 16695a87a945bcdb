"""A referral to another agency."""

import uuid
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from hearth.api.words import Keyed, MaybeCode, MaybeName, MaybeShort, Shape, Short, Words
from hearth.partners.terms import Agency, Answer, How
from hearth.triage.terms import SubjectKind


class Consent(StrEnum):
    """Whether the person agreed to the referral."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_NEEDED = "not_needed"


class Referring(Shape):
    """What is asked of an agency."""

    agency: Agency = Field(description="The agency.")
    how: How = Field(description="How you referred.")
    what: Words = Field(description="What you ask the agency to do, and why.")
    consent: Consent = Field(description="Whether the person agreed.")
    override_why: MaybeShort = Field("", description="Why you refer although they refused.")
    override_ground: MaybeCode = Field("", description="On which ground, by its code in `policy`.")
    basis: MaybeCode = Field("", description="The lawful basis of sharing it, by its code in `policy`.")
    special_basis: MaybeCode = Field(
        "", description="What also allows it where it tells of health, belief, origin or sex life; see `policy`."
    )
    office: MaybeName = Field("", description="The office or team.")


class ReferringFromCase(Referring, Keyed):
    """A referral made from a case."""

    is_immediate: bool = Field(False, description="Whether somebody must act at once.")


class ReferringFromConcern(ReferringFromCase):
    """A referral made from a concern."""

    subject: SubjectKind = Field(description="Whether it is about a child, an adult or both.")


class Referral(Shape):
    """A referral and where it stands."""

    id: uuid.UUID = Field(description="The referral's id.")
    case: uuid.UUID | None = Field(description="The case it hangs on.")
    concern: uuid.UUID | None = Field(description="The concern it hangs on.")
    agency: Agency = Field(description="The agency.")
    office: str = Field(description="The office or team.")
    how: How = Field(description="How it was made.")
    asked: str = Field(description="What was asked.")
    consent: Consent = Field(description="Whether the person agreed.")
    override_ground: str = Field(description="On which ground it was made although they refused.")
    override_why: str = Field(description="Why, although they refused.")
    basis: str = Field(description="The lawful basis it was shared on, by its code.")
    special_basis: str = Field(description="What also allowed it for health, belief and the like, by its code.")
    made_at: datetime = Field(description="When.")
    is_immediate: bool = Field(description="Whether somebody must act at once.")
    confirmed_at: datetime | None = Field(description="When it went in writing.")
    acknowledged_at: datetime | None = Field(description="When the agency said it has it.")
    chased_at: datetime | None = Field(description="When it was last chased.")
    answer: Answer | None = Field(description="What the agency decided.")
    answer_why: str = Field(description="Its reason.")
    answered_at: datetime | None = Field(description="When it was recorded.")


class Referrals(Shape):
    """A page of referrals."""

    referrals: list[Referral] = Field(description="Each with where it stands.")
    next: str | None = Field(description="`from` of the next page.")


class AgencyAnswer(Shape):
    """What the agency decided."""

    answer: Answer = Field(description="Its decision.")
    why: Short = Field(description="Its reason, or that it gave none.")


class Challenge(Shape):
    """Disagreeing with the agency."""

    stage: int = Field(ge=1, le=9, description="Which stage of the escalation.")
    why: Words = Field(description="Why you disagree.")

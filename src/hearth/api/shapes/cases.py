"""A case: in the list, its folder, and what is sent to work on it."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from hearth.api.shapes.actions import Action
from hearth.api.shapes.closing import ClosureRefused
from hearth.api.shapes.concerns import ConcernLine, PersonInIt, ReferralLine
from hearth.api.shapes.limits import Limit
from hearth.api.words import (
    Day,
    Keyed,
    MaybeWords,
    Moment,
    Name,
    Shape,
    Short,
    Version,
    Who,
    Words,
    codes,
)
from hearth.cases.terms import ContactKind, ContactOutcome, ReviewOutcome, Risk, Seen, Stage

CaseStage = Annotated[Stage, codes(Stage)]


class CaseLine(Shape):
    """A case in a list."""

    id: uuid.UUID = Field(description="The case's id.")
    reference: str = Field(description="The reference.")
    stage: CaseStage = Field(description="Where it stands.")
    risk: Risk = Field(description="The risk band.")
    owner: Who | None = Field(description="Who has it.")
    address: str = Field(description="The home's address.")
    due_at: datetime | None = Field(description="When our next promise falls due.")


class Cases(Shape):
    """Cases that are not closed, the soonest promise first."""

    cases: list[CaseLine] = Field(description="At most 25.")
    next: str | None = Field(description="`from` of the next page. Nobody counts them all.")


class Contact(Shape):
    """A contact or the attempt at one."""

    kind: ContactKind = Field(description="How.")
    outcome: ContactOutcome = Field(description="What came of it.")
    happened_at: datetime = Field(description="When.")
    recorded_by: str = Field(description="Who recorded it.")
    child_seen: Seen = Field(description="Whether every child was seen.")
    child_alone: Seen = Field(description="Whether a child was seen alone.")
    their_words: str = Field(description="What they said, in their own words.")
    wishes: str = Field(description="What they want to happen.")
    told_afterwards: bool | None = Field(description="Whether they were told what we do next.")
    note: str = Field(description="What happened.")


class Note(Shape):
    """A note. It is never changed."""

    id: uuid.UUID = Field(description="The note's id.")
    case: uuid.UUID = Field(description="The case's id.")
    written_at: datetime = Field(description="When.")
    written_by: str = Field(description="By whom.")
    text: str = Field(description="The words.")


class RiskJudged(Shape):
    """One judgement of the risk."""

    risk: Risk = Field(description="The band.")
    why: str = Field(description="Why.")
    set_at: datetime = Field(description="When.")
    set_by: str = Field(description="By whom.")


class Review(Shape):
    """A manager's review."""

    outcome: ReviewOutcome = Field(description="What was decided.")
    text: str = Field(description="What was found.")
    reviewed_at: datetime = Field(description="When.")
    reviewed_by: str = Field(description="By whom.")


class GivenBack(Shape):
    """The last offer of a case was given back."""

    by: str = Field(description="Who gave it back.")
    at: datetime = Field(description="When.")
    why: str = Field(description="Why.")


class Case(Shape):
    """A case's folder: the newest of each."""

    id: uuid.UUID = Field(description="The case's id.")
    reference: str = Field(description="The reference.")
    version: int = Field(description="The summary's version, to send with a change.")
    stage: CaseStage = Field(description="Where it stands.")
    restricted: bool = Field(description="Whether only those named may know of it.")
    company: str | None = Field(description="Whose policy holds for it, for `/policy`; none is the organisation's.")
    risk: Risk = Field(description="The risk band.")
    subject: str = Field(description="Whether it is about a child, an adult or both.")
    children_in_household: str = Field(description="Whether children live there or visit.")
    home: uuid.UUID | None = Field(description="The home's id.")
    address: str = Field(description="The home's address.")
    owner: Who | None = Field(description="Who has it.")
    given_back: GivenBack | None = Field(
        description="The last offer of it, where that was given back: while nobody has it, and for whoever offered it."
    )
    opened_at: datetime = Field(description="When it was opened.")
    summary: str = Field(description="What stands on top.")
    support_in_place_at: datetime | None = Field(description="When resolution and support were in place.")
    closed_at: datetime | None = Field(description="When it was closed.")
    outcome: str = Field(description="How it ended.")
    closure_waits: bool = Field(description="Whether a closure waits for a second approver.")
    closure_refused: ClosureRefused | None = Field(
        description="The last asking to close it, where it was not approved."
    )
    concerns: list[ConcernLine] = Field(description="The concerns in it.")
    people: list[PersonInIt] = Field(description="Who plays which part.")
    actions: list[Action] = Field(description="The plan.")
    contacts: list[Contact] = Field(description="Contacts, the newest first.")
    notes: list[Note] = Field(description="Notes, the newest first.")
    risks: list[RiskJudged] = Field(description="Judgements of the risk, the newest first.")
    reviews: list[Review] = Field(description="Reviews, the newest first.")
    referrals: list[ReferralLine] = Field(description="Referrals made from it.")
    limits: list[Limit] = Field(description="Its limits, each with its clause.")


class Event(Shape):
    """One line of a chronology."""

    at: datetime = Field(description="When it happened.")
    recorded_at: datetime = Field(description="When it was recorded.")
    title: str = Field(description="What happened.")
    by: str = Field(description="Who did it.")
    words: str = Field(description="What was written with it.")
    clause: str = Field(description="The clause it stands under.")


class Chronology(Shape):
    """What happened in a case and in the concerns joined to it, the oldest first."""

    events: list[Event] = Field(description="Every one.")


class Look(Shape):
    """Somebody looked."""

    at: datetime = Field(description="When.")
    by: str = Field(description="Who.")
    what: str = Field(description="At what.")


class Looks(Shape):
    """Who has looked at a case, the newest first."""

    looks: list[Look] = Field(description="Each of them.")
    next: str | None = Field(description="`from` of the next page.")


class LookingFor(Shape):
    """Words to look for. They stand in the body, so that no address holds them."""

    words: Name = Field(description="The words.")


class FoundNotes(Shape):
    """Notes that hold the words, the newest first."""

    notes: list[Note] = Field(description="At most 25.")
    only_last_year: bool = Field(description="Whether only the last twelve months were looked through.")


class Summary(Shape):
    """What stands on top of the case."""

    version: Version
    summary: Words = Field(description="What matters now, in a few sentences.")


class RecordingContact(Keyed):
    """A contact or the attempt at one. No access, refusal and no answer stop no clock."""

    kind: ContactKind = Field(description="How you were in touch.")
    outcome: ContactOutcome = Field(description="What came of it.")
    happened_at: Moment = Field(description="When, with its offset.")
    child_seen: Seen = Field(description="Did you see every child?")
    child_alone: Seen = Field(description="Did you see a child alone?")
    note: Words = Field(description="What happened.")
    their_words: MaybeWords = Field("", description="What they said, in their own words.")
    wishes: MaybeWords = Field("", description="What they want to happen.")
    told_afterwards: bool | None = Field(None, description="Were they told what we do next?")


class Writing(Keyed):
    """A note."""

    text: Words = Field(description="The note. To correct one, write another that says so.")


class JudgingRisk(Keyed):
    """The risk, judged anew."""

    risk: Risk = Field(description="How high it is now.")
    why: Words = Field(description="Why.")


class Reviewing(Keyed):
    """A manager's review."""

    outcome: ReviewOutcome = Field(description="What you decided.")
    text: Words = Field(description="What you found, and what should happen.")


class HandingOver(Keyed):
    """Offering the case to somebody."""

    to: uuid.UUID = Field(description="The colleague who is offered it.")
    what_matters: Words = Field(description="What matters most for whoever takes it on.")


class Offered(Shape):
    """A case offered to me."""

    id: uuid.UUID = Field(description="The offer's id.")
    case: uuid.UUID = Field(description="The case's id.")
    reference: str = Field(description="The case's reference.")
    offered_at: datetime = Field(description="When.")
    offered_by: str = Field(description="By whom.")
    what_matters: str = Field(description="What matters most.")


class Offers(Shape):
    """Cases that wait for me to take them or give them back."""

    offers: list[Offered] = Field(description="The oldest first.")


class GivingBack(Shape):
    """Giving a case back."""

    why: Short = Field(description="Why.")


class HowItWas(Shape):
    """How a closed case was for those it was about: what they said, or why they could not be asked."""

    said: MaybeWords = Field("", description="What they said, in their own words; empty where they could not be asked.")
    why_not: MaybeWords = Field("", description="Why they could not be asked; empty where they were.")
    on: Day | None = Field(None, description="On which day; none is today. Not before the case was closed.")


class InPlace(Shape):
    """That a resolution and the agencies' support are in place."""

    why: Words = Field(description="What is in place, and who gives it.")

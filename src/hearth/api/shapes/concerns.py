"""A concern as it is told, as its reporter sees it, and as whoever may read it whole sees it."""

import uuid
from datetime import date, datetime

from pydantic import Field

from hearth.api.shapes.decisions import AdultTest
from hearth.api.shapes.limits import Limit
from hearth.api.words import Keyed, MaybeShort, MaybeWords, Shape, Short, Version, Who, Words
from hearth.concerns.terms import MOST_SIGNS, AboutStaff, Agreed, Came, Known, Knows, Place, Stage, ToldBy
from hearth.housing.terms import HazardKind, Vulnerability
from hearth.outbound.terms import Acknowledgement
from hearth.people.terms import PartPlayed
from hearth.triage.terms import ChildThere, ForChildren, SubjectKind


class Telling(Keyed):
    """A concern. Four answers are needed; everything else may be left out. You need no proof."""

    danger_now: bool = Field(description="Is anyone in danger now? If so, ring 999 first.")
    place: Place = Field(description="Where it is: one of our homes, elsewhere, or not known.")
    noticed: Words = Field(description="What you saw, heard or were told, in their own words where you can.")
    about_staff: AboutStaff = Field(description="Is it about someone who works or volunteers for or with us?")
    about_the_lead: bool | None = Field(
        None,
        description="Needed where `about_staff` is yes or not sure: is it, or may it be, about the lead? Then the lead "
        "will not see it.",
    )
    home: uuid.UUID | None = Field(None, description="The home, where `place` is home. See `find_homes`.")
    elsewhere: MaybeShort = Field("", description="Where it is, where `place` is elsewhere.")
    who: MaybeShort = Field("", description="Whom it is about. Leave it out if you do not know the name.")
    thinks: MaybeWords = Field("", description="What you think is going on, apart from what you noticed.")
    did: MaybeWords = Field("", description="What you have done so far.")
    wishes: MaybeWords = Field("", description="What the person would like to happen, in their own words.")
    told_by: ToldBy | None = Field(None, description="Who told you.")
    may_contact: bool | None = Field(None, description="May we contact them, or you?")
    keep_name_from_family: bool | None = Field(None, description="Must we keep that name from the family?")
    contact: MaybeShort = Field("", description="How to reach them, or you, safely.")
    children_there: Known | None = Field(None, description="Do children live there or visit?")
    signs: list[str] = Field([], max_length=MOST_SIGNS, description="Codes of signs, as in `policy`.")
    vulnerable: list[Vulnerability] = Field([], max_length=len(Vulnerability), description="What fits who lives there.")
    something_else: MaybeShort = Field("", description="Something else you noticed.")
    knows: Knows | None = Field(
        None,
        description="Does the person know that you are telling us? You do not need their agreement. Do not ask where "
        "the person you worry about may be near.",
    )
    agreed: Agreed | None = Field(None, description="What they said to it, where `knows` is yes.")
    parent_told: bool | None = Field(None, description="If it is about a child: was a parent told?")
    parent_why_not: MaybeShort = Field("", description="Why no parent was told.")


class Next(Shape):
    """What the policy now promises."""

    promise: str = Field(description="What will happen.")
    clause: str = Field(description="The clause that promises it.")
    source: str = Field(description="Whether law, the policy or only Hearth sets it.")
    due_at: datetime | None = Field(description="By when.")
    due_day: date | None = Field(description="The last day, where it counts in days.")


class ConcernReceipt(Shape):
    """The concern is kept."""

    id: uuid.UUID = Field(description="The concern's id.")
    reference: str = Field(description="The reference to say aloud.")
    is_new: bool = Field(description="False where the same key brought it before.")
    next_steps: list[Next] = Field(description="What happens next, the soonest first.")
    on_call: Acknowledgement = Field(
        description="Whether somebody on call has taken it. Until it says acknowledged, ring the number yourself."
    )
    ring: str = Field(description="The number of whoever is on call.")
    repairs_told: bool = Field(
        description="Whether repairs were told of an unsafe home. They are not where no home of ours was named."
    )


class MyWorry(Shape):
    """That one said one is still worried, and the answer."""

    raised_at: datetime = Field(description="When it was said.")
    why: str = Field(description="What was said.")
    answered_at: datetime | None = Field(description="When a lead answered.")
    answer: str = Field(description="What the lead answered.")


class MyConcern(Shape):
    """One's own concern: no more than its reporter may know."""

    id: uuid.UUID = Field(description="The concern's id.")
    reference: str = Field(description="The reference.")
    logged_at: datetime = Field(description="When it was logged.")
    progress: Stage = Field(description="How far it got.")
    feedback: str = Field(description="What triage chose to say.")
    worries: list[MyWorry] = Field(description="What one said since.")


class MyConcerns(Shape):
    """One's own concerns, the newest first."""

    concerns: list[MyConcern] = Field(description="At most 25.")
    next: str | None = Field(description="`from` of the next page.")


class StillWorried(Keyed):
    """Saying that one is still worried."""

    why: Short = Field(description="What still worries you. One sentence is enough.")


class ConcernLine(Shape):
    """A concern in a list."""

    id: uuid.UUID = Field(description="The concern's id.")
    reference: str = Field(description="The reference.")
    logged_at: datetime = Field(description="When it was logged.")
    danger_now: bool = Field(description="Whether somebody was in danger then.")
    stage: Stage = Field(description="How far it has come.")
    address: str = Field(description="The home's address, or where it is.")
    triage_due_at: datetime | None = Field(description="By when it is to be decided.")


class Queue(Shape):
    """What waits for a decision: danger first, then whose clock ends first."""

    concerns: list[ConcernLine] = Field(description="At most 25.")
    next: str | None = Field(description="`from` of the next page.")


class Addition(Shape):
    """Something written to a concern afterwards."""

    added_at: datetime = Field(description="When.")
    added_by: str = Field(description="By whom.")
    text: str = Field(description="The words.")
    home: uuid.UUID | None = Field(description="The home it says the concern is about.")
    home_before: uuid.UUID | None = Field(description="The home that stood there before.")


class PersonInIt(Shape):
    """Somebody who plays a part in a record."""

    person: uuid.UUID = Field(description="The person's id.")
    name: str = Field(description="Their name.")
    part: PartPlayed = Field(description="The part they play.")


class DecisionMade(Shape):
    """A decision on a concern."""

    id: uuid.UUID = Field(description="The decision's id.")
    decided_at: datetime = Field(description="When.")
    decided_by: str = Field(description="By whom.")
    outcome: str = Field(description="What was decided.")
    considered: list[str] = Field(description="What else was considered.")
    why: str = Field(description="Why.")
    clause: str = Field(description="The clause it rests on.")
    detail: str = Field(description="The advice, the service, or the process that takes it up instead.")
    subject: SubjectKind = Field(description="Whom it is about.")
    children_in_household: ChildThere = Field(description="Whether children live there or visit.")
    domestic_abuse: bool = Field(description="Whether domestic abuse is part of it, or may be.")
    child_decision: ForChildren | None = Field(description="What was decided for each child.")
    adult_wishes_only: bool | None = Field(description="Whether it rests only on what the adults wish.")
    adult_test: AdultTest | None = Field(description="The adult test, where it is about an adult.")
    harm: str = Field(description="What kind of harm, by its code in `policy`.")
    harm_national: dict[str, str] = Field(description="Its codes in national collections, by the policy of that time.")
    factors: list[str] = Field(description="What was known of those affected, by the codes of `factors` in `policy`.")
    level: str = Field(description="Which level it reaches, by its code in `policy`.")


class ReferralLine(Shape):
    """A referral in a record."""

    id: uuid.UUID = Field(description="The referral's id.")
    agency: str = Field(description="The agency.")
    made_at: datetime = Field(description="When it was made.")
    answer: str = Field(description="What the agency decided, if it has.")


class Concern(Shape):
    """A concern, whole, for whoever may read it."""

    id: uuid.UUID = Field(description="The concern's id.")
    version: int = Field(description="Its version, to send with a change.")
    reference: str = Field(description="The reference.")
    stage: Stage = Field(description="How far it has come.")
    restricted: bool = Field(description="Whether only those named may know of it.")
    company: str | None = Field(description="Whose policy holds for it, for `/policy`; none is the organisation's.")
    logged_at: datetime = Field(description="When it was logged.")
    came_by: Came = Field(description="By which way.")
    reported_by: str = Field(description="Who logged it.")
    danger_now: bool = Field(description="Whether somebody was in danger then.")
    about_staff: AboutStaff = Field(description="Whether it is about someone who works with us.")
    place: Place = Field(description="Where.")
    home: uuid.UUID | None = Field(description="The home's id.")
    address: str = Field(description="The home's address, or where it is.")
    who: str = Field(description="Whom it is about, as told.")
    noticed: str = Field(description="What was seen, heard or told. These words never change.")
    thinks: str = Field(description="What the reporter thinks.")
    did: str = Field(description="What the reporter did.")
    wishes: str = Field(description="What the person wishes.")
    told_by: ToldBy | None = Field(description="Who told the reporter.")
    may_contact: bool | None = Field(description="Whether they may be contacted.")
    keep_name_from_family: bool | None = Field(description="Whether that name is kept from the family.")
    contact: str = Field(description="How to reach them safely.")
    children_there: Known | None = Field(description="Whether children live there or visit.")
    signs: list[str] = Field(description="Codes of the signs ticked.")
    vulnerable: list[str] = Field(description="What fits who lives there.")
    something_else: str = Field(description="Something else noticed.")
    knows: Knows | None = Field(description="Whether the person knows.")
    agreed: Agreed | None = Field(description="What they said to it.")
    parent_told: bool | None = Field(description="Whether a parent was told.")
    parent_why_not: str = Field(description="Why no parent was told.")
    outcome: str = Field(description="The last decision.")
    looked_at_by: Who | None = Field(description="Who looks at it.")
    additions: list[Addition] = Field(description="What was added, the oldest first.")
    people: list[PersonInIt] = Field(description="Who plays which part in it.")
    earlier: list[ConcernLine] = Field(
        description="Other concerns at the same home, then those about somebody in this one."
    )
    decisions: list[DecisionMade] = Field(description="Every decision, the newest first.")
    referrals: list[ReferralLine] = Field(description="Referrals made from it.")
    limits: list[Limit] = Field(description="Its limits, each with its clause.")


class PlacingConcern(Shape):
    """Which home of ours a concern is about."""

    version: Version
    home: uuid.UUID | None = Field(description="The home, or none where it is about none of ours. See `find_homes`.")
    why: Words = Field(description="How you know. It is kept with the concern.")


class TellingRepairs(Shape):
    """Something unsafe in the home of a concern. Repairs learn of nothing else in it."""

    kind: HazardKind = Field(description="What is unsafe.")
    vulnerable: list[Vulnerability] = Field([], max_length=len(Vulnerability), description="What fits who lives there.")
    known_since_told: bool = Field(
        description="Whether we have known since the concern was told, or since now. The law's limits run from then."
    )


class Adding(Keyed):
    """Something more about a concern."""

    text: Words = Field(description="What you add. What was told first stays as it was.")


class WaitingWorry(Shape):
    """A reporter who is still worried and waits for a lead who did not decide."""

    id: uuid.UUID = Field(description="Its id.")
    concern: uuid.UUID = Field(description="The concern's id.")
    reference: str = Field(description="The concern's reference.")
    raised_at: datetime = Field(description="When.")
    why: str = Field(description="What was said.")


class Worries(Shape):
    """Those who wait, the oldest first."""

    worries: list[WaitingWorry] = Field(description="At most 25.")


class Answering(Shape):
    """An answer to a reporter who is still worried."""

    answer: Short = Field(description="They see these words. Say what they may know.")

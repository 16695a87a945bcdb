"""A decision on a concern, and what is begun with it."""

import uuid

from pydantic import Field

from hearth.api.shapes.referrals import Referring
from hearth.api.words import Code, Day, Keyed, MaybeShort, MaybeWords, Shape, Words
from hearth.cases.terms import Risk
from hearth.triage.terms import ChildThere, ForChildren, Limb, Outcome, SubjectKind


class AdultTest(Shape):
    """The three parts of the adult test of the nation. *Not known* is an answer; the third is not ours to decide."""

    care_needs: Limb = Field(description="Do they have needs for care and support?")
    care_needs_why: MaybeShort = Field("", description="What shows it.")
    at_risk: Limb = Field(description="Are they experiencing, or at risk of, abuse or neglect?")
    at_risk_why: MaybeShort = Field("", description="What shows it.")
    unable_to_protect: Limb = Field(description="Because of those needs, are they unable to protect themselves?")
    unable_to_protect_why: MaybeShort = Field("", description="What shows it.")


class Watching(Shape):
    """Who keeps watch, and when it is looked at again."""

    owner: uuid.UUID = Field(description="The colleague's id.")
    until: Day = Field(description="The day it is looked at again.")


class Opening(Shape):
    """The case that is opened."""

    risk: Risk = Field(description="How high the risk is. Nothing is assumed to be low.")
    risk_why: MaybeWords = Field("", description="Why, unless `why` says it.")
    hand_to: uuid.UUID | None = Field(None, description="The colleague who is offered the case.")
    what_matters: MaybeWords = Field("", description="What matters most for whoever takes it on.")


class Deciding(Keyed):
    """The first decision on a concern, with its reasons, also when the answer is no."""

    outcome: Outcome = Field(description="What should happen.")
    considered: list[Outcome] = Field(
        min_length=1, max_length=len(Outcome), description="What else you considered, not the decision itself."
    )
    why: Words = Field(description="Why you decided this.")
    clause: Code = Field(description="The clause it rests on, as in `policy`.")
    subject: SubjectKind = Field(description="Whom it is about.")
    children_in_household: ChildThere = Field(description="Do children live there or visit?")
    domestic_abuse: bool = Field(description="Is domestic abuse part of it, or may it be?")
    child_decision: ForChildren | None = Field(None, description="What you decided for each child.")
    adult_wishes_only: bool | None = Field(None, description="Does it rest only on what the adults wish?")
    adult_test: AdultTest | None = Field(None, description="Needed where it is about an adult.")
    harm: Code | None = Field(
        None, description="What kind of harm, by its code in `policy`, or by a word the policy has or had for it."
    )
    factors: list[Code] = Field(
        [], max_length=100, description="What is known of those affected, by the codes of `factors` in `policy`."
    )
    level: Code | None = Field(None, description="Which level it reaches, by its code in `policy`.")
    detail: MaybeShort = Field("", description="The advice, the service, or the process that takes it up instead.")
    feedback: MaybeShort = Field("", description="What the reporter may be told. They see these words.")
    hold_feedback: bool = Field(False, description="Show the reporter only *received*: more would raise the risk.")
    watch: Watching | None = Field(None, description="With `watch`.")
    open_case: Opening | None = Field(None, description="With `open_case`.")
    join: uuid.UUID | None = Field(None, description="With `join`: the case's id.")
    about_the_lead: bool | None = Field(
        None, description="With `allegation`: is it, or may it be, about the lead? Then the lead will not see it."
    )
    with_whom: list[uuid.UUID] = Field(
        [], max_length=20, description="The colleagues who decided it with you, where the policy has several decide."
    )
    referral: Referring | None = Field(None, description="With `refer_now`, or beside another decision.")


class Decided(Shape):
    """What came of it."""

    decision: uuid.UUID = Field(description="The decision's id.")
    case: uuid.UUID | None = Field(description="The case that was opened or joined.")
    referral: uuid.UUID | None = Field(description="The referral that was made.")

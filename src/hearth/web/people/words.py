"""What the codes of people and homes are called on screen."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearth.housing.terms import Tenure
from hearth.people.rules import age_on
from hearth.people.terms import Asked, Birth, Capacity, Channel, ContactRule, Interpreter, PartPlayed, Source, Tie

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

TENURES: "dict[str, StrPromise]" = {
    Tenure.SOCIAL_RENT: _("Social rent"),
    Tenure.AFFORDABLE_RENT: _("Affordable rent"),
    Tenure.SUPPORTED: _("Supported housing"),
    Tenure.TEMPORARY: _("Temporary housing"),
    Tenure.LICENCE: _("Licence"),
    Tenure.SHARED_OWNERSHIP: _("Shared ownership"),
    Tenure.LEASEHOLD: _("Leasehold"),
    Tenure.PRIVATE_RENT: _("Private rent"),
    Tenure.NOT_KNOWN: _("Tenure not known"),
}
TIES: "dict[str, StrPromise]" = {
    Tie.PARENT: _("Parent"),
    Tie.CHILD: _("Child"),
    Tie.STEP_PARENT: _("Step-parent"),
    Tie.STEP_CHILD: _("Step-child"),
    Tie.GRANDPARENT: _("Grandparent"),
    Tie.GRANDCHILD: _("Grandchild"),
    Tie.SIBLING: _("Brother or sister"),
    Tie.PARTNER: _("Partner"),
    Tie.FORMER_PARTNER: _("Former partner"),
    Tie.RELATIVE: _("Other relative"),
    Tie.GUARDIAN: _("Guardian"),
    Tie.WARD: _("Child in their care"),
    Tie.CARER: _("Carer"),
    Tie.CARED_FOR: _("Cared for by them"),
    Tie.FRIEND: _("Friend"),
    Tie.LIVES_WITH: _("Lives with them"),
    Tie.NEIGHBOUR: _("Neighbour"),
    Tie.HELPS_AT_WORK: _("Helps them as part of a job"),
    Tie.HELPED_AT_WORK: _("Is helped by them as part of a job"),
}
PARTS: "dict[str, StrPromise]" = {
    PartPlayed.SUBJECT_CHILD: _("Child we are worried about"),
    PartPlayed.SUBJECT_ADULT: _("Adult we are worried about"),
    PartPlayed.CARER: _("Cares for the person"),
    PartPlayed.HOUSEHOLD_MEMBER: _("Lives in the household"),
    PartPlayed.SOURCE_OF_HARM: _("Said to be the source of harm"),
    PartPlayed.WITNESS: _("Saw or heard it"),
    PartPlayed.REPORTER: _("Told us"),
    PartPlayed.OTHER: _("Somebody else"),
}
ASKED: "dict[str, StrPromise]" = {
    Asked.SAID: _("They said what they want"),
    Asked.ASKED_NO_ANSWER: _("They were asked and did not say"),
    Asked.NOT_ABLE: _("They are not able to say"),
    Asked.NOT_SAFE: _("It was not safe to ask"),
    Asked.NOT_ASKED: _("Nobody has asked yet"),
}
SOURCES: "dict[str, StrPromise]" = {
    Source.THE_PERSON: _("The person"),
    Source.ADVOCATE: _("An advocate"),
    Source.FAMILY: _("Family"),
    Source.PROFESSIONAL: _("Another professional"),
    Source.OTHER: _("Somebody else"),
}
CHANNELS: "dict[str, StrPromise]" = {
    Channel.POST: _("Letters"),
    Channel.PHONE: _("Telephone"),
    Channel.TEXT: _("Text messages"),
    Channel.EMAIL: _("E-mail"),
    Channel.VISIT: _("Visits"),
    Channel.PORTAL: _("The tenants’ portal"),
}
RULES: "dict[str, StrPromise]" = {
    ContactRule.UNSAFE: _("Never"),
    ContactRule.ONLY_BETWEEN: _("Only between two times of the day"),
    ContactRule.CODE_WORD: _("Only with a code word"),
    ContactRule.LEAVE_NO_MESSAGE: _("Yes, and leave no message"),
    ContactRule.SAFE: _("Yes"),
    ContactRule.UNKNOWN: _("Not known: ask first"),
}
INTERPRETERS: "dict[str, StrPromise]" = {
    Interpreter.NOT_NEEDED: _("No"),
    Interpreter.NEEDED: _("Yes, and none is booked yet"),
    Interpreter.BOOKED: _("Yes, and one is booked"),
}
CAPACITY: "dict[str, StrPromise]" = {
    Capacity.HAS: _("They can make this decision"),
    Capacity.LACKS: _("They cannot make this decision at this time"),
    Capacity.NOT_YET: _("Not assessed yet; they are taken to be able"),
}


def born_or_age(birth: Birth, today: date) -> str:
    """Just enough to tell two people of one name apart: the year of birth, or about how old."""
    if birth.born_on is not None:
        return gettext("born %(year)s") % {"year": birth.born_on.year}
    age = age_on(birth, today)
    return gettext("about %(age)s years old") % {"age": age} if age is not None else ""

"""What the codes of people and homes are called on screen."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearth.housing.terms import Tenure
from hearth.people.rules import ADULT_AT, age_on
from hearth.people.terms import Birth, Tie

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


def born_or_age(birth: Birth, today: date) -> str:
    """Just enough to tell two people of one name apart: the year of birth, or about how old."""
    if birth.born_on is not None:
        return gettext("born %(year)s") % {"year": birth.born_on.year}
    age = age_on(birth, today)
    return gettext("about %(age)s years old") % {"age": age} if age is not None else ""


def is_child(birth: Birth, today: date) -> bool:
    """Whether somebody is, or seems, under eighteen."""
    age = age_on(birth, today)
    return age is not None and age < ADULT_AT

"""An unsafe home in words: what is unsafe, who lives there, and how it was judged."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hearth.assurance.terms import PARTS
from hearth.housing.terms import HazardClass
from hearth.web.concerns.questions import VULNERABLE

KINDS = PARTS["hazards_opened"]
JUDGED = {
    HazardClass.EMERGENCY: "An emergency",
    HazardClass.SIGNIFICANT: "Significant",
    HazardClass.NOT_SIGNIFICANT: "Not significant",
    HazardClass.NO_HAZARD: "No hazard",
}


def what_is_unsafe(kind: str) -> str:
    """`Damp and mould`."""
    return _(KINDS[kind])


def who_lives_there(words: Iterable[str]) -> str:
    """`A baby, An older person`: words only, never who."""
    known = dict(VULNERABLE)
    return ", ".join(str(known[each]) for each in words)


def how_judged(hazard_class: str) -> str:
    """`Not significant`."""
    return _(JUDGED[HazardClass(hazard_class)])

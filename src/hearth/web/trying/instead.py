"""Who would be told instead under a policy that was tried, in words: of what was late first, with how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.organisation.terms import Part
from hearth.policy.packs.who_is_told import Telling, ToldInstead
from hearth.timescales.simulating import TOLD
from hearth.timescales.trying import OfOne

HEARS: Mapping[str, Promise] = {
    "about_our_people": gettext_lazy("Who hears a concern about somebody who works with us"),
    "about_the_lead": gettext_lazy("Who hears a concern about the lead"),
    "still_worried": gettext_lazy("Who hears a reporter who is still worried"),
}


@dataclass(frozen=True)
class Line:
    """One thing of which somebody else would be told."""

    what: str
    was: str
    would_be: str
    clause: str
    times: int | None = None
    """How many breaches of it were told of in this time under the tried policy, where it is a promise."""


def lines_of(changed: Sequence[ToldInstead], named: Sequence[OfOne]) -> tuple[list[Line], list[Line]]:
    """What would have gone to somebody else in this time, or would from now on; and promises none of which was late."""
    told = {each.name: (each.recorded, each.tried) for each in named if each.what == TOLD}
    often: list[Line] = []
    never: list[Line] = []
    for each in changed:
        recorded, tried = told.get(each.name, (0, 0)) if each.of is Telling.LATE else (0, 0)
        line = Line(_what(each), _who(each.was), _who(each.would_be), each.clause, tried or None)
        (often if each.of is not Telling.LATE or recorded or tried else never).append(line)
    return often, never


def _what(each: ToldInstead) -> str:
    match each.of:
        case Telling.LATE:
            return each.called
        case Telling.ON_CALL:
            return _("Whom danger out of hours rings, one after the other")
        case Telling.HEARS:
            return str(HEARS.get(each.name, each.called))
        case Telling.ROUTE:
            return _("The way to: %(agency)s") % {"agency": each.called}
        case Telling.REFERRING:
            return _("Who is told of: %(harm)s") % {"harm": each.called}


def _who(told: tuple[str, ...]) -> str:
    """The posts or offices, in one line."""
    return "; ".join(_("whoever has it") if each == Part.OWNS_IT else each for each in told) or _("nobody named")

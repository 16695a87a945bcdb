"""Why something cannot be done to a limit, in plain words: said on its page, and in place of a form nobody may send."""

from django.utils.translation import gettext as _

from hearth.organisation.terms import Part
from hearth.timescales.handling import Handling
from hearth.web.administration.forms import PARTS

OVER_ALREADY = "It has ended, so nothing can be done to it."


def why_no_pause(can: Handling) -> str:
    """Why it cannot be paused, or nothing."""
    if not can.is_going:
        return _(OVER_ALREADY)
    if can.is_paused:
        return _("It stands still already.")
    if not can.grounds:
        return _("Your policy names no ground on which this limit may be paused.")
    if can.is_over:
        return _("It is over already, so a pause cannot mend it.")
    return ""


def why_no_resuming(can: Handling) -> str:
    """Why it cannot be let run again, or nothing."""
    if not can.is_going:
        return _(OVER_ALREADY)
    return "" if can.is_paused else _("It runs: it was not paused.")


def why_no_later_day(can: Handling) -> str:
    """Why this person cannot give it a later day, or nothing."""
    if not can.is_going:
        return _(OVER_ALREADY)
    if can.is_paused:
        return _("It stands still. Let it run again first.")
    if not can.extends:
        return _("Your policy lets nobody give this limit a later day.")
    if not can.may_extend:
        return _("A later day is approved by: %(who)s.") % {"who": ", ".join(map(part_called, can.extends))}
    return ""


def why_nothing_to_explain(can: Handling) -> str:
    """Why no reason is asked for, or nothing."""
    return "" if can.is_over else _("It has not run over, so there is nothing to explain.")


def part_called(code: str) -> str:
    """A part of the policy's list by its name."""
    try:
        return str(PARTS[Part(code)])
    except (KeyError, ValueError):
        return code.replace("_", " ")

"""How a promise stands, and why, in the words of whoever reads a policy."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from hearth.assurance.states import Live, Why
from hearth.policy.packs.shapes import TO_BE_CONFIRMED
from hearth.policy.terms import Force
from hearth.timescales.forces import sentence_of

STATES = {
    Live.BROKEN: (_("Broken"), "red"),
    Live.AT_RISK: (_("At risk"), "orange"),
    Live.KEPT: (_("Kept"), "green"),
    Live.IN_USE: (_("In use"), "turquoise"),
    Live.ATTESTED: (_("Attested"), "blue"),
    Live.PLANNED: (_("Planned"), "grey"),
    Live.NOT_YET: (_("Not in force yet"), "grey"),
    Live.WRITTEN: (_("Written down only"), "yellow"),
    Live.NOTHING: (_("Nothing keeps it"), "red"),
}
OURS = "ours"
STANDINGS: Mapping[str, object] = {
    "in force": _("In force"),
    TO_BE_CONFIRMED: _("To be confirmed"),
    "superseded": _("Superseded"),
}
WHYS: Mapping[Why, object] = {
    Why.STOPPED: _("Hearth stops the act each time until this is there."),
    Why.OFFERED: _("A form offers it each time. That it is offered does not prove that it is used."),
    Why.SHOWN: _("It is shown where triage decides whom a concern is about."),
    Why.NOTED: _("Hearth writes it into the ledger each time it happens. That it happens is for people to see to."),
    Why.DONE: _("It can be done in Hearth. That it is done is for people to see to."),
    Why.CLOSES: _("The record shuts by itself when the time is over."),
    Why.OVER: _("At least one is late now."),
    Why.OVER_THEIRS: _("Another agency is late with at least one now."),
    Why.WARNED: _("The one that falls due soonest was warned of."),
    Why.WAS_LATE: _(
        "None is late now; at least one was kept late in the last months, as many as the policy looks back."
    ),
    Why.IN_TIME: _("None is late, and none was kept late in the last months, as many as the policy looks back."),
    Why.HELD: _("Somebody holds this post."),
    Why.VACANT: _("Fewer hold this post than the policy requires."),
    Why.VACANT_UNASKED: _("Nobody holds this post. The policy names it and does not require that somebody does."),
    Why.DECIDERS: _("Somebody holds a post that decides."),
    Why.NO_DECIDERS: _("Nobody holds a post that decides."),
    Why.UNTOLD: "",
    Why.TO_COME: _("This part of Hearth is still to come."),
    Why.ATTESTED: _("People attest this; no system sees it."),
    Why.WRITTEN: _("It is written down in the policy. Nothing in Hearth acts on it: no page reads these words."),
}


def standing(code: str) -> object:
    """How a clause stands, in words. What is ours is for the lead to confirm."""
    return sentence_of(Force.DEFAULT) if code == OURS else STANDINGS[code]

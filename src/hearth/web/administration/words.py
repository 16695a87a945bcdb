"""What was done about a user, and what a policy asks of people, in words."""

from django.utils.translation import gettext_lazy as _

from hearth.policy.packs.workforce import EMPLOYERS as EMPLOYED_BY
from hearth.policy.packs.workforce import FORMATS as HELD_AS
from hearth.policy.packs.workforce import Level, Scheme

DONE = {
    "user.added": _("Added"),
    "user.changed": _("Changed"),
    "user.letter_sent": _("Letter to set a password sent"),
    "user.code_given": _("Given a code to set a password"),
    "user.code_used": _("The code to set a password was used"),
    "user.switched_off": _("Switched off"),
    "user.switched_on": _("Switched on again"),
    "user.linked": _("Linked to their own record"),
    "user.signed_in": _("Signed in"),
    "user.sign_in_failed": _("Somebody could not sign in to this account"),
    "user.signed_out": _("Signed out"),
    "appointment.asked": _("Asked to be put into a post"),
    "appointment.agreed": _("Agreed to"),
    "appointment.refused": _("Not agreed to"),
    "appointment.made": _("Put into a post"),
    "appointment.ended": _("Time in a post ended"),
}
HOW = {
    "password": _("with a password"),
    "code": _("with a wrong code"),
    "given_code": _("with a wrong code to set a password"),
    "directory": _("with your directory"),
    "idle": _("after doing nothing for a while"),
    "too_long": _("at the end of a long day"),
    "left": _("by leaving at once"),
}
FORMATS = {
    "any": _("in any form"),
    "e_learning": _("e-learning"),
    "classroom": _("in a classroom"),
    "briefing": _("a briefing"),
    "induction": _("at induction"),
    "reading": _("by reading"),
}
EMPLOYERS = {
    "employee": _("employees"),
    "agency": _("agency workers"),
    "contractor": _("contractors"),
    "volunteer": _("volunteers"),
    "board_member": _("board members"),
    "partner": _("partner agencies"),
}
LEVELS = {
    Level.BASIC: _("basic"),
    Level.STANDARD: _("standard"),
    Level.ENHANCED: _("enhanced"),
    Level.ENHANCED_BARRED: _("enhanced, with the barred lists"),
    Level.BY_POST: _("at the level the post allows"),
}
SCHEMES = {
    Scheme.DBS: _("DBS check"),
    Scheme.PVG: _("Member of the PVG scheme"),
    Scheme.ACCESS_NI: _("AccessNI check"),
}
# A word for everything a policy may say.
assert set(FORMATS) == HELD_AS  # noqa: S101
assert set(EMPLOYERS) == EMPLOYED_BY  # noqa: S101
assert set(LEVELS) == set(Level)  # noqa: S101
assert set(SCHEMES) == set(Scheme)  # noqa: S101

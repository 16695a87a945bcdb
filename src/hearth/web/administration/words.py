"""What was done about a user, in words."""

from django.utils.translation import gettext_lazy as _

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

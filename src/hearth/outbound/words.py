"""The fixed text of every message. It names nobody, no place, no reason and no record; only Hearth's own front door.

Two letters carry one link of their own, with which whoever they are sent to sets a password. One carries the ledger's
newest seal, which is a number, a time and a digest.
"""

from django.conf import settings
from django.utils.translation import gettext

from hearth.outbound.terms import Words


def subject(words: Words) -> str:
    """The subject line of an e-mail."""
    return {
        Words.ON_CALL_ALERT: gettext("You are needed now: sign in to Hearth"),
        Words.ON_CALL_PASSED_ON: gettext("You are needed now: sign in to Hearth"),
        Words.NOBODY_ON_CALL: gettext("Nobody is on call: sign in to Hearth now"),
        Words.FIRST_LOOK: gettext("Something wants a first look this evening: sign in to Hearth"),
        Words.FIRST_LOOK_PASSED_ON: gettext("Something wants a first look this evening: sign in to Hearth"),
        Words.ROTA_GAP: gettext("The on-call rota has a gap"),
        Words.SOMETHING_WAITS: gettext("Something waits for you in Hearth"),
        Words.WELCOME: gettext("Hearth: set your password"),
        Words.FORGOTTEN: gettext("Hearth: your link"),
        Words.ANCHOR: gettext("Hearth: keep this seal of the ledger"),
    }[words]


def body(words: Words, enclosed: str = "") -> str:
    """The text of an e-mail or a text message, with what it alone carries."""
    said = {
        Words.ON_CALL_ALERT: gettext("There is an alert and you are needed now. Sign in and acknowledge."),
        Words.ON_CALL_PASSED_ON: gettext(
            "An on-call alert was not acknowledged in time and has come to you. Sign in and acknowledge."
        ),
        Words.NOBODY_ON_CALL: gettext("There is an alert and nobody is on call. Sign in and acknowledge."),
        Words.FIRST_LOOK: gettext("Something wants a first look this evening. Sign in and take it."),
        Words.FIRST_LOOK_PASSED_ON: gettext(
            "Something wants a first look this evening. Nobody has taken it yet, and it has come to you. "
            "Sign in and take it."
        ),
        Words.ROTA_GAP: gettext("Nobody is on call for some time. Sign in and fill the rota."),
        Words.SOMETHING_WAITS: gettext("Something new waits for you. Sign in to read it."),
        Words.WELCOME: gettext(
            "You have an account in Hearth. Follow this link and set your own password. Nobody else ever learns it."
        ),
        Words.FORGOTTEN: gettext(
            "Somebody asked for a new password for your account. If it was you, follow this link. If not, do nothing."
        ),
        Words.ANCHOR: gettext(
            "Keep this message as it is. Whoever checks the ledger later compares it with these lines."
        ),
    }[words]
    if enclosed:
        return f"{said}\n\n{enclosed}"
    return f"{said}\n\n{settings.HEARTH_ADDRESS}" if settings.HEARTH_ADDRESS else said

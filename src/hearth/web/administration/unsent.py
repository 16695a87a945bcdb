"""Messages that did not leave, why in plain words, and what to do about each."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hearth.access import clock
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.messages import told_by_telephone, try_again
from hearth.outbound.queries.messages import dead_letters
from hearth.outbound.terms import ENCLOSING, WITH_A_LINK, Channel, State, Words
from hearth.web.middleware import Page

ABOUT = {
    Words.ON_CALL_ALERT: gettext_lazy("They are on call and were needed"),
    Words.ON_CALL_PASSED_ON: gettext_lazy("An on-call alert was passed on to them"),
    Words.NOBODY_ON_CALL: gettext_lazy("There was an alert and nobody was on call"),
    Words.FIRST_LOOK: gettext_lazy("A concern wanted a first look that evening"),
    Words.FIRST_LOOK_PASSED_ON: gettext_lazy("A first look that evening was passed on to them"),
    Words.ROTA_GAP: gettext_lazy("The on-call rota has a gap"),
    Words.SOMETHING_WAITS: gettext_lazy("Something waits for them"),
    Words.WELCOME: gettext_lazy("The letter to set a first password"),
    Words.FORGOTTEN: gettext_lazy("The letter to set a new password"),
    Words.ANCHOR: gettext_lazy("The day’s seal of the ledger, to be kept"),
}
BY = {Channel.EMAIL: gettext_lazy("by e-mail"), Channel.TEXT: gettext_lazy("by text message")}
WHY = {
    "channel_off": gettext_lazy("Nothing leaves this way: it is switched off for the whole of Hearth."),
    "decision_withdrawn": gettext_lazy("It was decided meanwhile that it must not leave. It is not sent again."),
    "no-connection": gettext_lazy("The mail server or the text service could not be reached."),
    "timeout": gettext_lazy("The mail server or the text service did not answer in time."),
    "certificate": gettext_lazy("The mail server or the text service could not prove who it is."),
    "gateway-address": gettext_lazy("The address of the text service is not set right."),
    "address-does-not-open": gettext_lazy("The address cannot be read: a key is missing on the server."),
    "address-was-changed": gettext_lazy("The address was changed after it was decided. Tell whoever runs the server."),
    "smtp-no-starttls": gettext_lazy("The mail server does not protect what is sent to it."),
}
REFUSED = gettext_lazy("The other side refused it for good (%(code)s): the address is likely wrong.")
NOT_NOW = gettext_lazy("The other side could not take it (%(code)s), each time it was tried.")


@require_safe
def unsent_page(request: Page) -> HttpResponse:
    """Every message that did not leave, newest first. No address is shown."""
    rows = [
        {
            "letter": letter,
            "about": ABOUT[Words(letter.words)],
            "by": BY[Channel(letter.channel)],
            "why": _why(letter.problem),
            "with_a_link": Words(letter.words) in WITH_A_LINK,
            "comes_again": Words(letter.words) in ENCLOSING - WITH_A_LINK,
            "again": Words(letter.words) not in ENCLOSING and letter.state != State.WITHHELD,
        }
        for letter in dead_letters(request.viewer)
    ]
    return render(request, "administration/unsent.jinja", {"rows": rows})


@require_POST
def try_again_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let a message be tried anew."""
    return _about(
        request, lambda: try_again(public_id, by=request.viewer, at=clock.now()), _("It is being tried again.")
    )


@require_POST
def told_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that somebody was told by telephone."""
    done = _("It is kept that you told them by telephone.")
    return _about(request, lambda: told_by_telephone(public_id, by=request.viewer, at=clock.now()), done)


def _about(request: Page, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except NotPossible as problem:
        messages.error(request, str(problem))
    return redirect("unsent")


def _why(problem: str) -> str:
    if problem in WHY:
        return str(WHY[problem])
    service, _dash, code = problem.rpartition("-")
    is_final = service in {"smtp", "http"} and code.startswith("5" if service == "smtp" else "4")
    return str(REFUSED if is_final else NOT_NOW) % {"code": problem}

"""What is typed survives: a form that comes back signed out, or with a stale token, keeps its words for its writer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.drafts.operations import keep_posted
from hearth.drafts.terms import SIGNATURE_FIELD, NotSigned, TooLong


def fields_of(request: HttpRequest) -> dict[str, list[str]]:
    """The form as posted: every name with all of its values."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def keep_what_was_typed(request: HttpRequest) -> bool:
    """Keep a form that cannot be taken now, where it says whose it is. Tells whether it did, and nothing else."""
    signature: Any = request.POST.get(SIGNATURE_FIELD, "") if request.method == "POST" else ""
    if not signature:
        return False
    try:
        keep_posted(signature, fields_of(request), at=clock.now())
    except (NotSigned, TooLong):
        return False
    if request.accepts("text/html"):  # a script that saves while somebody types tells it by itself
        messages.info(request, _("It is not sent yet. What you typed is kept and waits for you."))
    return True

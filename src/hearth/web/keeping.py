"""What is typed survives: a form that comes back signed out, or with a stale token, keeps its words for its writer."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.drafts.operations import keep_posted
from hearth.drafts.terms import NEVER_KEPT, SIGNATURE_FIELD, NotSigned, TooLong

A_WORD = 24  # characters: longer answers, and those with a space, are words; shorter ones are choices and numbers
UNREADABLE = (BadRequest, RequestDataTooBig, TooManyFieldsSent, UnreadablePostError)


@dataclass(frozen=True)
class Sent:
    """A form that could not be taken: every field, to send it again as it was, and the words in it, to be read."""

    fields: list[tuple[str, str]]
    words: list[str]


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


def what_was_sent(request: HttpRequest) -> Sent | None:
    """A form for whoever sent it, from the request alone: the database may be away. None where it holds a password."""
    if request.method != "POST":
        return None
    try:
        fields = fields_of(request)
    except UNREADABLE:
        return None
    if any("password" in name for name in fields):
        return None
    pairs = [(name, value) for name, values in fields.items() for value in values]
    words = [value for name, value in pairs if name not in NEVER_KEPT and _is_words(value)]
    return Sent(pairs, words)


def _is_words(value: str) -> bool:
    typed = value.strip()
    return " " in typed or "\n" in typed or len(typed) > A_WORD

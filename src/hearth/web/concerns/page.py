"""The page of the form: what stands around the questions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from hearth.access.queries import my_entity
from hearth.drafts.operations import sign_form
from hearth.drafts.terms import FORM_KEY_FIELD, SIGNATURE_FIELD, Draft
from hearth.outbound.queries.on_call import on_call, on_call_for
from hearth.pathway.raising import clauses_shown_of, policy_shown
from hearth.policy.packs.shapes import Sign
from hearth.web.citing import under, worded
from hearth.web.concerns.forms import ConcernForm
from hearth.web.concerns.questions import BEFORE_YOU_WRITE
from hearth.web.concerns.sending import Sender
from hearth.web.gates import gave_second_factor

FORM = "log_concern"
UNSAFE_HOME = "unsafe_home"
NEEDS_A_HOME = gettext_lazy("This works where you choose one of our homes. Otherwise report it to repairs too.")


@dataclass(frozen=True)
class LineAbove:
    """A line above the form, and the signs that bring it there. Without a script it comes with the next page."""

    text: str
    signs: Sequence[str]
    is_shown: bool


def form_page(
    request: HttpRequest,
    sender: Sender,
    at: datetime,
    form: ConcernForm,
    *,
    key: uuid.UUID,
    saved_at: datetime | None = None,
    is_draft: bool = False,
    has_searched: bool = False,
    waiting: Sequence[Draft] = (),
) -> HttpResponse:
    """The form with what was typed, whatever the reason it is shown.

    The clauses stand beside the questions for whoever may read the policy, and never for somebody who came by a link.
    """
    pack = policy_shown(at, sender.link)
    if reads_policy(request, sender):
        under(form, pack, at=at, entity=clauses_shown_of(at, sender.link))
    else:
        worded(form, pack)
    words = {
        "form": form,
        "sender": sender,
        "address": reverse(sender.page),
        "hidden": [
            (FORM_KEY_FIELD, str(key)),
            (SIGNATURE_FIELD, sign_form(sender.viewer, FORM, key, at=at, token=sender.token)),
        ],
        "form_key": key,
        "key_field": FORM_KEY_FIELD,
        "lines": {sign.code: lines_of(sign) for sign in pack.signs.values() if sign.lines},
        "before_you_write": BEFORE_YOU_WRITE,
        "by_sign": _by_sign(form, pack.signs.values()),
        "ring": ring_number(at),
        "wordings": policy_shown(at, sender.link).wordings_at("reporting"),
        "saved_at": saved_at,
        "is_draft": is_draft,
        "has_searched": has_searched,
        "waiting": waiting,
    }
    return render(request, "concerns/log.jinja", words)


def reads_policy(request: HttpRequest, sender: Sender) -> bool:
    """Whether somebody who logs a concern may read the policy: never who came by a link."""
    return sender.link is None and gave_second_factor(request)


def lines_of(sign: Sign) -> Sequence[str]:
    """What is shown where a sign is ticked. Repairs are told of a home that is known, and of no other."""
    return (*sign.lines, str(NEEDS_A_HOME)) if UNSAFE_HOME in sign.alarms else sign.lines


def _by_sign(form: ConcernForm, signs: Iterable[Sign]) -> Sequence[LineAbove]:
    """The same lines above the form, each once: they hold for all that is written, not only beside one box."""
    chosen, bring = set(form["signs"].value() or ()), defaultdict[str, list[str]](list)
    for sign in signs:
        for line in lines_of(sign):
            bring[line].append(sign.code)
    return [LineAbove(line, codes, not chosen.isdisjoint(codes)) for line, codes in bring.items()]


def ring_number(at: datetime, *, never: Collection[int] = (), circle: int | None = None) -> str:
    """The number of whoever is on call now and is not one of these, or the one for when nobody is.

    `circle` is the record's, once there is one: its company may have a rota of its own. Before, it is that of the
    company of whoever tells.
    """
    here = on_call(at, my_entity) if circle is None else on_call_for(circle, at)
    rung = (somebody for somebody in here if somebody.user_id not in never)
    return next((somebody.phone for somebody in rung if somebody.phone), settings.HEARTH_RING)

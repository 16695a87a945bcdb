"""The receipt: what was promised when the concern was kept, and whether somebody on call has taken it meanwhile.

The promises are kept in this browser's session; the reference and the state of the alarm are asked for each time.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from hearth.concerns.queries import AConcern, just_sent
from hearth.concerns.receipts import code_for, digest_of
from hearth.concerns.terms import NoSuchConcern, Told
from hearth.outbound.queries.on_call import acknowledgement
from hearth.pathway.raising import Receipt, clauses_shown_of, policy_shown, signs_shown
from hearth.policy.packs.shapes import Sign
from hearth.timescales.queries import Promise
from hearth.web.concerns.page import UNSAFE_HOME, reads_policy, ring_number
from hearth.web.concerns.sending import Sender
from hearth.web.words import moment

KEPT = "receipt"


def remember(request: HttpRequest, receipt: Receipt, *, key: uuid.UUID, told: Told) -> None:
    """Keep what the receipt must still say after a reload."""
    steps = [
        {"promise": step.promise, "by": by_when(step), "clause": step.clause, "source": step.force_sentence}
        for step in receipt.next_steps
    ]
    request.session[KEPT] = {
        "key": str(key),
        "steps": steps,
        "signs": list(told.signs),
        "danger_now": told.danger_now,
        "never": sorted(receipt.not_to_ring),
        "urgent": receipt.is_urgent,
        "repairs_told": receipt.repairs_told,
        "agencies": [{"name": way.route.name, "phone": way.now, "clause": way.route.clause} for way in receipt.ring],
    }


def forget(request: HttpRequest) -> None:
    """Somebody else may hold the device now: whoever scans the code anew is shown nobody's receipt."""
    request.session.pop(KEPT, None)


def page(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse | None:
    """The receipt of the form sent last, or None where there is none for this sender."""
    kept: dict[str, Any] = request.session.get(KEPT, {})
    if not kept:
        return None
    try:
        concern = just_sent(sender.viewer, uuid.UUID(kept["key"]))
    except NoSuchConcern:
        return None
    signs = signs_shown(at, sender.link)
    words = {
        "sender": sender,
        "reference": concern.reference,
        "code": _code(concern, sender, uuid.UUID(kept["key"])),
        "logged_at": concern.logged_at,
        "receipt_address": request.build_absolute_uri(reverse("receipt")),
        "steps": kept["steps"],
        "reads_policy": reads_policy(request, sender),
        "clauses_of": clauses_shown_of(at, sender.link),
        "lines": _lines([signs[code] for code in kept["signs"] if code in signs], kept.get("repairs_told", False)),
        "danger_now": kept["danger_now"],
        "on_call": acknowledgement(concern).value,
        "urgent": kept.get("urgent", True),
        "restricted": concern.restricted,
        "agencies": kept.get("agencies", []),
        "wordings": policy_shown(at, sender.link).wordings_at("receipt"),
        "ring": ring_number(at, never=kept.get("never", ()), circle=concern.circle_id),
    }
    return render(request, "concerns/receipt.jinja", words)


def _code(concern: AConcern, sender: Sender, key: uuid.UUID) -> str:
    """With which whoever came by a link asks how it stands; nothing for who has an account."""
    code = code_for(sender.viewer.id, key)
    return code if constant_time_compare(digest_of(code), concern.receipt_digest) else ""


def _lines(ticked: Sequence[Sign], repairs_told: bool) -> list[str]:
    """What to mind until then. That repairs are told stands there only where they were."""
    if not repairs_told and any(UNSAFE_HOME in sign.alarms for sign in ticked):
        ticked = [sign for sign in ticked if UNSAFE_HOME not in sign.alarms]
        not_told = [_("Repairs have not been told, because no home of ours was chosen. Report it to repairs too.")]
    else:
        not_told = []
    return list(dict.fromkeys([line for sign in ticked for line in sign.lines] + not_told))


def by_when(step: Promise) -> str:
    """A limit as people read it: a limit of days ends with its day."""
    if step.due_day is not None:
        return _("by the end of %(day)s") % {"day": formats.date_format(step.due_day, "l j F Y")}
    return _("by %(moment)s") % {"moment": moment(step.due_at)} if step.due_at is not None else ""

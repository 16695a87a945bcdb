"""The lists of a case that grow, each a page at a time: what the case's own page has no room for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.cases.kept import ORDERS, kept_in
from hearth.cases.queries import case_for
from hearth.cases.terms import Kept
from hearth.ledger.operations import record_read
from hearth.timescales.standing import pack_for
from hearth.web.cases.folder import words_of
from hearth.web.middleware import Page
from hearth.web.paging import place, turning

HEADINGS = {
    Kept.CONTACTS: _("Contacts"),
    Kept.NOTES: _("Notes"),
    Kept.RISKS: _("Judgements of the risk"),
    Kept.REVIEWS: _("Reviews"),
}


@require_safe
def kept_page(request: Page, public_id: UUID, what: Kept) -> HttpResponse:
    """Contacts, notes, judgements of the risk or reviews of a case, the newest first."""
    case = case_for(request.viewer, public_id)
    rows = kept_in(request.viewer, case, what, place=place(request, ORDERS[what]))
    ids = [("case", case.id), *((each.ledger_kind, each.id) for each in rows)]
    record_read(f"{what}.read", about=case, ids=ids, durable=case.restricted)
    words = words_of(pack_for(case, clock.now()))
    page = {"case": case, "what": what.value, "heading": HEADINGS[what], "rows": rows, "words": words}
    return render(request, "cases/kept.jinja", {**page, **turning(rows)})

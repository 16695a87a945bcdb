"""What is kept in a case, list by list, the newest first: what the case's page has no room for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, Contact, Note, Review, RiskBand
from hearth.cases.terms import Kept
from hearth.ledger.paging import PAGE, By, Order, Paged, Place


def _newest_by(field: str) -> Order:
    return Order((By(field, datetime, falls=True), By("id", int, falls=True)))


ORDERS: Mapping[Kept, Order] = {
    Kept.CONTACTS: _newest_by("happened_at"),
    Kept.NOTES: _newest_by("written_at"),
    Kept.RISKS: _newest_by("set_at"),
    Kept.REVIEWS: _newest_by("reviewed_at"),
}
ROWS: Mapping[Kept, Callable[[], Any]] = {
    Kept.CONTACTS: lambda: Contact.objects.select_related("recorded_by"),
    Kept.NOTES: lambda: Note.objects.select_related("written_by"),
    Kept.RISKS: lambda: RiskBand.objects.select_related("set_by"),
    Kept.REVIEWS: lambda: Review.objects.select_related("reviewed_by"),
}


def kept_in(
    viewer: Viewer, case: Case, what: Kept, *, place: Place | None = None, limit: int = PAGE
) -> Paged[Contact | Note | RiskBand | Review]:
    """One list of a case, a page of it."""
    visible(Case.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    return ORDERS[what].page(ROWS[what]().filter(case_id=case.pk), place, limit=limit)

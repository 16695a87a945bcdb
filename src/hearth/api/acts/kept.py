"""The lists of a case that grow, a page at a time: what the case itself has no room for."""

import uuid
from collections.abc import Sequence
from typing import Any

from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Start, begin, operation
from hearth.api.shapes import kept as shapes
from hearth.api.shown import cases as shown
from hearth.cases.kept import ORDERS, kept_in
from hearth.cases.queries import ACase, case_for
from hearth.cases.terms import Kept
from hearth.ledger.operations import record_read

TAG = "Cases"
READ = Scope.CASES_READ
OF_A_CASE = "/cases/{uuid:case_id}"


@operation("GET", f"{OF_A_CASE}/contacts", Act.READ_CASE, READ, gives={200: shapes.Contacts}, tag=TAG)
def read_contacts(request: Asked, case_id: uuid.UUID, start: Start) -> shapes.Contacts:
    """Every contact of a case, the newest first."""
    _case, rows, after = _page(request, case_id, Kept.CONTACTS, start)
    return shapes.Contacts(contacts=[shown.contact(each) for each in rows], next=after)


@operation("GET", f"{OF_A_CASE}/notes", Act.READ_CASE, READ, gives={200: shapes.Notes}, tag=TAG)
def read_notes(request: Asked, case_id: uuid.UUID, start: Start) -> shapes.Notes:
    """Every note of a case, the newest first."""
    case, rows, after = _page(request, case_id, Kept.NOTES, start)
    return shapes.Notes(notes=[shown.note(each, case) for each in rows], next=after)


@operation("GET", f"{OF_A_CASE}/risks", Act.READ_CASE, READ, gives={200: shapes.Risks}, tag=TAG)
def read_risks(request: Asked, case_id: uuid.UUID, start: Start) -> shapes.Risks:
    """Every judgement of the risk in a case, the newest first."""
    _case, rows, after = _page(request, case_id, Kept.RISKS, start)
    return shapes.Risks(risks=[shown.risk(each) for each in rows], next=after)


@operation("GET", f"{OF_A_CASE}/reviews", Act.READ_CASE, READ, gives={200: shapes.Reviews}, tag=TAG)
def read_reviews(request: Asked, case_id: uuid.UUID, start: Start) -> shapes.Reviews:
    """Every review of a case, the newest first."""
    _case, rows, after = _page(request, case_id, Kept.REVIEWS, start)
    return shapes.Reviews(reviews=[shown.review(each) for each in rows], next=after)


def _page(request: Asked, case_id: uuid.UUID, what: Kept, start: str) -> tuple[ACase, Sequence[Any], str | None]:
    """The rows of one page, and where the next begins. That they were read is kept as on screen."""
    case = case_for(request.viewer, case_id)
    rows = kept_in(request.viewer, case, what, place=begin(ORDERS[what], start))
    ids = [("case", case.id), *((each.ledger_kind, each.id) for each in rows)]
    record_read(f"{what}.read", about=case, ids=ids, durable=case.restricted)
    return case, rows, rows.next

"""A concern joins a case from the case's page, found by the reference somebody said aloud."""

from datetime import datetime

from django.db import transaction

from hearth.access.references import NotAReference, read
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, CaseConcern
from hearth.cases.operations.opening import join_concern
from hearth.concerns.queries import concern_called
from hearth.concerns.terms import NoSuchConcern, NotComplete, NothingCalled, Stage


@transaction.atomic
def join_by_reference(case: Case, reference: str, *, why: str, by: Viewer, at: datetime) -> CaseConcern:
    """Join a concern that was decided on. One that still waits is decided first, with its own reasons.

    What is hidden and what is missing answer alike, and that it was tried is kept.
    """
    try:
        called = read(reference)
        concern = concern_called(by, called, act=Act.JOIN_CONCERN)
    except NotAReference as problem:
        raise NotComplete("reference", str(problem)) from None
    except NoSuchConcern as attempt:
        missing = "There is no concern of this reference that you can join"
        raise NothingCalled("reference", missing, attempt=attempt, asked_for=called) from None
    if concern.stage != Stage.DECIDED:
        raise NotComplete("reference", "This concern still waits for a decision. Decide on it, and join it there.")
    if not why.strip():
        raise NotComplete("why", "Write why it belongs to this case")
    try:
        return join_concern(case, concern, why=why, by=by, at=at)
    except NotComplete as problem:
        raise NotComplete("reference", str(problem)) from None

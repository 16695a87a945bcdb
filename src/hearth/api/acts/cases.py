"""Reading cases: the list, the folder, the chronology, who has looked, and words in notes."""

import uuid

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Start, begin, operation
from hearth.api.shapes import cases as shapes
from hearth.api.shown import cases as shown
from hearth.cases import queries
from hearth.cases.chronology import chronology, who_looked
from hearth.cases.folder import folder
from hearth.cases.kinds import Kind
from hearth.ledger.operations import record_read
from hearth.ledger.queries import LOOKS
from hearth.partners.queries import referrals_of_case
from hearth.people.queries import roles_in
from hearth.timescales.queries import clocks_in_circle
from hearth.timescales.standing import company_with_policy_of

TAG = "Cases"
READ = Scope.CASES_READ


@operation("GET", "/cases", Act.SEE_DUE, READ, gives={200: shapes.Cases}, tag=TAG)
def cases(request: Asked, start: Start, mine: bool = False) -> shapes.Cases:
    """Cases that are not closed, the soonest promise first: all one may know of, or one's own."""
    page = queries.worklist(request.viewer, mine=mine, place=begin(queries.WORKLIST, start))
    record_read("cases.listed", about=None, ids=[("case", each.id) for each in page], durable=False)
    return shapes.Cases(cases=[shown.line(each) for each in page], next=page.next)


@operation("GET", "/cases/{uuid:case_id}", Act.READ_CASE, READ, gives={200: shapes.Case}, tag=TAG)
def read_case(request: Asked, case_id: uuid.UUID) -> shapes.Case:
    """One case: the plan, what was said and done, and every limit with its clause."""
    viewer, now = request.viewer, clock.now()
    case = queries.case_for(viewer, case_id)
    held = folder(viewer, case)
    ids = [("case", case.id), *(("concern", each.concern_id) for each in held.concerns)]
    record_read("case.read", about=case, ids=ids, durable=case.restricted)
    return shown.whole(
        held, viewer, roles=roles_in(viewer, case), referred=referrals_of_case(viewer, case),
        promises=clocks_in_circle(viewer, case.circle_id, at=now, going_only=False),
        company=company_with_policy_of(case, now),
    )  # fmt: skip


@operation(
    "GET", "/cases/{uuid:case_id}/chronology", Act.READ_CHRONOLOGY, READ, gives={200: shapes.Chronology}, tag=TAG
)
def read_chronology(request: Asked, case_id: uuid.UUID, what: Kind | None = None) -> shapes.Chronology:
    """What happened, by the ledger, in order."""
    case = queries.case_for(request.viewer, case_id, act=Act.READ_CHRONOLOGY)
    events = chronology(request.viewer, case, what=what)
    record_read("chronology.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    return shapes.Chronology(
        events=[
            shapes.Event(
                at=each.at, recorded_at=each.recorded_at, title=each.title, by=each.by, words=each.words,
                clause=each.clause,
            )
            for each in events
        ]
    )  # fmt: skip


@operation("GET", "/cases/{uuid:case_id}/who-looked", Act.SEE_WHO_LOOKED, READ, gives={200: shapes.Looks}, tag=TAG)
def read_who_looked(request: Asked, case_id: uuid.UUID, start: Start) -> shapes.Looks:
    """Everybody who has looked at the case, the newest first."""
    case = queries.case_for(request.viewer, case_id, act=Act.SEE_WHO_LOOKED)
    record_read("who_looked.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    page = who_looked(request.viewer, case, place=begin(LOOKS, start))
    return shapes.Looks(
        looks=[shapes.Look(at=each.at, by=each.by, what=each.what) for each in page], next=page.next
    )  # fmt: skip


@operation("POST", "/notes/search", Act.SEARCH_NOTES, READ, gives={200: shapes.FoundNotes}, tag=TAG, changes=False)
def search_notes(request: Asked, looking: shapes.LookingFor) -> shapes.FoundNotes:
    """Words in notes, newest first. Asked for by POST, so that what was looked for stands in no address."""
    found = queries.search_notes(request.viewer, looking.words)
    record_read("notes.searched", about=None, ids=[("note", each.id) for each in found.notes], durable=False)
    notes = [shown.found(each) for each in found.notes]
    return shapes.FoundNotes(notes=notes, only_last_year=found.only_last_year)

"""Triage sees what else was told of somebody in a concern, also at another home, and never more than it may know."""

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.operations import restrict
from hearth.concerns.queries import concern_for
from hearth.people.operations import add_role
from hearth.people.terms import PartPlayed
from people.records import tenant
from walked import raised
from web.signed_in import at_a_browser, read


def told_of(cast, person):
    """A concern whose record says that this person is in it."""
    triage = cast.triage_officer
    receipt = raised(cast, at=now())
    with acting_as(triage):
        concern = concern_for(triage, receipt.public_id)
        if person is not None:
            add_role(concern, person, PartPlayed.SUBJECT_CHILD, by=triage, at=now())
    return concern


def test_other_concerns_about_somebody_in_this_one_stand_on_its_page(cast):
    child = tenant(cast.register_keeper, "Ayo Martins")
    before, of_nobody, now_told = told_of(cast, child), told_of(cast, None), told_of(cast, child)
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{now_told.public_id}"))
    assert "Other concerns about people in this one" in page
    assert before.reference in page
    assert of_nobody.reference not in page
    assert "Other concerns" not in read(at_a_browser(cast.triage_officer).get(f"/concern/{of_nobody.public_id}")), (
        "where nobody is named, nothing is looked for"
    )


def test_a_restricted_concern_about_the_same_person_is_not_told(cast):
    child = tenant(cast.register_keeper, "Ayo Martins")
    before, now_told = told_of(cast, child), told_of(cast, child)
    with acting_as(cast.lead):
        restrict(before.circle_id, by=cast.lead)
    assert before.reference not in read(at_a_browser(cast.triage_officer).get(f"/concern/{now_told.public_id}"))

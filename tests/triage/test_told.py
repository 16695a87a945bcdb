"""Whoever reads a concern reads everything the reporter told, in the words of the form."""

import uuid
from dataclasses import replace

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.terms import Agreed, Came, Knows, ToldBy
from hearth.pathway.raising import raise_concern
from walked import COLD
from web.signed_in import at_a_browser, read


def test_the_page_says_how_to_reach_them_what_they_said_and_why_no_parent_was_told(cast):
    told = replace(
        COLD, told_by=ToldBy.NEIGHBOUR, may_contact=True, contact="01632 960123 after six", knows=Knows.YES,
        agreed=Agreed.DID_NOT, parent_told=False, parent_why_not="He answers the telephone himself",
    )  # fmt: skip
    with acting_as(cast.reporter):
        receipt = raise_concern(told, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{receipt.public_id}"))
    for words in (
        "A neighbour", "01632 960123 after six", "They did not agree", "Was a parent told No",
        "He answers the telephone himself",
    ):  # fmt: skip
        assert words in page, words


def test_what_was_not_asked_takes_no_line(cast):
    with acting_as(cast.reporter):
        receipt = raise_concern(COLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{receipt.public_id}"))
    assert "Who told Not said" in page
    assert "Was a parent told" not in page
    assert "What they said to it" not in page

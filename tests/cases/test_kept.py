"""What a case's page has no room for is one link away, each once, in the same order; and only for its readers."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest

from hearth.access.identity import acting_as
from hearth.cases.folder import NEWEST
from hearth.cases.operations import judging, working
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, ReviewOutcome, Risk, Seen
from walked import TRIAGED, owned
from web.signed_in import at_a_browser, read

LATER = TRIAGED + timedelta(days=2)
MANY = NEWEST + 3
LISTS = {
    "contacts": ("Older contacts", "Knocked", MANY),
    "notes": ("Older notes", "Noted", MANY),
    "risks": ("Older judgements of the risk", "Judged", MANY),
    "reviews": ("Older reviews", "Reviewed", MANY),
}


@pytest.fixture
def long(cast):
    """A case with more on every list than its page shows, some of the same moment."""
    case, owner, manager = owned(cast), cast.owner, cast.manager
    for turn in range(MANY):
        at = LATER + timedelta(hours=turn // 3)
        told = ContactMade(
            ContactKind.VISIT, ContactOutcome.NO_ANSWER, at, Seen.NO, Seen.NO, note=f"Knocked {turn:02}."
        )
        with acting_as(owner):
            working.record_contact(case, told, by=owner, at=at, key=uuid.uuid4())
            working.write_note(case, text=f"Noted {turn:02}.", by=owner, at=at, key=uuid.uuid4())
            judging.set_risk(case, risk=Risk.HIGH, why=f"Judged {turn:02}.", by=owner, at=at)
        with acting_as(manager):
            judging.review_case(case, outcome=ReviewOutcome.CONTINUE, text=f"Reviewed {turn:02}.", by=manager, at=at)
    return case


@pytest.mark.parametrize("what", LISTS)
def test_what_is_older_is_read_on_from_where_the_page_ends(cast, long, what):
    words, said, many = LISTS[what]
    browser = at_a_browser(cast.owner)
    page = browser.get(f"/case/{long.public_id}")
    address = re.search(rf'href="(/case/[^"]*)">{words}<', page.content.decode())
    assert address
    older = browser.get(unescape(address[1]))
    told = [*re.findall(rf"{said} \d\d", read(page)), *re.findall(rf"{said} \d\d", read(older))]
    assert told == [f"{said} {turn:02}" for turn in reversed(range(many))]
    assert "Newer" in read(older)
    first = re.findall(rf"{said} \d\d", read(browser.get(f"/case/{long.public_id}/{what}")))
    assert first == told[:NEWEST]
    for hidden in (f"/case/{long.public_id}/{what}", unescape(address[1])):
        assert at_a_browser(cast.outsider).get(hidden).status_code == 404


def test_where_everything_has_room_nothing_older_is_offered(cast):
    case, owner = owned(cast), cast.owner
    with acting_as(owner):
        for _ in range(2):
            working.write_note(case, text="The school rang.", by=owner, at=LATER, key=uuid.uuid4())
    assert "Older" not in read(at_a_browser(owner).get(f"/case/{case.public_id}"))

"""The chronology says what was noted and said, to whoever may read it, also where it is printed or narrowed down."""

import uuid
from datetime import timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.cases.chronology import chronology
from hearth.cases.operations import working
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Seen
from walked import TRIAGED, owned
from web.signed_in import at_a_browser, read

LATER = TRIAGED + timedelta(days=2)
VISIT = ContactMade(
    ContactKind.VISIT, ContactOutcome.SEEN, LATER, Seen.YES, Seen.NO, note="Both children were at home.",
    their_words="It is cold at night", wishes="A bed of my own",
)  # fmt: skip


@pytest.fixture
def worked(cast):
    case, owner = owned(cast), cast.owner
    with acting_as(owner):
        for text in ("The school rang.", "The school rang again."):
            working.write_note(case, text=text, by=owner, at=LATER, key=uuid.uuid4())
        working.record_contact(case, VISIT, by=owner, at=LATER, key=uuid.uuid4())
    return case


def test_notes_and_contacts_stand_with_their_words_each_once_and_in_order(cast, worked):
    with acting_as(cast.owner):
        told = [(each.title, each.words) for each in chronology(cast.owner, worked) if each.at == LATER]
    assert told == [
        ("Note written", "The school rang."),
        ("Note written", "The school rang again."),
        (
            "Contact: seen",
            "Both children were at home.\nIn their own words: It is cold at night\nWhat they want: A bed of my own",
        ),
    ]


@pytest.mark.parametrize("which", ["", "?print=yes", "?what=case"])
def test_the_words_stand_on_the_page_in_print_and_narrowed_down(cast, worked, which):
    browser = at_a_browser(cast.owner)
    page = read(browser.get(f"/case/{worked.public_id}/chronology{which}"))
    for words in ("The school rang again.", "Both children were at home.", "It is cold at night", "A bed of my own"):
        assert words in page, words
    assert "The school rang" not in read(browser.get(f"/case/{worked.public_id}/chronology?what=referral"))
    assert at_a_browser(cast.outsider).get(f"/case/{worked.public_id}/chronology{which}").status_code == 404


def test_what_was_narrowed_down_is_printed_so_and_says_it(cast, worked):
    browser, at = at_a_browser(cast.owner), f"/case/{worked.public_id}/chronology"
    assert (
        'href="?what=referral&amp;print=yes">A version to print' in browser.get(f"{at}?what=referral").content.decode()
    )
    printed = read(browser.get(f"{at}?what=referral&print=yes"))
    assert "Only this is shown: Referrals." in printed
    assert "The school rang" not in printed
    assert "A version to print" not in printed
    assert "Only this is shown" not in read(browser.get(f"{at}?print=yes")), "everything says nothing"

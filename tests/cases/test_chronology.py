"""The chronology says what was noted and said, to whoever may read it, also where it is printed or narrowed down."""

import uuid
from datetime import timedelta

import pytest

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.cases.chronology import chronology
from hearth.cases.kinds import BY_ACT, BY_SUBJECT, Kind, kind_of
from hearth.cases.operations import judging, working
from hearth.cases.telling import HAPPENED
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Risk, Seen
from hearth.web.cases.forms import ChronologyForm
from hearth.web.forms import offered
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


@pytest.mark.parametrize("which", ["", "?print=yes"])
def test_the_words_stand_on_the_page_and_in_print(cast, worked, which):
    browser = at_a_browser(cast.owner)
    page = read(browser.get(f"/case/{worked.public_id}/chronology{which}"))
    for words in ("The school rang again.", "Both children were at home.", "It is cold at night", "A bed of my own"):
        assert words in page, words
    assert "The school rang" not in read(browser.get(f"/case/{worked.public_id}/chronology?what=agencies"))
    assert at_a_browser(cast.outsider).get(f"/case/{worked.public_id}/chronology{which}").status_code == 404


def test_what_was_narrowed_down_is_printed_so_and_says_it(cast, worked):
    browser, at = at_a_browser(cast.owner), f"/case/{worked.public_id}/chronology"
    assert (
        'href="?what=agencies&amp;print=yes">A version to print' in browser.get(f"{at}?what=agencies").content.decode()
    )
    printed = read(browser.get(f"{at}?what=agencies&print=yes"))
    assert "Only this is shown: Referrals and other agencies." in printed
    assert "The school rang" not in printed
    assert "A version to print" not in printed
    assert "Only this is shown" not in read(browser.get(f"{at}?print=yes")), "everything says nothing"


# What of `worked` each kind holds, and what it leaves out.
HOLDS = {
    Kind.CONCERNS: "Concern logged",
    Kind.DECISIONS: "Case opened",
    Kind.CONTACTS: "Contact: seen",
    Kind.NOTES: "Note written",
    Kind.RISK: "Risk judged",
    Kind.WHO_IS_IN_IT: "Case taken on",
}


@pytest.mark.parametrize("what", Kind)
def test_each_kind_shows_its_own_and_nothing_else(cast, worked, what):
    with acting_as(cast.owner):
        judging.set_risk(worked, risk=Risk.MEDIUM, why="They are warm", by=cast.owner, at=LATER)
        everything = [each.title for each in chronology(cast.owner, worked)]
        shown = [each.title for each in chronology(cast.owner, worked, what=what)]
    others = {title for kind, title in HOLDS.items() if kind is not what}
    assert set(HOLDS.values()) <= set(everything)
    assert others.isdisjoint(shown)
    assert (HOLDS[what] in shown) if what in HOLDS else (len(shown) < len(everything))


def test_together_the_kinds_show_everything_once(cast, worked):
    with acting_as(cast.owner):
        whole = sorted(each.title for each in chronology(cast.owner, worked))
        parts = sorted(each.title for kind in Kind for each in chronology(cast.owner, worked, what=kind))
    assert parts == whole


def test_every_happening_has_a_kind_every_kind_a_happening_and_the_page_offers_each():
    kinds = {act: kind_of(act) for act in HAPPENED}
    assert [act for act, kind in kinds.items() if kind is None] == []
    assert set(kinds.values()) == set(Kind)
    assert set(BY_ACT) <= set(HAPPENED)
    assert set(BY_SUBJECT) == {act.partition(".")[0] for act in HAPPENED}
    assert set(offered(ChronologyForm, "what")) == {"", *Kind}
    assert kind_of("nobody.knows") is None


def test_another_system_reads_the_whole_or_one_kind(cast, worked):
    system, address = caller(cast.owner), f"/cases/{worked.public_id}/chronology"
    whole = [each["title"] for each in system.get(address).body["events"]]
    assert {"Case opened", "Note written", "Contact: seen"} <= set(whole)
    assert [each["title"] for each in system.get(f"{address}?what=contacts").body["events"]] == ["Contact: seen"]
    assert system.get(f"{address}?what=case").status == 422

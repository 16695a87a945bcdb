"""Triage looks a home up on screen and says which one a concern is about; nothing typed is lost meanwhile."""

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import concern_for
from hearth.housing.queries import open_hazards
from housing.estate import make_home
from walked import COLD, raised
from web.signed_in import at_a_browser, read


@pytest.fixture
def home(cast):
    return make_home(cast.register_keeper, "12 Acacia Road", reference="H-12")


@pytest.fixture
def concern(cast):
    return raised(cast, at=now()).public_id


def kinds(cast):
    with acting_as(cast.repairs):
        return [(each.kind, each.home.line_1) for each in open_hazards(cast.repairs)]


def test_a_home_is_looked_for_and_chosen_and_what_was_typed_stays(cast, home, concern):
    browser, address = at_a_browser(cast.triage_officer), f"/concern/{concern}/home"
    assert "Say which home it is" in read(browser.get(f"/concern/{concern}"))
    asked = browser.get(address)
    assert COLD.elsewhere in read(asked)
    typed = {"version": 1, "home_search": "Acacia Rd 12", "why": "The school gave it"}
    looking = browser.post(address, {**typed, "find": "home_search"})
    page = looking.content.decode()
    assert "12 Acacia Road" in page
    assert "The school gave it" in page
    assert "There is a problem" not in page, "looking judges nothing"
    missing = read(browser.post(address, typed))
    assert "There is a problem" in missing
    assert "Look for the home, and choose it" in missing
    done = browser.post(address, {**typed, "home": str(home.public_id)}, follow=True)
    said = read(done)
    assert "repairs are told of this: Damp and mould" in said
    for words in ("12 Acacia Road", "Where, as told", COLD.elsewhere, "The school gave it", "It is another home"):
        assert words in said, words
    assert kinds(cast) == [("damp_mould", "12 Acacia Road")]


def test_a_stale_choice_shows_both_homes(cast, home, concern):
    other = make_home(cast.register_keeper, "14 Acacia Road", reference="H-14")
    browser, address = at_a_browser(cast.triage_officer), f"/concern/{concern}/home"
    first = {"version": 1, "home_search": "H-12", "home": home.public_id, "why": "The school gave it"}
    assert browser.post(address, first).status_code == 302
    second = {**first, "home_search": "H-14", "home": other.public_id, "why": "I rang"}
    stale = browser.post(address, second)
    assert "What somebody else saved" in read(stale)
    assert "12 Acacia Road" in read(stale)
    again = {**second, "version": 2, "form_key": "0d7c7b58-6b55-4c0d-8f7e-2f4f3a5f7a05"}
    assert browser.post(address, again).status_code == 302, "the control: knowing both, it is kept"
    with acting_as(cast.lead):
        assert concern_for(cast.lead, concern).home == other


def test_repairs_are_told_by_hand_and_only_of_a_home(cast, home, concern):
    browser, address = at_a_browser(cast.triage_officer), f"/concern/{concern}/unsafe"
    assert browser.get(address).url == f"/concern/{concern}/home", "first it must be known which home"
    placed = {"version": 1, "home_search": "H-12", "home": home.public_id, "why": "The school gave it"}
    browser.post(f"/concern/{concern}/home", placed)
    assert "Repairs know of Damp and mould" in read(browser.get(address))
    known = read(browser.post(address, {"kind": "damp_mould", "known": "now"}))
    assert "Repairs know of this in this home already" in known
    told = {"kind": "electrical", "known": "told", "vulnerable": ["infant"]}
    assert "Repairs are told" in read(browser.post(address, told, follow=True))
    assert sorted(kinds(cast)) == [("damp_mould", "12 Acacia Road"), ("electrical", "12 Acacia Road")]


@pytest.mark.parametrize("page", ["home", "unsafe"])
def test_who_may_not_complete_a_concern_finds_nothing(cast, concern, page):
    for name, status in (("outsider", 404), ("repairs", 404), ("intake_adviser", (200, 302))):
        answer = at_a_browser(getattr(cast, name)).get(f"/concern/{concern}/{page}")
        assert answer.status_code in (status if isinstance(status, tuple) else (status,)), name

"""A chronology is read aloud in court: every line of it is a sentence, never the name of an act."""

import pytest

import hearth.cases.terms
import hearth.concerns.terms
import hearth.housing.terms
import hearth.partners.terms
import hearth.people.terms
import hearth.timescales.terms
import hearth.triage.terms
from hearth.cases.telling import HAPPENED, happened, looked_at

ELSEWHERE = frozenset({"register.imported", "calendar.corrected", "policy.came_into_force"})  # of no record
DECLARED = {
    act
    for app in ("cases", "concerns", "housing", "partners", "people", "timescales", "triage")
    for act in getattr(hearth, app).terms.HAPPENINGS
}


def test_every_happening_of_a_record_has_its_words() -> None:
    assert DECLARED - ELSEWHERE - HAPPENED.keys() == set()


@pytest.mark.parametrize("words", HAPPENED.values())
def test_none_of_them_is_a_code(words: str) -> None:
    assert "_" not in words
    assert words[0].isupper()


def test_what_came_of_it_stands_with_it() -> None:
    assert happened("case.contact_made", {"outcome": "no_access"}) == "Contact: no access"
    assert looked_at("people.read") == "Looked at its people"
    assert looked_at("something.new_read") == "Something new read", "the control: what has no words yet is still told"

"""Names are found as people spell and say them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.people import names


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Siobhán O’Brien", "Shivawn OBrien"),
        ("Łukasz Wójcik", "lukas wojcik"),
        ("Niamh Kerrigan", "Neve Kerigan"),
        ("Caoimhe Devlin", "Keeva Devlin"),
        ("Mohammed Yousuf", "Muhammad Yusuf"),
        ("Kathryn Smyth", "Catherine Smith"),
        ("Nguyễn Thị Lan", "nguyen thi lan"),
        ("Anne-Marie Straße", "annemarie strasse"),
        ("Seán Ó Sé", "Shaun O Se"),
    ],
)
def test_a_name_spelled_as_it_is_heard_is_like_the_name_kept(kept, asked):
    assert names.likeness(asked, kept) >= names.GOOD_ENOUGH


@pytest.mark.parametrize(
    ("kept", "asked"), [("Priya Larch", "Tomasz Wren"), ("John Fenwick", "John Ogunleye"), ("", "x"), ("Ann", "")]
)
def test_another_name_is_not(kept, asked):
    assert names.likeness(asked, kept) < names.GOOD_ENOUGH


def test_a_name_is_kept_as_typed_in_one_unicode_form():
    decomposed = unicodedata.normalize("NFD", " Siobhán d’Arcy-Ní Bhriain ")
    assert names.as_typed(decomposed) == "Siobhán d’Arcy-Ní Bhriain"


def test_a_name_in_another_script_is_found_by_its_own_letters():
    assert names.words("محمد علي") == ["محمد", "علي"]
    assert names.sounds("محمد") == set()
    assert names.likeness("محمد", "محمد علي") == 1.0


@given(st.text(max_size=300))
def test_whatever_is_typed_gives_words_and_sounds_without_a_quote_or_a_space(text):
    for word in (*names.words(text), *names.all_sounds(text)):
        assert word
        assert not set(word) & set(" '\\:&|!()*")


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_lies_between_nothing_and_the_same(one, other):
    assert 0.0 <= names.likeness(one, other) <= 1.0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anne Smith", "It was ANNE  SMITH, the one with the van"),
        ("Anne Smith", "Anne Smith’s brother"),
        ("Anne Smith", "(anne smith)"),
        ("Siobhán O’Brien", "siobhan obrien"),
        ("Siobhán O'Brien", "Siobhán O’Brien’s van"),
        ("Mary Smith-Jones", "Mary Smith Jones from repairs"),
        ("Mary Smith Jones", "Mary Smith-Jones"),
        ("Łukasz Wójcik", "lukasz wojcik"),
    ],
)
def test_a_name_stands_in_what_was_said_however_it_is_written(name, said):
    assert names.standing_in(said, [(1, name)]) == {1}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ann Smith", "Joann Smith"),
        ("Ann Smith", "Ann Smithers"),
        ("Anne Smith", "Anne Smith-Jones"),
        ("Marie Smith", "Anne-Marie Smith"),
        ("Anne Smith", "Smith, or Anne"),
        ("Anne Smith", ""),
        ("-", "- - -"),
    ],
)
def test_a_name_does_not_stand_inside_another(name, said):
    assert names.standing_in(said, [(1, name)]) == frozenset()


WORD = st.text(alphabet="abcdeéøßłABCDEÉ", min_size=1, max_size=8)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@given(NAME, st.sampled_from([str.upper, str.casefold, str.title, lambda name: unicodedata.normalize("NFD", name)]))
def test_whoever_is_named_is_found_among_other_words(name, written):
    assert names.standing_in(f"I saw {written(name)}, at the door.", [(7, name)]) == {7}


@given(NAME, WORD, st.sampled_from(["", "-"]), st.booleans())
def test_a_word_that_is_grown_on_is_another_word(name, more, joint, is_before):
    longer = f"{more}{joint}{name}" if is_before else f"{name}{joint}{more}"
    found = names.standing_in(longer, [(7, name)])
    parts = names.plain(longer).split()
    is_there_too = len(set(parts)) < len(parts) or more in name.split()
    assert found == frozenset() or is_there_too

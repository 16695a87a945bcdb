"""Which lists of words a page reads is written once, and is true: no list counts as read that nobody asks for."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django import forms

import hearth.web.cases.closing_form
import hearth.web.concerns.forms
import hearth.web.limits.forms
import hearth.web.partners.forms
import hearth.web.partners.processes
import hearth.web.triage.steps
import hearth.web.triage.watches
import hearth.web.work.hazards  # noqa: F401  the forms that ask for the policy's sake are known once their pages are
from hearth.policy.packs import load
from hearth.policy.packs.keeping import LISTS_ON_PAGES, LISTS_TO_COME, TO_COME
from hearth.web.citing import Questions

HOUSE = Path(__file__).resolve().parents[2] / "src/hearth"
PACKS = Path(__file__).resolve().parents[2] / "packs"
READERS = {"called", "label", "words_in", "unconfirmed"}


def forms_asking(of: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    """Every form of a page that asks something for the policy's sake."""
    for each in of.__subclasses__():
        if isinstance(each.__dict__.get("policy"), Questions):
            yield each
        yield from forms_asking(each)


@cache
def read() -> frozenset[str]:
    """Every list whose name is handed to something that reads lists, or that a form says it offers."""
    found = {word for form in forms_asking() for word in (*form.policy.words.values(), *form.policy.called.values())}  # type: ignore[attr-defined]  # chosen for having it
    for folder in ("web", "timescales", "pathway"):
        for file in (HOUSE / folder).rglob("*.py"):
            found |= set(_names_in(ast.parse(file.read_text())))
    return frozenset(found)


def _names_in(tree: ast.AST) -> Iterator[str]:
    for part in ast.walk(tree):
        if isinstance(part, ast.Call):
            named = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if named in READERS:
                yield from (str(each.value) for each in part.args if isinstance(each, ast.Constant))


def test_every_list_that_counts_as_read_is_read() -> None:
    assert set(LISTS_ON_PAGES) - read() == set()
    assert "season" not in read(), "the control"
    assert {"harm", "subject"} & read() == set(), "the control: a field is no list"


def test_the_other_lists_of_the_packs_that_ship_wait_for_a_part_that_is_to_come() -> None:
    for folder in sorted(PACKS.iterdir()):
        others = set(load(folder).words) - LISTS_ON_PAGES
        assert others <= set(LISTS_TO_COME), folder.name
    assert set(LISTS_TO_COME.values()) <= set(TO_COME)


@pytest.mark.parametrize("name", ["rbkc-2019", "livv-2022", "wirral-s11", "manchester-2025"])
def test_no_list_of_a_pack_that_ships_is_only_written_down(name: str) -> None:
    pack = load(PACKS / name)
    assert [str(each) for clause in pack.clauses for each in pack.keepers_of(clause) if each.is_idle] == []

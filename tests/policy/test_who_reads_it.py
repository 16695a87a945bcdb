"""What a pack may say, somebody reads: every field has a reader outside the packs, or stands here with its reason."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from hearth.policy.packs.keeping import TO_COME
from hearth.policy.packs.unread import WAIT_FOR

HOUSE = Path(__file__).resolve().parents[2] / "src/hearth"
PACKS = HOUSE / "policy/packs"
type Fields = Mapping[str, Mapping[str, str]]

# Sections nobody asks a pack for yet, and the part of Hearth they wait for. `pack check` tells their author the same.
SECTIONS_THAT_WAIT = {section: part for section, (_table, part) in WAIT_FOR.items()}
# Single fields that wait. This list only becomes shorter, too.
FIELDS_THAT_WAIT: dict[str, str] = {}
# Fields that are read through something `policy/packs` offers and the house calls.
READ_THROUGH = {
    "Basis.law": "with_its_law",
    "Pack.worked_dates": "wrong_dates",
    "Word.national": "nationals_of",
}


@cache
def said() -> Fields:
    """Every field of what a pack is made of, with what it holds, from `Pack` downwards."""
    found: dict[str, dict[str, str]] = {}
    for file in PACKS.glob("*.py"):
        for part in ast.walk(ast.parse(file.read_text())):
            if isinstance(part, ast.ClassDef) and any("dataclass" in ast.unparse(each) for each in part.decorator_list):
                found[part.name] = {
                    line.target.id: ast.unparse(line.annotation)
                    for line in part.body
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
                }
    return {name: found[name] for name in reached("Pack", found) if name != "Place"}


def reached(name: str, found: Fields, seen: frozenset[str] = frozenset()) -> list[str]:
    """A class and, of those not seen, whatever its fields hold."""
    inside = re.findall(r"\w+", " ".join(found[name].values()))
    listed = [name]
    for each in dict.fromkeys(inside):
        if each in found and each not in {*seen, *listed}:
            listed += [one for one in reached(each, found, seen | set(listed)) if one not in listed]
    return listed


@cache
def read() -> frozenset[str]:
    """Every name that is asked of something, or called, in the house outside `policy/packs`, pages among it."""
    return frozenset([*_in_python(), *_in_pages()])


def _in_python() -> Iterator[str]:
    for file in HOUSE.rglob("*.py"):
        text = file.read_text()
        if not file.is_relative_to(PACKS) and "pack" in text:
            for part in ast.walk(ast.parse(text)):
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load):
                    yield part.attr
                elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
                    yield part.func.id


def _in_pages() -> Iterator[str]:
    pages = jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    for file in (HOUSE / "web/templates").rglob("*.jinja"):
        yield from (part.attr for part in pages.parse(file.read_text()).find_all(nodes.Getattr))


def unread() -> set[str]:
    """Fields nobody outside reads, those of a section nobody asks for left out: the section stands for them."""
    waiting = {
        one for section in SECTIONS_THAT_WAIT for one in re.findall(r"\w+", said()["Pack"][section]) if one in said()
    }
    return {
        f"{name}.{field}"
        for name, fields in said().items()
        for field in fields
        if name not in waiting and field not in read() and not (name == "Pack" and field in SECTIONS_THAT_WAIT)
    }


def test_every_field_of_a_pack_is_read_by_somebody_or_is_listed_with_what_it_waits_for() -> None:
    listed = {*FIELDS_THAT_WAIT, *READ_THROUGH}
    assert unread() - listed == set(), "nobody reads these: give them a reader, or say in this file what they wait for"
    assert listed - unread() == set(), "these are read now, or gone: take them out of the list"


def test_a_section_that_is_asked_for_is_taken_out_of_the_list() -> None:
    assert {section for section in SECTIONS_THAT_WAIT if section in read()} == set()
    assert set(SECTIONS_THAT_WAIT) <= set(said()["Pack"])


def test_what_waits_says_for_what() -> None:
    for waits in (*SECTIONS_THAT_WAIT.values(), *FIELDS_THAT_WAIT.values()):
        assert waits in TO_COME or " " in waits, waits
    assert set(READ_THROUGH.values()) <= read()


@pytest.mark.parametrize("field", ["Rule.promise", "Gate.sentence", "OnCall.acknowledge_within", "Band.limit"])
def test_the_control_a_field_with_a_reader_and_one_without(field: str) -> None:
    name, own = field.split(".")
    assert own in said()[name]
    assert own in read()
    assert "moonlight" not in read()

"""How the house is written: names, shapes and what must never stand in the tree. Each rule can fail."""

import ast
import enum
import importlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps

from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act
from house.sources import HOUSE, ROOT, committed, imports, modules, tree

MOST_LINES = 300
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|shared|base_?classes|managers?)$")
SENTENCE = re.compile(r"^[a-z]+(_[a-z0-9]+){2,}$")
MACHINE = re.compile(
    r"/work/|/root/|/home/(?!hearth\b)[a-z]+/|/tmp/[a-z]+_jobs|/Users/"
    r"|files\.pythonhosted\.org|registry\.npmjs\.org|artifactory|:4873\b|/simple/?\b(?=.*index)"
)


def vague_names(files):
    return [file.name for file in files if VAGUE.search(file.stem)]


def too_long(files):
    return [f"{file.name}: {n} lines" for file in files if (n := file.read_text().count("\n")) > MOST_LINES]


def quiet_changes(module):
    """save() and delete() overrides, and signals: what happens must be seen where it is done."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases):
            yield from (
                f"{node.name}.{act.name}()"
                for act in node.body
                if isinstance(act, ast.FunctionDef) and act.name in {"save", "delete", "full_clean"}
            )
    for name in imports(module):
        if name.startswith(("django.db.models.signals", "django.dispatch")):
            yield name


def machine_words(text, extra=()):
    found = [match.group() for match in MACHINE.finditer(text)]
    return found + [host for host in extra if host in text]


def test_no_file_has_a_name_that_says_nothing(tmp_path):
    assert vague_names(modules()) == []
    for name in ("utils.py", "case_helpers.py", "common.py"):
        assert vague_names([tmp_path / name]) == [name]
    assert vague_names([tmp_path / "limits.py"]) == []


def read_twice(module):
    """Imports of a conftest: pytest has read it, and a second reading names new folders and new keys to the run."""
    return [name for name in imports(module) if "conftest" in name.split(".")]


def test_no_test_reads_what_starts_the_run_a_second_time():
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert len(files) > 100
    assert [file.name for file in files if read_twice(tree(file))] == []
    assert read_twice(ast.parse("from conftest import Cast\nimport assurance.conftest")) == [
        "conftest", "conftest.Cast", "assurance.conftest",
    ]  # fmt: skip


def test_no_file_is_too_long_to_read(tmp_path):
    assert too_long(modules()) == []
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * (MOST_LINES + 1))
    assert too_long([long]) == ["long.py: 301 lines"]


def test_nothing_happens_behind_a_save():
    assert [(file.name, found) for file in modules() for found in quiet_changes(tree(file))] == []
    planted = """
from django.db.models.signals import post_save
class Case(models.Model):
    def save(self): ...
"""
    assert set(quiet_changes(ast.parse(planted))) >= {"Case.save()", "django.db.models.signals"}


def test_no_path_of_a_machine_and_no_registry_stands_in_the_tree():
    hosts = {urlsplit(value).hostname for name, value in os.environ.items() if re.search("INDEX_URL|REGISTRY", name)}
    hosts = {host for host in hosts if host and host not in {"pypi.org", "localhost"}}
    text_files = [file for file in committed() if file.suffix not in {".png", ".ico", ".woff2", ".gz"}]
    assert len(text_files) > 100
    found = {
        file.name: words
        for file in text_files
        if file != Path(__file__) and (words := machine_words(file.read_text(errors="replace"), hosts))
    }
    assert found == {}
    assert machine_words("see /work/main/x and https://files.pythonhosted.org/y") == [
        "/work/",
        "files.pythonhosted.org",
    ]
    assert machine_words("on mirror.example", {"mirror.example"}) == ["mirror.example"]


def test_every_act_has_a_rule_and_every_rule_an_act():
    assert set(WHO_MAY) == set(Act)
    assert all(WHO_MAY.values()), "an act nobody may do is no act"
    assert len({act.value for act in Act}) == len(Act)


def moves():
    """Every table of allowed moves in any app's terms: (where, table)."""
    for file in sorted(HOUSE.glob("*/terms.py")):
        terms = importlib.import_module(f"hearth.{file.parent.name}.terms")
        for name in vars(terms):
            if name.endswith("MAY_MOVE_TO"):
                yield f"{file.parent.name}.{name}", getattr(terms, name)


def incomplete(table):
    """States without a row, and moves to a state that is not one."""
    states = type(next(iter(table)))
    yield from (f"{state.value} has no row" for state in states if state not in table)
    yield from (f"{state.value} moves to {to}" for state, tos in table.items() for to in tos if to not in states)


def test_every_table_of_moves_is_complete():
    tables = dict(moves())
    assert len(tables) >= 3
    assert {where: gaps for where, table in tables.items() if (gaps := list(incomplete(table)))} == {}

    class Stage(enum.StrEnum):
        OPEN = "open"
        CLOSED = "closed"

    assert list(incomplete({Stage.OPEN: {"gone"}})) == ["closed has no row", "open moves to gone"]


def badly_named(names):
    return sorted(name for name in names if not SENTENCE.match(name))


def test_every_truth_the_database_keeps_is_named_as_a_sentence():
    names = {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("hearth.")
        for constraint in model._meta.constraints
    }
    assert len(names) > 10
    assert badly_named(names) == []
    assert badly_named({"closed_case_says_when", "chk_1", "uniq"}) == ["chk_1", "uniq"]


@pytest.mark.parametrize("name", ["operations", "queries"])
def test_what_people_do_and_ask_is_keyword_and_says_who(name):
    """An operation takes `by` or acts for the system; nothing in it is private to a page."""
    found = [file for file in modules() if file.stem == name]
    assert found
    assert all(ast.get_docstring(tree(file)) for file in found)

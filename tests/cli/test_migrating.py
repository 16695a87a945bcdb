"""Migrations write indexes and constraints on the classes there are: each would else be made anew many times."""

from subprocess import CompletedProcess

import pytest
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import AutoField, CheckConstraint, Index, IntegerField, Q

from hearth.cli import updating
from hearth.cli.migrate import add_options_in_place
from hearth.cli.problems import Problem
from hearth.cli.updating import run_module

LIMIT = CheckConstraint(name="no_cellar", condition=Q(floor__gte=0))
INDEX = Index(name="by_floor", fields=["floor"])


def before_and_after():
    """The class of a home before and after it has a constraint and an index, in the migrations' picture."""
    state = ProjectState()
    state.add_model(ModelState("town", "Home", [("id", AutoField(primary_key=True)), ("floor", IntegerField())]))
    before = state.apps.get_model("town", "home")
    state.add_constraint("town", "home", LIMIT)
    state.add_index("town", "home", INDEX)
    after = state.apps.get_model("town", "home")
    assert (after._meta.constraints, after._meta.indexes) == ([LIMIT], [INDEX])
    assert state.models["town", "home"].options["constraints"] == [LIMIT]
    return before, after


def test_a_constraint_does_not_make_a_class_anew(monkeypatch):
    monkeypatch.setattr(ProjectState, "_append_option", ProjectState._append_option)
    before, after = before_and_after()
    assert before is not after, "the control: Django’s own way"
    add_options_in_place()
    before, after = before_and_after()
    assert before is after


def test_a_full_disk_is_said_in_plain_words(monkeypatch):
    """The last line of what PostgreSQL says there is only a hint. The control: whatever else is told as it was."""
    said = 'ERROR:  could not extend file "base/16384/2619": No space left on device\nHINT:  Check free disk space.\n'

    def ended(*words, **options):
        return CompletedProcess(words, 1, "", said)

    monkeypatch.setattr(updating.subprocess, "run", ended)
    with pytest.raises(Problem, match="The disk that holds the database is full"):
        run_module("hearth.cli.migrate", told={})
    said = "It is too old.\n"
    with pytest.raises(Problem, match="It is too old"):
        run_module("hearth.cli.migrate", told={})

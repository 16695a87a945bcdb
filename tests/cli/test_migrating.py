"""A house from before the first release goes on where it is whole, and is refused in plain words where it is not."""

from subprocess import CompletedProcess

import pytest
from django.db.migrations.loader import MigrationLoader

from hearth.cli import updating
from hearth.cli.before_release import NEWEST, TooOld, is_from_before
from hearth.cli.problems import Problem
from hearth.cli.updating import run_module


@pytest.fixture(scope="module")
def known():
    """Every migration of this version."""
    return set(MigrationLoader(None).disk_migrations)


def test_a_new_house_is_not_from_before(known):
    assert not is_from_before(set(), known)
    assert not is_from_before(known, known)
    assert not is_from_before({*known, ("of_another", "0001_initial")}, known)


def test_a_house_from_before_goes_on_when_it_has_all_there_was_and_is_refused_when_it_lacks_one(known):
    """Half of it is not taken for a house of this version whose migrations are still to come."""
    before = {*known, *NEWEST, ("access", "0003_house")}
    assert is_from_before(before, known)
    for newest in NEWEST:
        with pytest.raises(TooOld, match="never brought up to date"):
            is_from_before(before - {newest}, known)


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

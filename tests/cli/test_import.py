"""`hearth import` brings in the register in somebody's name, or says what it would do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

import two_people
from hearth.access.identity import acting_as
from hearth.housing.models import Home
from hearth.organisation import operations
from hearth.organisation.terms import Part, UserKind

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "guides" / "register-files"
KEEPER = "systems@ashgrove.example"


@pytest.fixture
def database(own_database, own_cast):
    """A database with somebody who keeps both the register and the users."""
    with transaction.atomic(), acting_as(own_cast.administrator):
        post = operations.add_post("systems", "Systems officer", [Part.REGISTER_KEEPER, Part.ADMINISTRATOR])
        user = operations.add_user(email=KEEPER, name="Systems", kind=UserKind.EMPLOYEE)
    two_people.appoint(own_cast, user, post, starts_at=datetime(2020, 1, 1, tzinfo=UTC))
    return {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(settings.HEARTH_KEYS)}


def homes_kept(cast):
    with transaction.atomic(), acting_as(cast.reporter):
        return Home.objects.count()


def test_a_look_says_what_would_change_and_an_import_changes_it(hearth, database, own_cast):
    look = hearth("import", str(SAMPLES), "--as", KEEPER, "--look", **database)
    assert look.returncode == 0, look.stderr
    assert "homes: 5 new, 0 changed, 0 unchanged, 0 left out" in look.stdout
    assert homes_kept(own_cast) == 0
    done = hearth("import", str(SAMPLES), "--as", KEEPER, **database)
    assert (done.returncode, done.stdout) == (0, look.stdout)
    assert homes_kept(own_cast) == 5
    again = hearth("import", str(SAMPLES), "--as", KEEPER, **database)
    assert "homes: 0 new, 0 changed, 5 unchanged, 0 left out" in again.stdout


def test_what_is_wrong_is_written_into_a_file_and_is_exit_code_3(hearth, database):
    folder = hearth.home / "files"
    folder.mkdir()
    (folder / "homes.csv").write_text("home reference,address line 1,postcode\nH1,1 Ash Road,M14\nH2,2 Ash Road,\n")
    faults = hearth.home / "faults.csv"
    look = hearth("import", str(folder), "--as", KEEPER, "--look", "--faults", str(faults), **database)
    assert look.returncode == 3
    assert "homes row 2 postcode: This is not a postcode." in look.stdout
    assert "homes,2,postcode,This is not a postcode." in faults.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("who", "files", "said"),
    [
        ("nobody@ashgrove.example", SAMPLES, "Nobody signs in with this e-mail address."),
        ("lead@ashgrove.example", SAMPLES, "lead@ashgrove.example does not keep the register"),
        (KEEPER, SAMPLES / "nothing", "There is none of homes.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(hearth, database, who, files, said):
    refused = hearth("import", str(files), "--as", who, **database)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.splitlines()) == 1

"""`hearth pack explain` says how a clause stands today, where there is a database to ask."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened

PACKS = Path(__file__).resolve().parents[2] / "packs"
MANCHESTER = str(PACKS / "manchester-2025")
TRIAGE = "4.1.4b"  # triage is completed within one working day
LOGGED = {"came_by": "page", "danger_now": "no", "about_our_people": "no"}


@pytest.fixture
def explained(hearth, own_database):
    """What the command says of a clause, asked as whoever keeps the machine does."""

    def say(clause, pack=MANCHESTER):
        told = {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(settings.HEARTH_KEYS)}
        done = hearth("pack", "explain", pack, clause, **told)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return say


def test_a_clause_is_broken_once_concerns_wait_too_long(explained, own_cast):
    assert "clock: Decide on the concern: kept (none is late)" in explained(TRIAGE)

    lead, long_ago = own_cast.lead, datetime.now(UTC) - timedelta(days=20)
    for _ in range(6):
        with acting_as(lead), transaction.atomic():
            circle = make_circle(CircleKind.CONCERN, by=lead, at=long_ago)
            happened("concern.logged", about=record_of("concern", circle, circle), by=lead, at=long_ago, facts=LOGGED)
    said = explained(TRIAGE)
    assert "\nToday: broken\n" in said
    assert "clock: Decide on the concern: broken (one is late now)" in said
    assert "6 in all: 0 kept in time, 0 kept late, 6 not kept yet" in said


def test_it_says_so_where_another_policy_is_in_force_or_none(explained, own_database, owner_of, tmp_path):
    shutil.copytree(PACKS, tmp_path / "packs")
    clauses = tmp_path / "packs" / "manchester-2025" / "clauses.toml"
    clauses.write_text(clauses.read_text() + "\n# not the same bytes\n")
    assert "Today, under the policy kept here: " in explained(TRIAGE, str(clauses.parent))
    assert "No policy that was ever in force here has a clause RC6." in explained("RC6", str(PACKS / "livv-2022"))

    with owner_of(own_database.split("/")[3].split("?")[0]) as owner:
        owner.execute("delete from policy_adoption")
    assert "No policy is in force here yet." in explained(TRIAGE)


def test_without_a_database_it_says_so_plainly_and_makes_nothing(hearth):
    home = hearth.home / "none"
    done = hearth("pack", "explain", MANCHESTER, TRIAGE, HEARTH_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert "clock: " in done.stdout
    assert done.stdout.endswith("PostgreSQL is not running. Start it with: hearth pg start.\n")
    assert not home.exists()
    done = hearth("pack", "explain", str(PACKS / "england"), "WT18.8", HEARTH_HOME=str(home))
    assert "\n    replaced by WT23: The edition of 2023 took the place" in done.stdout

    gone = f"postgresql:///hearth?host={home}"
    done = hearth(
        "pack", "explain", MANCHESTER, TRIAGE, HEARTH_DATABASE_URL=gone, HEARTH_KEYS=str(hearth.home / "keys")
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("the database did not answer.\n")

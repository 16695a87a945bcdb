"""`hearth fill` writes what the operations would have written: everything that checks Hearth agrees with it."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import NOT_PROVIDED

from filled import begin_to_fill, fill, filled, name_of, told
from hearth.access.identity import acting_as
from hearth.access.queries import viewer
from hearth.cases.models import Case, Note
from hearth.cases.queries import search_notes, worklist
from hearth.cli.filling.sheets import BLANK
from hearth.cli.postgres import databases
from hearth.concerns.models import Concern
from hearth.ledger.models import Entry
from hearth.organisation.models import User
from hearth.timescales.declarations import check_facts
from hearth.timescales.rows import as_happening

__all__ = ["filled"]

KINDS = {
    "concern": "concerns_concern",
    "case": "cases_case",
    "action": "cases_action",
    "referral": "partners_referral",
    "hazard": "housing_hazard",
}
A_YEAR_BEFORE = datetime.now(UTC) - timedelta(days=366)
# Every note again eight times over, with a word in it; and once for each worker's oldest, with another.
SAID_AGAIN = """
    set session_replication_role = replica;  -- nobody says it, so the ledger is not told
    insert into cases_note (public_id, idempotency_key, text, written_at, case_id, circle_id, written_by_id)
      select gen_random_uuid(), gen_random_uuid(), 'It is often so.', n.written_at, n.case_id, n.circle_id,
        n.written_by_id from cases_note n, generate_series(1, 8);
    insert into cases_note (public_id, idempotency_key, text, written_at, case_id, circle_id, written_by_id)
      select distinct on (n.written_by_id) gen_random_uuid(), gen_random_uuid(), 'It is rarely so.', n.written_at,
        n.case_id, n.circle_id, n.written_by_id from cases_note n order by n.written_by_id, n.written_at
"""
UNFORCED = "select relname from pg_class where relrowsecurity and not relforcerowsecurity and relkind in ('r', 'p')"
FEW = 500
SAME = {
    "concerns_concern": "id, reference, public_id, noticed, reported_by_id, logged_at, triage_due_at",
    "cases_note": "id, text, written_by_id, written_at",
    "timescales_clock": "id, rule, about_id, started_by_entry, due_at, state",
    "ledger_entry": "id, act, about_id, by_id, happened_at, facts, words_digest",
    "people_person": "id, name, born_on",
}


def test_every_column_that_must_be_filled_is():
    tables = {model._meta.db_table: model for model in apps.get_models()}
    left_out = [
        f"{table}.{column.column}"
        for table, told_columns in BLANK.items()
        for column in (tables[table]._meta.local_fields if table in tables else ())
        if column.column not in told_columns and not column.null and column.db_default is NOT_PROVIDED
    ]
    assert left_out == ["ledger_entry.recorded_at"], (
        "the database says when; everything else stands in filling/sheets.py"
    )


@pytest.fixture
def in_it(filled):
    """Django's connection points at it."""
    connection.close()
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name_of(filled)
    yield
    connection.close()
    connection.settings_dict["NAME"] = was


def test_the_ledger_verifies_the_clocks_agree_and_nothing_points_nowhere(hearth, filled, postgres):
    verified = hearth("ledger", "verify", **told(filled))
    assert verified.returncode == 0, verified.stdout
    assert "newer rows" not in verified.stdout, "everything is sealed"
    checked = hearth("clocks", "check", **told(filled))
    assert checked.returncode == 0, checked.stdout
    counted = hearth("counts", "check", **told(filled))
    assert counted.returncode == 0, counted.stdout

    with psycopg.connect(postgres.url(name_of(filled), "postgres")) as everything:
        for kind, table in KINDS.items():
            lost = f"about_kind = %s and not exists (select from {table} t where t.id = about_id)"
            for told_in in ("ledger_entry", "timescales_clock"):
                missing = everything.execute(f"select count(*) from {told_in} where {lost}", [kind]).fetchone()
                assert missing == (0,), (kind, told_in)
        assert everything.execute(UNFORCED).fetchall() == []
        by = """select count(*) filter (where by_id is null and act <> 'policy.adopted'), count(distinct by_id)
            from ledger_entry"""
        nobody, people = everything.execute(by).fetchone()
        assert nobody == 0
        assert people > 5


def test_only_what_an_app_declares_is_told(filled, owner_of):
    with owner_of(name_of(filled)) as owner:
        owner.execute("alter table ledger_entry no force row level security")
        entries = owner.execute("select id, act, about_kind, about_id, happened_at, facts from ledger_entry").fetchall()
        owner.execute("alter table ledger_entry force row level security")
    assert len(entries) > 1000
    for entry in entries:
        if entry[2] is not None:
            check_facts(entry[1], as_happening(*entry).facts)
            assert len(as_happening(*entry).facts) == len(entry[5]), entry


def test_everybody_sees_what_is_theirs_and_no_more(in_it):
    people = {user.email: viewer(user) for user in User.objects.filter(email__endswith="@filled.example")}
    lead, worker = people["lead-0@filled.example"], people["case_worker-0@filled.example"]
    officer = people["register_reader-0@filled.example"]
    with acting_as(lead), transaction.atomic():
        every = Case.objects.count()
        assert len(worklist(lead)) > 0
        assert search_notes(lead, "bramoxby").notes, "a word that was planted is found"
    with acting_as(worker), transaction.atomic():
        mine = Case.objects.count()
        owned = Case.objects.filter(owner_id=worker.id).count()
        assert not Note.objects.exclude(circle_id__in=Case.objects.values("circle_id")).exists()
    with acting_as(officer), transaction.atomic():
        assert Case.objects.count() == 0
        assert not Concern.objects.exclude(reported_by_id=officer.id).exists()
        assert Concern.objects.exists()
        assert not Entry.objects.exists()
    assert 0 < owned <= mine < every


def test_the_same_seed_gives_the_same_records_and_another_gives_others(filled, postgres, template):
    first = digests(postgres, name_of(filled))
    for name, words in {"hearth_same": ("--processes", "1"), "hearth_other": ("--seed", "2")}.items():
        databases.create(postgres, name, template=template)
        try:
            fill(postgres.url(name), *words)
            again = digests(postgres, name)
        finally:
            databases.drop(postgres, name)
        alike = {table for table in SAME if again[table] == first[table]}
        assert alike == (set(SAME) if name == "hearth_same" else set())


def test_a_fill_that_was_killed_goes_on_where_it_stopped(hearth, filled, postgres, template):
    databases.create(postgres, "hearth_stopped", template=template)
    address = postgres.url("hearth_stopped")
    try:
        begun = begin_to_fill(address, "--processes", "1")
        assert any("200 of 220" in line for line in begun.stderr), "killed after the first stretch"
        begun.kill()
        begun.communicate(timeout=10)
        other = hearth("fill", "--cases", "500", **told(address))
        assert other.returncode == 1
        assert "A fill of 220 cases with seed 1 was stopped here." in other.stderr
        fill(address)
        assert digests(postgres, "hearth_stopped") == digests(postgres, name_of(filled))
        again = hearth("fill", "--cases", "220", **told(address))
        assert "filled before" in again.stderr, "what is whole is not gone on with"
        with psycopg.connect(postgres.url("hearth_stopped", "postgres")) as everything:
            assert everything.execute(UNFORCED).fetchall() == []
    finally:
        databases.drop(postgres, "hearth_stopped")


def test_a_house_with_real_people_or_filled_before_is_refused(hearth, filled, postgres, template):
    again = hearth("fill", "--cases", "10", **told(filled))
    assert again.returncode == 1
    assert "filled before" in again.stderr

    databases.create(postgres, "hearth_real", template=template)
    try:
        with psycopg.connect(postgres.url("hearth_real", "postgres"), autocommit=True) as everything:
            everything.execute("update organisation_user set is_demonstration = false where email like 'lead@%'")
        refused = hearth("fill", "--cases", "10", **told(postgres.url("hearth_real")))
        assert refused.returncode == 1
        assert "not invented" in refused.stderr
    finally:
        databases.drop(postgres, "hearth_real")


def digests(postgres, name: str) -> dict[str, str]:
    """What every table of SAME holds, in one word each."""
    with psycopg.connect(postgres.url(name, "postgres")) as everything:
        return {
            table: str(everything.execute(
                f"select md5(string_agg(row({columns})::text, '|' order by id)) from {table}"
            ).fetchone())
            for table, columns in SAME.items()
        }  # fmt: skip


def notes_read():
    """How many notes this connection has read lately, from indexes and otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_all_tables"
            " where relname = 'cases_note'"
        )
        return cursor.fetchone()[0]


# Words written every so many days back from now, so many times each, as long as the house is old; and one that was in
# thousands of notes two years ago.
PACES = {"zorbel": (1, 3), "zornal": (2, 1), "zortic": (6, 1), "zorven": (30, 1), "zoryth": (300, 1)}
WRITTEN_AGAIN = """
    insert into cases_note (public_id, idempotency_key, text, written_at, case_id, circle_id, written_by_id)
      select gen_random_uuid(), gen_random_uuid(), %s, now() - make_interval(days => day, mins => turn), n.case_id,
        n.circle_id, n.written_by_id
      from (select * from cases_note order by id limit 1) n, generate_series(%s::int, %s::int, %s::int) day,
        generate_series(1, %s) turn
"""


def test_the_newest_are_found_however_often_a_word_is_written(filled, postgres):
    """A rare word is looked for everywhere at once, a common one in stretches: the answer is the same."""
    connection.close()
    databases.create(postgres, "hearth_paces", template=name_of(filled))
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "hearth_paces"
    try:
        with psycopg.connect(postgres.url("hearth_paces", "postgres"), autocommit=True) as everything:
            everything.execute("set session_replication_role = replica")
            for pace, (days, times) in PACES.items():
                everything.execute(WRITTEN_AGAIN, [f"It was {pace} so.", 0, 1000, days, times])
            everything.execute(WRITTEN_AGAIN, ["It was zorold so.", 700, 800, 1, 30])
        lead = viewer(User.objects.get(email="lead-0@filled.example"))
        for word in (*PACES, "bramoxby", "bramumwell"):
            with acting_as(lead), transaction.atomic():
                told = search_notes(lead, word)
                naive = Note.objects.filter(text__contains=word).order_by("-written_at")
                newest = list(naive.values_list("written_at", flat=True)[:25])
            assert [note.written_at for note in told.notes] == newest, word
            assert newest, "the control"
        with acting_as(lead), transaction.atomic():
            of_old = search_notes(lead, "zorold")
            assert (list(of_old.notes), of_old.only_last_year) == ([], True), "in 3,030 notes, and none for a year"
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was
        databases.drop(postgres, "hearth_paces")


def test_a_word_in_thousands_of_notes_is_answered_from_the_last_year_and_says_so(filled, postgres):
    connection.close()
    databases.create(postgres, "hearth_wordy", template=name_of(filled))
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "hearth_wordy"
    try:
        with psycopg.connect(postgres.url("hearth_wordy", "postgres"), autocommit=True) as everything:
            everything.execute(SAID_AGAIN)
        lead = viewer(User.objects.get(email="lead-0@filled.example"))
        worker = viewer(User.objects.get(email="case_worker-0@filled.example"))
        for who in (lead, worker):
            with acting_as(who), transaction.atomic():
                before = notes_read()
                often, rarely = search_notes(who, "often"), search_notes(who, "rarely")
                read = notes_read() - before
                assert who is worker or read < FEW, "what is not shown is not read; a worker of two has half of all"
                allowed = set(Note.objects.filter(text__contains="often").values_list("id", flat=True))
            assert often.only_last_year
            assert not rarely.only_last_year
            times = [note.written_at for note in often.notes]
            assert times == sorted(times, reverse=True)
            assert times
            assert min(times) > A_YEAR_BEFORE
            assert {note.id for note in often.notes} <= allowed
            with acting_as(lead), transaction.atomic():
                before = notes_read()
                assert Note.objects.filter(text__contains="often").count() > FEW
                assert notes_read() - before > FEW, "the control"
            assert min(note.written_at for note in rarely.notes) < A_YEAR_BEFORE, (
                "a rarer word is looked up in every year"
            )
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was
        databases.drop(postgres, "hearth_wordy")

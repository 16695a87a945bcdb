"""People read what happened in their own circles, and nothing else of the ledger."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import psycopg
import pytest
from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind
from hearth.ledger.operations import dispose, make_partitions, record, record_read
from hearth.ledger.queries import alarms, changes_of, entries_about, entries_in, entry_numbered, lag, looks_in
from hearth.organisation.terms import Part

MAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """Something to write about."""

    ledger_kind: ClassVar[str] = "case"
    id: int
    circle_id: int


@pytest.fixture
def case(cast):
    """A case the worker is in, with two things that happened and one look."""
    worker = cast.worker
    with acting_as(worker):
        circle = make_circle(CircleKind.CASE, by=worker, at=MAY)
        give(circle, to=worker.id, by=worker, at=MAY, part_in_it=Part.CASE_WORKER)
        case = Case(41, circle)
        record("case.noted", about=case, happened_at=MAY, words={"note": "She was at home"})
        record("case.opened", about=case, happened_at=MAY - timedelta(days=1), facts={"band": "high"}, clause="4.1")
        record_read("case.read", about=case, ids=[("case", 41)], durable=True)
    return case


def test_a_chronology_is_in_the_order_things_happened_with_the_words_of_those_who_may_read_them(cast, case):
    with acting_as(cast.worker):
        opened, noted = entries_in([case.circle_id])
        assert (opened.act, opened.facts, opened.clause, opened.words) == ("case.opened", {"band": "high"}, "4.1", None)
        assert (noted.act, noted.words, noted.by_id) == ("case.noted", {"note": "She was at home"}, cast.worker.id)
        assert entries_about(case) == [opened, noted]
        assert entry_numbered(noted.id) == noted


def test_somebody_outside_the_circle_reads_nothing_of_it(cast, case):
    with acting_as(cast.worker):
        known = entries_about(case)[0].id
    for name in ("outsider", "owner", "administrator"):
        with cast.acting(name):
            assert (entries_in([case.circle_id]), entries_about(case), looks_in([case.circle_id])) == ([], [], [])
            assert entry_numbered(known) is None


def test_whoever_reads_every_open_record_reads_its_history_too(cast, case):
    with cast.acting("lead"):
        assert len(entries_about(case)) == 2


def test_who_has_looked_is_told_to_those_inside(cast, case):
    with cast.acting("lead"):
        record_read("case.read", about=case, ids=[("case", 41), ("note", 3)], durable=True)
    with acting_as(cast.worker):
        assert [look.by_id for look in looks_in([case.circle_id])] == [cast.lead.id, cast.worker.id]
        assert looks_in([case.circle_id])[0].facts == {"shown": {"case": [41], "note": [3]}}


def test_what_was_known_at_a_time_leaves_out_what_was_recorded_later(cast, case):
    with acting_as(cast.worker):
        assert entries_about(case, known_at=MAY) == [], "all of it was recorded today, whenever it happened"
        assert len(entries_about(case, known_at=datetime.now(UTC) + timedelta(minutes=1))) == 2


@pytest.mark.parametrize("statement", [
    "insert into ledger_entry (act, happened_at) values ('case.noted', now())",
    "insert into ledger_entry_words (id, salt, body) values (1, sha256(''), '{}')",
    "update ledger_entry set act = 'case.closed'",
    "delete from ledger_entry",
    "select hearth.dispose('{1}', '{}', '')",
    "select hearth.ledger_writer()",
])  # fmt: skip
def test_people_change_nothing_of_it(cast, case, statement):
    with (
        acting_as(cast.lead), pytest.raises(Exception, match="permission denied"),
        transaction.atomic(), connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(statement)


def test_the_house_changes_tracked_rows_as_the_system(ledger):
    from hearth.access import identity
    from hearth.ledger.tables import track_changes

    ledger.as_("owner").execute("create table promise (id bigint primary key, word text)")
    ledger.as_("owner").execute("grant insert on promise to hearth_house")
    ledger.as_("owner").execute(track_changes("promise")[0].sql)
    with ledger.as_("app").transaction():
        signed = identity.token(0, ledger.as_("app").info.backend_pid)
        ledger.as_("app").execute("select set_config('hearth.identity', %s, true)", [signed])
        ledger.as_("app").execute("set local role hearth_house")
        ledger.as_("app").execute("insert into promise values (1, 'x')")
    assert ledger.as_("sealer").execute("select by_id, what from ledger_change").fetchall() == [(None, "added")]


def test_the_history_of_a_row_shows_only_what_changed(own_cast, ledger):
    """The table stands behind row security, as every table with a circle does."""
    from hearth.access.row_security import protect
    from hearth.ledger.tables import track_changes

    ledger.as_("owner").execute(
        "create table home (id bigint primary key, circle_id bigint, restricted boolean, street text)"
    )
    for operation in [*protect("home"), *track_changes("home", leaving_out=("restricted",))]:
        ledger.as_("owner").execute(operation.sql)
    worker = own_cast.worker
    with acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
        circle = make_circle(CircleKind.CASE, by=worker, at=MAY)
        give(circle, to=worker.id, by=worker, at=MAY, part_in_it=Part.CASE_WORKER)
        cursor.execute("insert into home values (1, %s, false, 'Elm Row')", [circle])
        cursor.execute("update home set street = 'Elm Road'")
        added, changed = changes_of("home", 1)
    assert (added.what, added.old, added.new) == ("added", None, {"id": 1, "circle_id": circle, "street": "Elm Row"})
    assert (changed.old, changed.new, changed.by_id) == ({"street": "Elm Row"}, {"street": "Elm Road"}, worker.id)
    with own_cast.acting("outsider"), transaction.atomic():
        assert changes_of("home", 1) == []


def test_the_jobs_process_keeps_the_months_and_disposes(ledger, monkeypatch):
    (entry,) = ledger.write()
    monkeypatch.setitem(connection.settings_dict, "USER", "hearth_worker")
    assert lag().unsealed == 1
    assert (make_partitions(), alarms()) == (0, [])
    dispose(entries=[entry], clause="9.2")
    assert lag().unsealed == 2
    connection.close()
    assert ledger.as_("sealer").execute("select count(*) from ledger_entry_words").fetchone() == (0,)


def test_the_control_of_the_house_is_that_nobody_else_passes_as_the_system(ledger):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ledger.as_("app").execute("select hearth.record('a.b', null, null, null, now(), '', '{}', null, true)")

"""Who writes in the ledger, and what the database fills in whatever the caller says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.errors import InsufficientPrivilege, RestrictViolation

from hearth.access.identity import acting_as
from hearth.ledger.operations import record, record_read
from hearth.ledger.terms import NobodySignedIn, NotAFact

MAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
REQUEST = "6f1d6c1e-6f0e-4b53-9d4f-0c9a4d1c2b3a"
TABLES = ("ledger_entry", "ledger_change", "ledger_entry_words", "ledger_change_rows", "ledger_seal",
          "ledger_seal_leaves", "ledger_epoch", "ledger_partition")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Something to write about."""

    ledger_kind: ClassVar[str] = "case"
    id: int = 41
    circle_id: int | None = None


def stored(ledger, entry, columns):
    return ledger.as_("sealer").execute(f"select {columns} from ledger_entry where id = %s", [entry]).fetchone()


def test_an_entry_says_who_what_when_and_under_which_clause(ledger, own_cast):
    lead = own_cast.lead
    with acting_as(lead, request=REQUEST), transaction.atomic():
        entry = record(
            "case.risk_rated", about=Case(), happened_at=MAY, clause="5.2(a)",
            facts={"band": "high", "seen": True, "children": 2, "next": date(2026, 5, 10), "other": None},
        )  # fmt: skip
    act, kind, about, by, happened, clause, request, facts = stored(
        ledger, entry, "act, about_kind, about_id, by_id, happened_at, clause, request, facts"
    )
    assert (act, kind, about, clause) == ("case.risk_rated", "case", 41, "5.2(a)")
    assert (by, happened, request) == (lead.id, MAY, UUID(REQUEST))
    assert facts == {"band": "high", "seen": True, "children": 2, "next": "2026-05-10", "other": None}


def test_the_two_times_are_kept_apart(ledger, own_cast):
    before = datetime.now(UTC) - timedelta(seconds=5)
    with acting_as(own_cast.lead):
        entry = record("case.noted", about=Case(), happened_at=MAY)
    happened, recorded = stored(ledger, entry, "happened_at, recorded_at")
    assert happened == MAY
    assert before < recorded < datetime.now(UTC) + timedelta(seconds=5)


def test_typed_words_lie_apart_and_the_entry_holds_only_their_salted_digest(ledger, own_cast):
    with acting_as(own_cast.lead):
        first, second = (
            record("case.noted", about=Case(circle_id=9), happened_at=MAY, words={"why": "She asked us to", "note": ""})
            for _ in range(2)
        )
    whole = ledger.as_("sealer").execute("select r::text from ledger_entry r order by id").fetchall()
    assert "asked" not in str(whole)
    words = ledger.as_("sealer").execute("select id, circle_id, body from ledger_entry_words order by id").fetchall()
    assert words == [(first, 9, '{"why": "She asked us to"}'), (second, 9, '{"why": "She asked us to"}')]
    one, other = (stored(ledger, entry, "words_digest")[0] for entry in (first, second))
    assert one != other, "the same words twice do not show as the same"


def test_nobody_signed_in_writes_nothing(ledger, own_cast):
    with pytest.raises(NobodySignedIn, match="Nobody is signed in"), transaction.atomic():
        record("case.noted", about=Case(), happened_at=MAY)
    with acting_as(own_cast.lead):
        assert record("case.noted", about=Case(), happened_at=MAY)


def test_a_forged_identity_writes_nothing(ledger, own_cast):
    lead = own_cast.lead
    with transaction.atomic(), connection.cursor() as cursor:
        forged = f"{lead.id}.9999999999.{'0' * 64}"
        cursor.execute(
            "select set_config('hearth.identity', %s, true), set_config('role', 'hearth_broad', true)", [forged]
        )
        with pytest.raises(NobodySignedIn):
            record("case.noted", about=Case(), happened_at=MAY)
        transaction.set_rollback(True)


def test_the_system_writes_as_nobody_only_from_its_own_processes(ledger):
    (entry,) = ledger.write(1)
    assert stored(ledger, entry, "by_id") == (None,)


THIS_MONTH = """
    select name from ledger_partition where parent = 'ledger_entry' and starts_at <= now() and ends_at > now()
"""
INSERT = "insert into ledger_entry (act, happened_at, by_id, xid, epoch, request) values ('a.b', now(), 7, '1', 9, %s)"


def test_no_process_adds_an_entry_past_the_one_function(ledger):
    for role in ("worker", "sealer", "app"):
        with pytest.raises(InsufficientPrivilege):
            ledger.as_(role).execute(INSERT, [REQUEST])


def test_what_even_the_owner_says_of_who_and_which_transaction_does_not_count(ledger):
    ledger.as_("owner").execute(INSERT, [REQUEST])
    row = ledger.as_("sealer").execute("select by_id, request, epoch, xid > '1' from ledger_entry").fetchone()
    assert row == (None, None, 1, True)


def test_nor_does_what_stood_in_the_settings_before(ledger):
    """Who writes is found once for each statement: whatever was set before it, and into whichever table it goes."""
    owner = ledger.as_("owner")
    for table in ("ledger_entry", owner.execute(THIS_MONTH).fetchone()[0]):
        with owner.transaction():
            owner.execute("select set_config('hearth.writer', '7', true), set_config('hearth.epoch', '9', true)")
            owner.execute(f"insert into {table} (act, happened_at) values ('a.b', now())")
    rows = ledger.as_("sealer").execute("select by_id, epoch from ledger_entry").fetchall()
    assert rows == [(None, 1), (None, 1)]


def test_each_statement_of_a_transaction_is_signed_anew(ledger, own_cast):
    with transaction.atomic():
        with acting_as(own_cast.lead):
            first = record("case.noted", about=Case(), happened_at=MAY)
        with acting_as(own_cast.worker):
            second = record("case.noted", about=Case(), happened_at=MAY)
    assert stored(ledger, first, "by_id") == (own_cast.lead.id,)
    assert stored(ledger, second, "by_id") == (own_cast.worker.id,)


def test_even_the_owner_cannot_add_a_backdated_entry(ledger):
    with pytest.raises(RestrictViolation, match="written by the database"):
        ledger.as_("owner").execute(
            "insert into ledger_entry (act, happened_at, recorded_at) values ('a.b', now(), now() - interval '2 hours')"
        )


def test_no_role_may_change_delete_or_truncate(ledger):
    rights = (
        "select r, t from unnest(%s::text[]) r, unnest(%s::text[]) t where has_any_column_privilege(r, t, 'update')"
        " or has_table_privilege(r, t, 'delete') or has_table_privilege(r, t, 'truncate')"
    )
    roles = [f"hearth_{role}" for role in ("app", "worker", "broad", "narrow", "sealer")]
    assert ledger.as_("owner").execute(rights, [roles, list(TABLES)]).fetchall() == []
    assert ledger.as_("owner").execute(rights, [["hearth_owner"], list(TABLES)]).rowcount == len(TABLES), "the control"


def test_nobody_has_a_grant_on_any_partition(ledger):
    grants = ledger.as_("postgres").execute(
        "select c.relname from pg_class c, aclexplode(c.relacl) a where c.relispartition and a.grantee <> c.relowner"
    )
    assert grants.fetchall() == []


def test_a_fact_is_a_code_never_a_sentence(ledger, own_cast):
    with acting_as(own_cast.lead):
        for facts in ({"why": "he hit her"}, {"Why": "x"}, {"shown": "x"}, {"why": ["x"]}, {"why": "x" * 101}):
            with pytest.raises(NotAFact):
                record("case.noted", about=Case(), happened_at=MAY, facts=facts)
    assert ledger.as_("sealer").execute("select count(*) from ledger_entry").fetchone() == (0,)


def test_a_page_that_was_read_is_one_entry_with_everything_it_showed(ledger, own_cast):
    with acting_as(own_cast.lead):
        entry = record_read("case.read", about=Case(), ids=[("case", 41), ("note", 5), ("note", 6)], durable=True)
    assert stored(ledger, entry, "facts") == ({"shown": {"case": [41], "note": [5, 6]}},)


def waits():
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('synchronous_commit')")
        return cursor.fetchone()[0]


def test_only_a_page_that_reads_and_nothing_else_does_not_wait_for_the_disk(ledger, own_cast):
    lead = own_cast.lead
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = on")
    with acting_as(lead):
        with transaction.atomic():
            record_read("case.read", about=Case(), ids=[], durable=False)
            assert waits() == "off"
        with transaction.atomic():
            record_read("case.read", about=Case(), ids=[], durable=True)
            assert waits() == "on"
        with transaction.atomic():
            record_read("case.read", about=Case(), ids=[], durable=False)
            record("case.noted", about=Case(), happened_at=MAY)
            assert waits() == "on", "something was written after the page was read"
        with transaction.atomic():
            record("case.noted", about=Case(), happened_at=MAY)
            record_read("case.read", about=Case(), ids=[], durable=False)
            assert waits() == "on", "something was written before the page was read"
        assert waits() == "on"


def test_an_entry_goes_with_the_transaction_that_wrote_it(ledger, own_cast):
    with acting_as(own_cast.lead):
        with transaction.atomic():
            record("case.noted", about=Case(), happened_at=MAY)
            transaction.set_rollback(True)
        kept = record("case.noted", about=Case(), happened_at=MAY)
    assert ledger.as_("sealer").execute("select array_agg(id) from ledger_entry").fetchone() == ([kept],)


def test_people_read_nothing_of_the_ledger_without_a_grant_in_it(ledger):
    with pytest.raises(InsufficientPrivilege), psycopg.connect(ledger.as_("worker").info.dsn, user="hearth_app") as app:
        app.execute("select id from ledger_entry")

"""Months of the ledger: each is guarded by itself, none can leave unseen, and there is always one ready."""

import psycopg
import pytest
from psycopg.errors import RestrictViolation

from hearth.ledger.report import Problem
from ledger.findings import month, wrong


def test_a_partition_by_name_refuses_change_even_to_its_owner(sealed):
    for role in ("owner", "postgres"):
        for statement in ("update {} set act = 'x.y'", "delete from {}", "truncate {}"):
            with pytest.raises(RestrictViolation, match="only added to"):
                sealed.as_(role).execute(statement.format(month(sealed)))
    assert sealed.verify().ok


def test_a_session_that_plays_replica_is_refused_too(sealed):
    root = sealed.as_("postgres")
    root.execute("set session_replication_role = replica")
    with pytest.raises(RestrictViolation):
        root.execute(f"delete from {month(sealed)}")
    root.execute("reset session_replication_role")


def test_truncating_the_whole_table_is_refused(sealed):
    for table in ("ledger_entry", "ledger_change", "ledger_seal_leaves", "ledger_entry_words"):
        with pytest.raises(RestrictViolation, match="truncate"):
            sealed.as_("owner").execute(f"truncate {table}")


@pytest.mark.parametrize("statement", ["update {} set by_id = 1 where id = 4", "delete from {} where id = 4"])
def test_a_partition_changed_by_force_is_found(sealed, statement):
    sealed.tamper(statement.format(month(sealed)))
    assert wrong(sealed.verify())[1:] == ("entry 4", 1)


def test_a_partition_emptied_by_force_is_found(sealed):
    sealed.tamper(f"truncate {month(sealed)}")
    report = sealed.verify()
    assert wrong(report) == (Problem.GONE, "entry 1", 1)
    assert report.total == 12


def test_a_guard_that_was_left_off_is_found(sealed):
    sealed.as_("owner").execute(f"alter table {month(sealed)} disable trigger refuse_change")
    assert wrong(sealed.verify())[:2] == (Problem.GUARD_OFF, month(sealed))


def test_a_grant_on_a_partition_is_found(sealed):
    sealed.as_("owner").execute(f"grant select on {month(sealed)} to hearth_broad")
    assert wrong(sealed.verify())[:2] == (Problem.GUARD_OFF, month(sealed))


def test_a_detached_partition_is_named_and_still_guarded(sealed):
    name = month(sealed)
    sealed.as_("owner").execute(f"alter table ledger_entry detach partition {name}")
    report = sealed.verify()
    assert wrong(report) == (Problem.GONE, "entry 1", 1)
    assert (Problem.PARTITION_DETACHED, name) in {(finding.problem, finding.what) for finding in report.findings}
    with pytest.raises(RestrictViolation):
        sealed.as_("owner").execute(f"delete from {name}")


def test_a_dropped_partition_is_named(sealed):
    name = month(sealed)
    sealed.as_("owner").execute(f"drop table {name}")
    found = {(finding.problem, finding.what) for finding in sealed.verify().findings}
    assert {(Problem.PARTITION_GONE, name), (Problem.GONE, "entry 1")} <= found


def test_a_dropped_partition_struck_from_the_list_is_found_too(sealed):
    name = month(sealed)
    sealed.tamper(f"drop table {name}", f"delete from ledger_partition where name = '{name}'")
    found = {(finding.problem, finding.what) for finding in sealed.verify().findings}
    assert {(Problem.PARTITION_GONE, name), (Problem.GONE, "entry 1")} <= found


def test_months_are_made_ahead_and_an_alarm_says_when_they_run_out(ledger):
    owner = ledger.as_("owner")
    names = [row[0] for row in owner.execute("select name from ledger_partition where parent = 'ledger_entry'")]
    assert len(names) == 5
    assert ledger.as_("worker").execute("select hearth.make_ledger_partitions()").fetchone() == (0,)
    assert ledger.as_("worker").execute("select count(*) from hearth.ledger_alarm()").fetchone() == (0,)
    for name in sorted(names)[2:4]:
        owner.execute(f"drop table {name}")
        ledger.tamper(f"delete from ledger_partition where name = '{name}'")
    assert ledger.as_("worker").execute("select * from hearth.ledger_alarm()").fetchall() == [
        ("ledger_entry", "months_running_out")]  # fmt: skip
    assert ledger.as_("worker").execute("select hearth.make_ledger_partitions()").fetchone() == (2,)


def test_an_entry_in_a_month_nobody_made_lands_in_the_default_partition_with_an_alarm(ledger):
    (name,) = (
        ledger.as_("owner")
        .execute(
            "select name from ledger_partition where parent = 'ledger_entry' and starts_at <= now() and ends_at > now()"
        )
        .fetchone()
    )
    ledger.as_("owner").execute(f"drop table {name}")
    ledger.write()
    assert ledger.as_("worker").execute("select * from hearth.ledger_alarm()").fetchall() == [
        ("ledger_entry", "rows_in_default")]  # fmt: skip


def test_only_the_owner_makes_partitions_by_hand(ledger):
    for role in ("worker", "sealer"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ledger.as_(role).execute("select hearth.make_ledger_partition('ledger_entry', '2031-01-01')")

"""Words can be disposed of and the ledger still verifies: it says *disposed*, not *tampered*."""

import psycopg
import pytest

from hearth.ledger.report import Problem
from hearth.ledger.tables import track_changes


def dispose(ledger, entries=(), changes=()):
    statement = "select hearth.dispose(%s, %s, '9.2')"
    return ledger.as_("worker").execute(statement, [list(entries), list(changes)]).fetchone()[0]


def test_disposed_words_are_gone_and_the_ledger_says_so(sealed):
    disposal = dispose(sealed, [5, 6])
    sealed.seal()
    remaining = sealed.as_("sealer").execute("select id from ledger_entry_words where id in (5, 6, 7)").fetchall()
    assert remaining == [(7,)], "the salt went with the words"
    facts = sealed.as_("sealer").execute("select facts from ledger_entry where id = %s", [disposal]).fetchone()[0]
    assert facts == {"disposed": {"entry": [5, 6], "change": []}}
    report = sealed.verify()
    assert (report.ok, report.disposed) == (True, 2)
    assert "2 had their words or contents disposed of, as recorded." in report.sentences()


def test_words_deleted_without_a_disposal_are_tampering(sealed):
    dispose(sealed, [5])
    sealed.tamper("delete from ledger_entry_words where id = 6")
    report = sealed.verify()
    assert (report.first.problem, report.first.what, report.total) == (Problem.WORDS_GONE, "entry 6", 1)


def test_what_had_no_words_is_not_listed_as_disposed(sealed):
    disposal = dispose(sealed, [5, 9_000])
    facts = sealed.as_("sealer").execute("select facts from ledger_entry where id = %s", [disposal]).fetchone()[0]
    assert facts["disposed"]["entry"] == [5]


def test_the_contents_of_changed_rows_are_disposed_of_too(ledger):
    owner = ledger.as_("owner")
    owner.execute("create table home (id bigint primary key, street text)")
    for operation in track_changes("home"):
        owner.execute(operation.sql)
    owner.execute("insert into home values (1, 'Elm Row'), (2, 'Ash Row')")
    ledger.seal()
    dispose(ledger, changes=[1])
    ledger.seal()
    report = ledger.verify()
    assert (report.ok, report.disposed) == (True, 1)
    ledger.tamper("update ledger_change_rows set body = '{}' where id = 2")
    assert (ledger.verify().first.problem, ledger.verify().first.what) == (Problem.WORDS_EDITED, "change 2")


def test_a_disposal_that_was_planted_does_not_hide_anything(sealed):
    sealed.tamper(
        "delete from ledger_entry_words where id = 6",
        "alter table ledger_entry disable trigger user",
        "insert into ledger_entry (act, happened_at, facts, xid, epoch)"
        " select 'ledger.disposed', now(), '{\"disposed\": {\"entry\": [6]}}', xid, 1 from ledger_entry where id = 6",
    )
    assert sealed.verify().first.problem is Problem.PLANTED


def test_people_and_the_sealer_dispose_of_nothing(sealed):
    for role in ("app", "sealer"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sealed.as_(role).execute("select hearth.dispose('{5}', '{}', '')")

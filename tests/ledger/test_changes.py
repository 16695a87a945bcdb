"""Every change of a tracked table's rows is kept: which columns in the ledger, what was in them beside it."""

import json

import psycopg
import pytest

from hearth.ledger.tables import track_changes


@pytest.fixture
def homes(ledger):
    """A tracked table that the jobs process may write."""
    owner = ledger.as_("owner")
    owner.execute("create table home (id bigint primary key, circle_id bigint, street text, secret text)")
    owner.execute("grant select, insert, update, delete on home to hearth_worker, hearth_app")
    for operation in track_changes("home", leaving_out=("secret",)):
        owner.execute(operation.sql)
    return ledger.as_("worker")


def kept(ledger):
    rows = ledger.as_("sealer").execute(
        "select c.what, c.row_id, c.circle_id, c.columns, r.body"
        " from ledger_change c left join ledger_change_rows r on r.id = c.id order by c.id"
    )
    return [(*row[:4], json.loads(row[4])) for row in rows]


def test_added_changed_and_removed_rows_are_kept_with_only_what_changed(ledger, homes):
    homes.execute("insert into home values (1, 9, 'Elm Row', 'x'), (2, null, 'Ash Row', 'y')")
    homes.execute("update home set street = 'Elm Road' where id = 1")
    homes.execute("delete from home where id = 2")
    first, second = {"circle_id": 9, "id": 1, "street": "Elm Row"}, {"circle_id": None, "id": 2, "street": "Ash Row"}
    assert kept(ledger) == [
        ("added", 1, 9, [], {"old": None, "new": first}),
        ("added", 2, None, [], {"old": None, "new": second}),
        ("changed", 1, 9, ["street"], {"old": {"street": "Elm Row"}, "new": {"street": "Elm Road"}}),
        ("removed", 2, None, [], {"old": second, "new": None}),
    ]


def test_what_is_left_out_is_known_to_have_changed_but_not_to_what(ledger, homes):
    homes.execute("insert into home values (1, null, 'Elm Row', 'first secret')")
    homes.execute("update home set secret = 'second secret'")
    assert kept(ledger)[1] == ("changed", 1, None, ["secret"], {"old": None, "new": None})
    assert "second" not in str(ledger.as_("sealer").execute("select r::text from ledger_change_rows r").fetchall())


def test_a_row_given_another_key_is_not_lost_sight_of(ledger, homes):
    homes.execute("insert into home values (1, null, 'Elm Row', 'x')")
    homes.execute("update home set id = 7")
    assert sorted((row, body["old"]["id"], body["new"]["id"]) for _, row, _, _, body in kept(ledger)[1:]) == [
        (1, 1, None),
        (7, None, 7),
    ]


def test_an_update_that_changes_nothing_leaves_nothing(ledger, homes):
    homes.execute("insert into home values (1, null, 'Elm Row', 'x')")
    homes.execute("update home set street = street")
    homes.execute("update home set street = 'Ash Row' where id = 99")
    assert len(kept(ledger)) == 1


def test_a_save_that_replaces_counts_as_what_it_did(ledger, homes):
    homes.execute("insert into home values (1, null, 'Elm Row', 'x')")
    homes.execute(
        "insert into home values (1, null, 'Oak Row', 'x'), (2, null, 'Fir Row', 'x')"
        " on conflict (id) do update set street = excluded.street"
    )
    assert sorted((what, row) for what, row, *_ in kept(ledger)) == [("added", 1), ("added", 2), ("changed", 1)]


def test_nobody_signed_in_changes_nothing_that_is_tracked(ledger, homes):
    with psycopg.connect(homes.info.dsn, user="hearth_app", autocommit=True) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="Nobody is signed in"):
            app.execute("insert into home values (1, null, 'Elm Row', 'x')")
        ledger.as_("owner").execute("drop trigger note_added on home")
        ledger.as_("owner").execute(track_changes("home", nobody_may=True)[0].sql)
        app.execute("insert into home values (1, null, 'Elm Row', 'x')")
    assert len(kept(ledger)) == 1


def test_changes_are_sealed_with_the_entries_of_their_transaction(ledger, homes):
    with homes.transaction():
        ledger.write(2, connection=homes)
        homes.execute("insert into home select n, null, 'Elm Row', 'x' from generate_series(1, 30) n")
    assert ledger.seal().rows == 32
    assert ledger.verify().ok


def test_tracking_can_be_taken_back(ledger, homes):
    for operation in track_changes("home"):
        ledger.as_("owner").execute(operation.reverse_sql)
    homes.execute("insert into home values (1, null, 'Elm Row', 'x')")
    assert kept(ledger) == []

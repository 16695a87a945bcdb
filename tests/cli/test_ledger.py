"""`hearth ledger verify` says whether what was written is still what was written."""

from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from hearth.ledger.anchors import anchors_in
from hearth.ledger.keys import signer
from hearth.ledger.sealing import seal

NOW = datetime.now(UTC)


@pytest.fixture
def sealed(own_database, hearth):
    """A database with two sealed entries, and the surroundings of the command that verifies it."""
    with psycopg.connect(own_database.replace("://", "://hearth_worker@"), autocommit=True) as worker:
        for _ in range(2):
            values = ["case.noted", None, None, None, NOW, "", "{}", None, True]
            worker.execute("select hearth.record(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
    keys = hearth.home / "keys"
    with psycopg.connect(own_database.replace("://", "://hearth_sealer@"), autocommit=True) as sealer:
        assert seal(sealer, signer=signer(keys), anchors=hearth.home / "anchors")
    return {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(keys)}


def test_an_untouched_ledger_verifies_and_a_changed_row_is_named(hearth, sealed, owner_of):
    good = hearth("ledger", "verify", **sealed)
    assert good.returncode == 0, good.stderr
    assert "Everything is as it was written." in good.stdout

    name = sealed["HEARTH_DATABASE_URL"].split("/")[3].split("?")[0]
    with owner_of(name) as owner:
        owner.execute("alter table ledger_entry no force row level security")
        owner.execute("alter table ledger_entry disable trigger all")
        parts = owner.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'ledger_entry'::regclass"
        )
        for (part,) in parts.fetchall():
            owner.execute(f"alter table {part} disable trigger all")
        owner.execute("update ledger_entry set act = 'case.closed' where id = (select min(id) from ledger_entry)")
    bad = hearth("ledger", "verify", **sealed)
    assert bad.returncode == 3
    assert "was edited after it was sealed" in bad.stdout
    assert bad.stderr == "hearth: The ledger is not as it was written.\n"


def test_it_is_compared_with_a_message_and_a_file_that_quotes_no_anchor_is_refused(hearth, sealed):
    (anchor,) = anchors_in(hearth.home / "anchors")
    message, another = hearth.home / "message.eml", hearth.home / "another.eml"
    message.write_text(f"From: hearth\n\n{anchor.e_mail}\n")
    another.write_text("From: somebody\n\nSee you on Monday.\n")
    good = hearth("ledger", "verify", "--anchor", str(message), **sealed)
    assert (good.returncode, good.stderr) == (0, "")
    mistaken = hearth("ledger", "verify", "--anchor", str(another), **sealed)
    assert mistaken.returncode == 1
    assert mistaken.stderr == f"hearth: There is no anchor in {another}. Save the whole message that was sent.\n"
    message.write_text(f"> {replace(anchor, hash=bytes(32)).e_mail}")
    bad = hearth("ledger", "verify", "--anchor", str(message), **sealed)
    assert bad.returncode == 3

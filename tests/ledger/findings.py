"""What the tests ask of a report and of a partitioned table, and how an owner makes a ledger anew."""

from hearth.ledger import sealing
from hearth.ledger.keys import Signer
from hearth.ledger.seals import NOTHING_BEFORE, last_seal, seal_numbered


def wrong(report):
    """What was found first, and in which seal."""
    assert not report.ok
    return report.first.problem, report.first.what, report.first.seal


def month(ledger, table="ledger_entry"):
    """The partition of this month, by name."""
    row = ledger.as_("postgres").execute(f"select tableoid::regclass::text from {table} limit 1").fetchone()
    return row[0]


def remake_from(ledger, first, signing: Signer):
    """What the owner does who rewrites a tail and its head so that everything agrees: new leaves, roots and hashes."""
    was = seal_numbered(ledger.as_("postgres"), first)
    ledger.tamper(
        f"delete from ledger_seal_leaves where n >= {first}",
        f"delete from ledger_seal where n >= {first}",
    )
    connection = ledger.as_("postgres")
    with connection.transaction():
        sealing._begin(connection)
        head = last_seal(connection)
        made = sealing._seal_up_to(connection, sealing._over(connection), head, was.epoch, signing)
    assert made.previous == (head.hash if head else NOTHING_BEFORE)

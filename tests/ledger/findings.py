"""What the tests ask of a report, and of a partitioned table."""


def wrong(report):
    """What was found first, and in which seal."""
    assert not report.ok
    return report.first.problem, report.first.what, report.first.seal


def month(ledger, table="ledger_entry"):
    """The partition of this month, by name."""
    row = ledger.as_("postgres").execute(f"select tableoid::regclass::text from {table} limit 1").fetchone()
    return row[0]

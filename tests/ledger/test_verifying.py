"""An untouched ledger verifies: the control for every test that tampers."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import Connection, sql

from hearth.ledger.rows import KIND_NAMES, UNSORTED, opened


def test_an_empty_ledger_verifies(ledger):
    assert ledger.seal() is None
    assert ledger.verify().ok


def test_an_untouched_ledger_verifies(sealed):
    report = sealed.verify()
    assert report.ok
    assert (report.rows, report.seals, report.unsealed) == (12, 3, 0)
    assert report.sentences()[-1] == "Everything is as it was written."


@pytest.mark.parametrize("kind", KIND_NAMES, ids=KIND_NAMES.values())
def test_the_ledger_is_read_in_its_order_and_never_sorted_on_the_disk(sealed, kind):
    sealer = sealed.as_("sealer")
    with sealer.transaction():
        few = outermost(sealer, kind)
        sealer.execute(UNSORTED)
        many = outermost(sealer, kind)
    assert "Sort" in few, "the control: twelve rows are sorted where nothing forbids it"
    assert "Merge Append" in many
    assert "Sort" not in many


def outermost(connection: Connection, kind: int) -> list[str]:
    """The steps by which the rows themselves are read, without those of what is looked up besides."""
    (plan,) = connection.execute(sql.SQL("explain (format json) {}").format(opened(kind))).fetchone()
    return list(steps(plan[0]["Plan"]))


def steps(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["Node Type"]
    for each in plan.get("Plans", []):
        if "Subplan Name" not in each:
            yield from steps(each)

"""`hearth clocks check` compares every clock with what the ledger tells."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.cli.progress import show_progress
from hearth.policy.packs import read_chain
from hearth.timescales.moving import record_of
from hearth.timescales.operations import adopt_policy, happened

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("numbers", [(1,), (1, 60_000)], ids=["a small house", "a big house, by two processes"])
def test_clocks_that_were_moved_by_hand_are_named_and_put_right(hearth, own_database, own_cast, owner_of, numbers):
    lead = own_cast.lead
    with acting_as(lead), transaction.atomic():
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=lead, at=datetime(2026, 1, 5, tzinfo=UTC))
        for number in numbers:
            about = record_of("case", number, make_circle(CircleKind.CASE, by=lead, at=FRIDAY))
            happened("case.opened", about=about, by=lead, at=FRIDAY, facts={"risk_band": "standard"})
    told = {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(settings.HEARTH_KEYS)}
    good = hearth("clocks", "check", **told)
    assert good.stdout == "Every clock is what the ledger tells.\n", good.stderr

    name = own_database.split("/")[3].split("?")[0]
    with owner_of(name) as owner:
        owner.execute("alter table timescales_clock no force row level security")
        owner.execute("update timescales_clock set due_at = due_at + interval '1 year'")
        owner.execute("alter table timescales_clock force row level security")
    bad = hearth("clocks", "check", **told)
    assert bad.returncode == 3, bad.stdout
    for number in numbers:
        assert f"case {number}, case.target: differs in due" in bad.stdout

    assert "put right" in hearth("clocks", "check", "--mend", **told).stdout
    assert hearth("clocks", "check", **told).returncode == 0


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, "\r  7 of 9 stretches"), (False, "")])
def test_how_far_a_long_check_is_stands_on_one_line_of_a_terminal(monkeypatch, capsys, is_terminal, shown):
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    show_progress("stretches", 7, 9)
    assert capsys.readouterr().err == shown

"""`hearth counts check` compares every monthly figure with what the ledger tells."""

from datetime import UTC, datetime

import psycopg
from django.conf import settings
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened

FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)


def test_a_figure_changed_by_hand_is_named_and_put_right(hearth, own_database, own_cast):
    lead = own_cast.lead
    with acting_as(lead), transaction.atomic():
        about = record_of("concern", 1, make_circle(CircleKind.CONCERN, by=lead, at=FRIDAY))
        happened("concern.still_worried", about=about, by=lead, at=FRIDAY)
    told = {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(settings.HEARTH_KEYS)}
    good = hearth("counts", "check", **told)
    assert good.stdout == "Every figure is what the ledger tells.\n", good.stderr

    with psycopg.connect(own_database, user="postgres", autocommit=True) as superuser:
        superuser.execute("update assurance_delta set number = 7 where measure = 'still_worried'")
    bad = hearth("counts", "check", **told)
    assert bad.returncode == 3
    assert bad.stdout == "still_worried, 2026-12: 7 is kept, the ledger tells 1\n"

    assert "1 figures were put right" in hearth("counts", "check", "--mend", **told).stdout
    assert hearth("counts", "check", **told).returncode == 0

"""Two people at once: their acts move the same clocks one after the other, and the ledger still tells the same."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.policy.durations import LOCAL
from hearth.policy.packs import read_chain
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import adopt_policy, happened
from hearth.timescales.rebuilding import check_clocks

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
EACH = 6


def test_contacts_recorded_at_the_same_moment_each_count_once(own_cast):
    people = [own_cast.lead, own_cast.deputy]
    with acting_as(own_cast.lead):
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=own_cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))
        with transaction.atomic():
            circle = make_circle(CircleKind.CASE, by=own_cast.lead, at=FRIDAY)
            give(circle, to=own_cast.owner.id, part_in_it=Part.OWNS_IT, by=own_cast.lead, at=FRIDAY)
            case = record_of("case", 1, circle)
            happened("case.opened", about=case, by=own_cast.lead, at=FRIDAY, facts={"risk_band": "high"})

    ready, problems = threading.Barrier(len(people)), []

    def record(somebody, minutes):
        try:
            ready.wait(30)
            with acting_as(somebody):
                for n in range(EACH):
                    at = FRIDAY + timedelta(minutes=2 * n + minutes)
                    happened("case.contact_made", about=case, by=somebody, at=at, facts={"outcome": "seen"})
        except Exception as problem:  # told below, in the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=(somebody, n)) for n, somebody in enumerate(people, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    with as_the_house(), transaction.atomic():
        states = list(Clock.objects.filter(rule="case.contact").values_list("state", flat=True))
    assert sorted(states) == ["met"] * (len(people) * EACH) + ["running"]
    assert list(check_clocks()) == []

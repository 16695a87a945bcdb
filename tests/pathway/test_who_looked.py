"""Who has looked at a case stands on a page of its own; what happened in it is not among the looks."""

from hearth.access.identity import acting_as
from hearth.cases.chronology import who_looked
from hearth.cases.queries import case_for
from hearth.ledger.operations import record_read
from hearth.ledger.queries import LOOKS
from journeys.world import told


def test_everybody_who_looked_is_named_the_newest_first(cast):
    story = told(cast)
    for name in ("worker", "deputy"):
        viewer = getattr(cast, name)
        with acting_as(viewer):
            case = case_for(viewer, story.case)
            record_read("case.read", about=case, ids=[("case", case.id)], durable=False)
    with acting_as(cast.lead):
        assert [look.by for look in who_looked(cast.lead, case)] == ["Deputy", "Worker"]


def test_many_looks_are_told_a_page_at_a_time(cast):
    story = told(cast)
    with acting_as(cast.worker):
        case = case_for(cast.worker, story.case)
        for _ in range(5):
            record_read("case.read", about=case, ids=[("case", case.id)], durable=False)
    with acting_as(cast.lead):
        whole, first = who_looked(cast.lead, case), who_looked(cast.lead, case, limit=3)
        rest = who_looked(cast.lead, case, place=LOOKS.place(first.next), limit=3)
        assert [*first, *rest] == whole
        assert (rest.next, len(whole)) == (None, 5)

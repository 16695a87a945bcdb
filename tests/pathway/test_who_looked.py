"""Who has looked at a case stands on a page of its own; what happened in it is not among the looks."""

from hearth.access.identity import acting_as
from hearth.cases.chronology import who_looked
from hearth.cases.queries import case_for
from hearth.ledger.operations import record_read
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

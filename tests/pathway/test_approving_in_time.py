"""An approval has as long as the policy gives it: whoever it waits for sees it, and is reminded."""

import pytest

from hearth.access.identity import acting_as
from hearth.pathway.adopting.proposals import proposal_for
from hearth.pathway.adopting.proposing import withdraw
from hearth.pathway.adopting.turns import chase_approvals, my_steps, steps_due
from pathway.ashgrove import DOCUMENTS, NOON, later, proposed, says, told
from web.signed_in import at_a_browser, read

IN_TIME = DOCUMENTS.replace(
    "{approvals}",
    """
  { by = "director", within = "2 working days", remind = ["1 working day before", "2 calendar days over"] },
  { by = "champion", within = "5 working days" },
""",
)


@pytest.fixture
def which(cast):
    """A policy proposed on Tuesday noon: the director has until Thursday night, then the champion five days more."""
    return proposed(cast, more=IN_TIME)


def waits_for(who, at=NOON):
    with acting_as(who):
        return [(each.by_day.isoformat() if each.by_day else "", each.is_late) for each in my_steps(who, at=at)]


def test_a_step_waits_for_whose_it_is_by_the_day_the_policy_sets(cast, which):
    assert waits_for(cast.director) == [("2026-12-03", False)]
    assert waits_for(cast.champion) == [], "not yet his turn"
    assert waits_for(cast.lead) == waits_for(cast.deputy) == [], "who proposed it, and who is not asked"
    assert waits_for(cast.director, at=later(days=3)) == [("2026-12-03", True)]
    with acting_as(cast.champion):
        assert [step.by_day for step in proposal_for(cast.champion, which).steps][1] is None
    says(cast.director, which, at=later(days=1))
    assert waits_for(cast.director) == []
    assert waits_for(cast.champion, at=later(days=1)) == [("2026-12-09", False)], "it counts from when his turn came"


def test_a_lead_finds_every_approval_with_a_time_under_due_and_others_find_their_own(cast, which):
    at = later(days=3)
    for who, days in ((cast.lead, ["2026-12-03"]), (cast.director, ["2026-12-03"]), (cast.champion, [])):
        with acting_as(who):
            assert [each.by_day.isoformat() for each in steps_due(who, at=at)] == days
    says(cast.director, which, at=later(days=1))
    with acting_as(cast.lead):
        assert [(each.by_day.isoformat(), each.is_late) for each in steps_due(cast.lead, at=at)] == [
            ("2026-12-09", False)
        ]
    page = read(at_a_browser(cast.lead).get("/due"))
    assert "Policies that wait for approval" in page
    assert "9 December 2026" in page
    assert "Policies that wait for approval" not in read(at_a_browser(cast.lead).get("/due?rule=concern.triage"))
    assert "Policies that wait for approval" not in read(at_a_browser(cast.triage_officer).get("/due"))


def test_who_does_not_answer_is_reminded_and_the_lead_hears_when_it_is_over(cast, which):
    assert told(cast, cast.director) == 1
    for at, director, lead in (
        (later(hours=6), 1, 0),
        (later(days=1), 2, 0),  # a working day before
        (later(days=1, hours=1), 2, 0),  # once for each rung
        (later(days=2, hours=12), 3, 1),  # Thursday is over
        (later(days=3), 3, 1),
        (later(days=4), 4, 2),  # two days over
        (later(days=30), 4, 2),
    ):
        chase_approvals(at=at)
        assert (told(cast, cast.director), told(cast, cast.lead)) == (director, lead), at
    assert told(cast, cast.champion) == 0


@pytest.mark.parametrize("ending", ["approved", "withdrawn", "sent back"])
def test_who_has_answered_is_left_in_peace(cast, which, ending):
    if ending == "withdrawn":
        with acting_as(cast.lead):
            withdraw(which, by=cast.lead, at=later(hours=1))
    else:
        says(cast.director, which, approved=ending == "approved", comment="Four hours is too short", at=later(hours=1))
    before = told(cast, cast.director)
    chase_approvals(at=later(days=5))
    assert told(cast, cast.director) == before
    assert waits_for(cast.director, at=later(days=5)) == []


def test_a_policy_that_gives_no_time_waits_for_its_people_and_reminds_nobody(cast):
    proposed(cast, "director")
    assert waits_for(cast.director) == [("", False)]
    chase_approvals(at=later(days=400))
    assert told(cast, cast.director) == 1

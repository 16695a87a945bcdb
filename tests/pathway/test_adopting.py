"""A lead proposes a policy, others approve it or send it back, and everybody it binds reads it."""

from datetime import datetime

import pytest
from django.urls import reverse

from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Refused
from hearth.organisation.operations import add_user
from hearth.organisation.terms import NotPossible, UserKind
from hearth.outbound.models import Notice
from hearth.pathway.adopting.proposals import NoSuchProposal, proposal_for, proposals, what_it_changes
from hearth.pathway.adopting.proposing import propose, withdraw
from hearth.pathway.adopting.understanding import (
    NoSuchReading,
    ask_who_joined,
    confirm,
    not_yet_read,
    reading_for,
    remind,
    to_read,
)
from hearth.policy.durations import LOCAL
from hearth.policy.models import Adoption
from hearth.policy.queries import adoptions, chain_of
from hearth.policy.terms import NotNow, Proposed
from pathway.ashgrove import NOON, entries, later, policy, proposed, says, told
from web.signed_in import at_a_browser, read


def test_without_a_word_in_the_policy_one_other_person_approves_it(cast):
    which = proposed(cast)
    assert told(cast, cast.director) == told(cast, cast.deputy) == 1
    assert told(cast, cast.lead) == 0
    with pytest.raises(NotPossible, match="Somebody else must approve"):
        says(cast.lead, which)
    assert adoptions()[0].pack == "manchester-2025"
    assert says(cast.director, which) is Proposed.ADOPTED
    assert (adoptions()[0].pack, adoptions()[0].in_force_from) == ("ashgrove", NOON)
    (approved,) = entries("policy.approved")
    assert (approved.by_id, approved.facts["step"], approved.happened_at) == (cast.director.id, 1, NOON)


def test_steps_are_taken_in_the_order_the_policy_names_them_each_by_whom_it_names(cast):
    which = proposed(cast, "director", "champion", "Board of Ashgrove")
    with pytest.raises(NotPossible, match="This step is for Director of housing"):
        says(cast.champion, which)
    assert says(cast.director, which) is Proposed.WAITING
    assert told(cast, cast.champion) == 1
    assert says(cast.champion, which) is Proposed.WAITING
    with pytest.raises(NotPossible, match="Write what Board of Ashgrove decided"):
        says(cast.deputy, which)
    assert says(cast.deputy, which, comment="Minutes of 30 November, item 7") is Proposed.ADOPTED
    with acting_as(cast.lead):
        steps = proposal_for(cast.lead, which).steps
    assert [(step.name, step.by, step.approved) for step in steps] == [
        ("Director of housing", "Director", True), ("champion", "Champion", True),
        ("Board of Ashgrove", "Deputy", True),
    ]  # fmt: skip
    assert steps[2].comment == "Minutes of 30 November, item 7"


def test_a_policy_sent_back_says_why_and_is_over(cast):
    which = proposed(cast, "director")
    with pytest.raises(NotPossible, match="Write what has to change"):
        says(cast.director, which, approved=False)
    assert says(cast.director, which, approved=False, comment="Four hours is too short") is Proposed.SENT_BACK
    assert told(cast, cast.lead) == 1
    assert adoptions()[0].pack == "manchester-2025"
    with pytest.raises(NoSuchProposal):
        says(cast.director, which)
    assert says(cast.director, proposed(cast, "director")) is Proposed.ADOPTED


def test_who_has_no_part_in_policies_is_refused_and_a_policy_that_is_not_there_is_missing(cast):
    which = proposed(cast)
    for who in (cast.outsider, cast.worker, cast.administrator):
        with acting_as(who), pytest.raises(Refused):
            proposal_for(who, which)
        with pytest.raises(Refused):
            says(who, which)
    with acting_as(cast.champion), pytest.raises(Refused):
        propose(policy(more="# another\n"), starts_on=NOON.date(), why="So", by=cast.champion, at=NOON)
    with acting_as(cast.outsider), pytest.raises(Refused):
        proposals(cast.outsider)


def test_no_policy_begins_in_the_past_and_one_approved_late_begins_with_the_approval(cast):
    with acting_as(cast.lead), pytest.raises(NotNow, match="in the past"):
        propose(policy(), starts_on=later(days=-1).date(), why="So", by=cast.lead, at=NOON)
    which = proposed(cast, day=3)
    assert says(cast.director, which, at=later(days=9)) is Proposed.ADOPTED
    assert adoptions()[0].in_force_from == later(days=9)
    coming = proposed(cast, day=20, more="# another\n")
    says(cast.director, coming, at=later(days=10))
    assert adoptions()[0].in_force_from == datetime(2026, 12, 21, tzinfo=LOCAL)


def test_what_was_proposed_is_what_is_adopted_and_the_one_before_stays(cast):
    chain = policy()
    which = proposed(cast)
    with acting_as(cast.director):
        changed = [str(each) for each in what_it_changes(proposal_for(cast.director, which), at=NOON)]
    assert any(each.startswith("no longer a clause: 4.1.6a") for each in changed)
    says(cast.director, which)
    assert chain_of(adoptions()[0].digest) == chain
    assert [each.pack for each in adoptions()] == ["ashgrove", "manchester-2025"]
    with acting_as(cast.director):
        after = [str(each) for each in what_it_changes(proposal_for(cast.director, which), at=later(days=400))]
    assert after == changed


def test_only_who_proposed_it_takes_it_back(cast):
    which = proposed(cast)
    with acting_as(cast.deputy), pytest.raises(NotPossible, match="Only the person who proposed it"):
        withdraw(which, by=cast.deputy, at=NOON)
    with acting_as(cast.lead):
        withdraw(which, by=cast.lead, at=NOON)
        assert proposal_for(cast.lead, which).state is Proposed.WITHDRAWN
    with pytest.raises(NoSuchProposal):
        says(cast.director, which)


def test_a_post_that_could_not_approve_is_named_before_anything_waits(cast):
    with acting_as(cast.lead), pytest.raises(NotPossible, match="plays no part that approves policies"):
        propose(policy("case_worker"), starts_on=NOON.date(), why="So", by=cast.lead, at=NOON)
    assert entries("policy.proposed") == []


def test_everybody_who_works_here_reads_it_says_so_once_and_is_left_in_peace(cast):
    with acting_as(cast.worker):
        assert to_read(cast.worker) is None
    says(cast.director, proposed(cast))
    with acting_as(cast.worker):
        waiting = to_read(cast.worker)
        page = reading_for(cast.worker, waiting.public_id, at=NOON)
        assert waiting.by_day == later(weeks=4).date()
        assert (waiting.asked_by.clause, waiting.asked_by.force_sentence) == (
            "H.reading", "Set by Hearth, confirm with your lead",
        )  # fmt: skip
        assert "H.reading" in {clause.id for clause in page.clauses}
        assert page.changed
    browser = at_a_browser(cast.worker)
    for shown_on in (reverse("home"), reverse("read_policy", args=[waiting.public_id])):
        said = read(browser.get(shown_on)).replace(" .", ".")
        assert "Clause H.reading. Set by Hearth, confirm with your lead." in said, shown_on
    with acting_as(cast.worker):
        confirm(waiting.public_id, by=cast.worker, at=later(days=2))
        confirm(waiting.public_id, by=cast.worker, at=later(days=3))
        assert to_read(cast.worker) is None
    (entry,) = entries("reading.confirmed")
    assert (entry.by_id, entry.happened_at) == (cast.worker.id, later(days=2))
    with acting_as(cast.outsider), pytest.raises(NoSuchReading):
        confirm(waiting.public_id, by=cast.outsider, at=NOON)
    with acting_as(cast.auditor):
        assert to_read(cast.auditor) is None, "an auditor from outside is no member of staff"


def test_the_lead_sees_who_has_not_read_it_page_by_page(cast):
    says(cast.director, proposed(cast))
    with acting_as(cast.worker):
        confirm(to_read(cast.worker).public_id, by=cast.worker, at=NOON)
    with acting_as(cast.lead):
        people, more = not_yet_read(cast.lead, at=later(weeks=5))
        assert not more
        assert "Worker" not in {each.name for each in people}
        assert {"Owner", "Director", "Lead"} <= {each.name for each in people}
        assert all(each.is_late for each in people)
        assert {each.asked_by.clause for each in people} == {"H.reading"}
        assert not any(each.is_late for each in not_yet_read(cast.lead, at=NOON)[0])
        assert not_yet_read(cast.lead, at=NOON, after=people[-1].id) == ([], False)
    with acting_as(cast.owner), pytest.raises(Refused):
        not_yet_read(cast.owner, at=NOON)


def test_who_has_not_read_it_is_reminded_by_the_policys_ladder_and_each_time_once(cast):
    says(cast.director, proposed(cast))
    owner = cast.owner.id

    def notices():
        with as_the_house():
            return Notice.objects.filter(about_kind="reading", user_id=owner).count()

    told = []
    for at in (NOON, NOON, later(weeks=2), later(weeks=3, days=1), later(weeks=4, days=3), later(weeks=20)):
        while remind(at=at):
            pass
        told.append(notices())
    assert told == [1, 1, 1, 2, 3, 4]


def test_who_joins_later_is_asked_too_and_has_as_long(cast):
    says(cast.director, proposed(cast))
    with acting_as(cast.administrator):
        new = add_user(email="new@ashgrove.example", name="New", kind=UserKind.EMPLOYEE)
    ask_who_joined(at=later(days=50))
    ask_who_joined(at=later(days=51))
    with acting_as(cast.lead):
        people = [each for each in not_yet_read(cast.lead, at=later(days=51))[0] if each.name == new.name]
    assert [(each.asked_at, each.is_late) for each in people] == [(later(days=50), False)]


def test_a_newer_policy_takes_the_place_of_one_that_was_not_read(cast):
    says(cast.director, proposed(cast))
    says(cast.director, proposed(cast, day=9, more="# another\n"))
    newest = Adoption.objects.order_by("-in_force_from")[0]
    with acting_as(cast.worker):
        waiting = to_read(cast.worker)
        assert waiting.in_force_from == newest.in_force_from
        confirm(waiting.public_id, by=cast.worker, at=NOON)
        assert to_read(cast.worker) is None


def test_only_the_posts_the_policy_names_are_asked_where_it_names_some(cast):
    only = '[reading]\naudience = ["director"]\nwithin = "2 weeks"\nclause = "H.reading"\n'
    says(cast.director, proposed(cast, more=only))
    with acting_as(cast.director):
        assert to_read(cast.director).by_day == later(weeks=2).date()
    with acting_as(cast.worker):
        assert to_read(cast.worker) is None

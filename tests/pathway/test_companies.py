"""A group of companies: each record stands under the policy of its own company, and an adoption by one is its own."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from hearth.access.identity import acting_as, as_the_house
from hearth.access.models import Circle
from hearth.access.queries import viewer
from hearth.concerns.links import make_link
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern
from hearth.policy.packs import PackFiles, build
from hearth.policy.queries import binding, pack_in_force, with_own_policy
from hearth.policy.terms import NotNow
from hearth.timescales.models import Clock
from hearth.timescales.operations import adopt_policy, happened
from hearth.timescales.rebuilding import check_clocks, rebuild_clocks
from hearth.timescales.simulating import simulate
from hearth.timescales.standing import ground_of, pack_for
from pathway.group import FRIDAY, NEW_YEAR, Group, founded, welsh

COLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.ELSEWHERE, elsewhere="Behind the shop",
    noticed="She has not eaten since Tuesday.",
)  # fmt: skip
RUNNING = '[[override]]\nrule = "concern.triage"\nclause = "A2"\nlimit = "5 working days"\napplies_to = "running"\n'


@pytest.fixture
def group(cast) -> Group:
    found = founded(cast)
    found.adopts(cast, entity=found.wales.pk)
    return found


def tells(who, home=None, *, at=FRIDAY, link=None):
    told = replace(COLD, place=Place.HOME, elsewhere="", home_id=home.pk) if home else COLD
    with acting_as(who):
        came_by = Came.LINK if link else Came.PAGE
        return raise_concern(told, by=who, at=at, key=uuid.uuid4(), came_by=came_by, link=link)


def triage(concern):
    with as_the_house():
        return Clock.objects.get(about_kind="concern", about_id=concern.pk, rule="concern.triage")


def company(concern):
    with as_the_house():
        return Circle.objects.get(pk=concern.circle_id).entity_id


def stricter(more=RUNNING):
    """The Welsh company's next version."""
    own = "\n".join(["[pack]", 'title = "Glan Derwen"', 'version = "2"', 'policy = "Both"', 'inherits = "glan-derwen"'])
    return replace(
        welsh(), packs=(*welsh().packs, PackFiles("glan-derwen-2", (("pack.toml", f"{own}\n{more}".encode()),)))
    )


def test_the_same_happening_gives_two_due_dates_in_two_companies(cast, group):
    """One working day in England; in Wales two, and St David's day is none there."""
    ours, theirs = tells(cast.reporter, group.home_in_england), tells(cast.reporter, group.home_in_wales)
    assert (company(ours.concern), company(theirs.concern)) == (None, group.wales.pk)
    assert (triage(ours.concern).due_day, triage(theirs.concern).due_day) == (date(2027, 3, 1), date(2027, 3, 3))
    assert (triage(ours.concern).clause, triage(theirs.concern).clause) == ("4.1.4b", "A2")
    promised = {step.rule: step.due_day for step in theirs.next_steps}
    assert promised["concern.triage"] == date(2027, 3, 3)
    assert theirs.concern.triage_due_at == triage(theirs.concern).due_at
    assert list(check_clocks()) == []


def test_a_record_belongs_to_the_home_then_to_the_link_then_to_the_team_of_who_tells_it(cast, group):
    assert company(tells(group.officer).concern) == group.wales.pk
    assert company(tells(group.officer, group.home_in_england).concern) == group.wales.pk, "no company is named there"
    assert company(tells(cast.reporter).concern) is None
    with acting_as(cast.administrator):
        link, _secret = make_link("Vans in Wales", by=cast.administrator, at=NEW_YEAR, entity=group.wales.pk)
        sender = viewer(User.objects.get(pk=link.acts_as_id))
    assert company(tells(sender, link=link).concern) == group.wales.pk


def test_what_happens_later_stands_under_the_records_own_policy_whoever_does_it(cast, group):
    theirs = tells(cast.reporter, group.home_in_wales).concern
    with acting_as(cast.triage_officer):
        assert pack_for(theirs, FRIDAY).digest == triage(theirs).digest
        happened("concern.looked_at", about=theirs, by=cast.triage_officer, at=FRIDAY + timedelta(hours=1))
        happened("concern.still_worried", about=theirs, by=cast.triage_officer, at=FRIDAY + timedelta(hours=2))
    with as_the_house():
        worried = Clock.objects.get(about_kind="concern", about_id=theirs.pk, rule="concern.worry")
    assert worried.digest == pack_in_force(FRIDAY, group.wales.pk).digest != pack_in_force(FRIDAY).digest
    assert list(check_clocks()) == []


def test_an_adoption_by_one_company_leaves_the_clocks_of_the_others_as_they_were(cast, group):
    ours, theirs = tells(cast.reporter, group.home_in_england), tells(cast.reporter, group.home_in_wales)
    before = triage(ours.concern).due_day
    digest = group.adopts(cast, stricter(), at=FRIDAY + timedelta(hours=1), entity=group.wales.pk)
    assert (triage(theirs.concern).due_day, triage(theirs.concern).digest) == (date(2027, 3, 8), digest)
    assert triage(ours.concern).due_day == before
    assert list(check_clocks()) == []
    with as_the_house():
        assert ground_of(ours.concern.circle_id).turns == ()
        assert len(ground_of(theirs.concern.circle_id).turns) == 1


def test_without_the_company_the_same_adoption_would_move_them(cast, group):
    """The control: adopted for the organisation it moves the English ones, and leaves who has a policy of its own."""
    ours, theirs = tells(cast.reporter, group.home_in_england), tells(cast.reporter, group.home_in_wales)
    before = triage(theirs.concern).due_day
    digest = group.adopts(cast, stricter(), at=FRIDAY + timedelta(hours=1))
    assert (triage(ours.concern).due_day, triage(ours.concern).digest) == (date(2027, 3, 8), digest)
    assert triage(theirs.concern).due_day == before
    assert list(check_clocks()) == []


def test_clocks_that_are_wrong_are_rebuilt_under_the_records_own_policy(cast, group):
    theirs = tells(cast.reporter, group.home_in_wales).concern
    right = triage(theirs).due_day
    with as_the_house():
        Clock.objects.filter(pk=triage(theirs).pk).update(due_day=date(2027, 3, 1), limit="1 working day")
    assert [each.rule for each in check_clocks()] == ["concern.triage"]
    assert rebuild_clocks() == 1
    assert (triage(theirs).due_day, list(check_clocks())) == (right, [])


def test_a_policy_is_tried_on_the_records_of_its_company_alone(cast, group):
    for home in (group.home_in_england, group.home_in_wales, group.home_in_wales):
        tells(cast.reporter, home)
    since, until = FRIDAY - timedelta(days=9), FRIDAY + timedelta(days=30)
    theirs = simulate(build(welsh()), since=since, until=until, entity=group.wales.pk)
    assert (theirs.records, theirs.differing) == (2, 0), "what is in force gives what is kept"
    ours = simulate(pack_in_force(FRIDAY), since=since, until=until)
    assert (ours.records, ours.differing) == (1, 0)
    other = simulate(build(stricter()), since=since, until=until, entity=group.wales.pk)
    assert (other.records, other.differing) == (2, 2)


def test_a_company_has_the_organisations_policy_until_its_first_and_each_its_own_moments(cast, group):
    wales = group.wales.pk
    assert pack_in_force(NEW_YEAR - timedelta(days=1), wales) == pack_in_force(NEW_YEAR)
    assert with_own_policy(NEW_YEAR - timedelta(days=1)) == frozenset()
    assert with_own_policy(NEW_YEAR) == {wales}
    group.adopts(cast, stricter(), at=NEW_YEAR)  # at the very moment the company's came in
    assert pack_in_force(FRIDAY, wales).name == "glan-derwen"
    assert pack_in_force(FRIDAY).name == pack_in_force(FRIDAY, 999_999).name == "glan-derwen-2"
    assert binding((), wales) == ()
    with acting_as(cast.lead), pytest.raises(NotNow, match="Another policy comes into force"):
        adopt_policy(stricter("# another\n"), by=cast.lead, at=NEW_YEAR, entity=wales)


def asked_by(cast, home) -> list[str]:
    """What PostgreSQL is asked while a concern is logged."""
    asked: list[str] = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        tells(cast.reporter, home)
    return asked


def test_where_no_company_has_a_policy_of_its_own_nothing_more_is_asked(cast):
    """It is not even asked whose record it is. Where one has, it is two questions: whose home, whose team."""
    found = founded(cast)
    tells(cast.reporter, found.home_in_wales)  # what a connection asks once is asked
    alone = asked_by(cast, found.home_in_wales)
    assert not [sql for sql in alone if "my_entity" in sql or ("entity_id" in sql and "access_circle" in sql)]
    found.adopts(cast, entity=found.wales.pk)
    tells(cast.reporter, found.home_in_wales)  # its files are read once
    assert len(asked_by(cast, found.home_in_wales)) <= len(alone) + 2

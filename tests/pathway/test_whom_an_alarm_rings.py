"""Somebody in danger from one of ours: those who hear it are rung, and never whoever it is about."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind, Part
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.outbound.models import Alert, AlertStep, Message
from hearth.outbound.operations.on_call import acknowledge, alert
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.queries.told import to_be_told
from hearth.outbound.terms import NoSuchAlert
from hearth.pathway.alarms import take_alert
from hearth.pathway.hearing import who_hears
from hearth.pathway.raising import raise_concern
from hearth.policy.queries import pack_in_force
from on_duty import EVENING, Worry, rota

AT = EVENING + timedelta(minutes=5)
BY_US = Told(
    danger_now=True, about_staff=AboutStaff.YES, place=Place.ELSEWHERE, elsewhere="The flat over the bakery",
    noticed="He has her keys and will not let her out.",
)  # fmt: skip
BY_THE_LEAD = replace(BY_US, about_the_lead=True)


def raised(cast, told):
    reporter = cast.reporter
    with acting_as(reporter), transaction.atomic():
        return raise_concern(told, by=reporter, at=EVENING, key=uuid.uuid4(), came_by=Came.PAGE)


def rung():
    """Who was rung, and whom a message waits for."""
    with as_the_house():
        steps = set(AlertStep.objects.values_list("user__name", flat=True))
        queued = set(Message.objects.filter(is_urgent=True).values_list("user__name", flat=True))
    assert steps == queued
    return steps


def alert_of(receipt):
    with as_the_house():
        return Alert.objects.get(about=receipt.public_id).public_id


def test_the_lead_is_not_rung_about_himself_nor_can_he_take_the_alert(cast):
    rota(cast, ("lead", 1), ("manager", 2))
    receipt, lead, director = raised(cast, BY_THE_LEAD), cast.lead, cast.director
    assert rung() == {"Manager", "Director"}
    which = alert_of(receipt)
    with acting_as(lead):
        assert alerts_ringing(lead) == []
        assert notices_for(lead) == []
        with pytest.raises(NoSuchAlert):
            acknowledge(which, by=lead, at=AT)
    with acting_as(director):
        place = take_alert(which, by=director, at=AT)
        assert place.public_id == receipt.public_id
        assert concerns.concern_for(director, receipt.public_id).noticed == BY_US.noticed


def test_with_nobody_on_call_what_is_about_the_lead_rings_no_lead(cast):
    raised(cast, BY_THE_LEAD)
    assert rung() == {"Director"}


def test_what_is_about_another_of_ours_rings_the_lead_beside_whoever_is_on_call(cast):
    """The control: the same evening and the same rota, and he is rung, for he hears it."""
    rota(cast, ("lead", 1), ("manager", 2))
    raised(cast, BY_US)
    assert rung() == {"Lead"}


def test_who_cannot_read_it_is_rung_and_so_is_whoever_hears_it(cast):
    rota(cast, ("manager", 1))
    raised(cast, BY_US)
    assert rung() == {"Manager", "Lead"}


@pytest.mark.parametrize(("about", "expected"), [(AboutStaff.YES, {"Lead"}), (AboutStaff.NO, {"Manager"})])
def test_somebody_on_call_who_is_named_in_it_is_not_rung(cast, about, expected):
    """The control is the same name in a concern about a resident: a colleague may be a resident's namesake."""
    rota(cast, ("manager", 1))
    raised(cast, replace(BY_US, about_staff=about, who="It is manager, the one with the van"))
    assert rung() == expected


def test_the_receipt_gives_nobody_the_number_of_whom_it_is_about(cast):
    rota(cast, ("lead", 1), ("manager", 2))
    assert raised(cast, BY_THE_LEAD).not_to_ring == {cast.lead.id}
    assert raised(cast, BY_US).not_to_ring == frozenset()


@pytest.mark.parametrize(("told", "expected"), [(BY_THE_LEAD, ["Director"]), (BY_US, ["Lead"])])
def test_a_limit_of_the_leads_is_told_to_whoever_hears_it_where_it_is_about_the_lead(cast, told, expected):
    concern = raised(cast, told).concern
    warned = to_be_told([Part.LEAD], circle_id=concern.circle_id, restricted=True, at=AT)
    assert [user.name for user in warned] == expected
    assert to_be_told([Part.OWNS_IT], circle_id=concern.circle_id, restricted=True, at=AT) == []


def test_the_policy_names_who_hears_it(cast):
    pack = pack_in_force(EVENING)
    assert who_hears(pack, about_the_lead=False) is Part.LEAD
    assert who_hears(pack, about_the_lead=True) is Part.ALLEGATION_DEPUTY
    to_the_deputy = {"about_our_people": "housing_support_manager", "about_the_lead": "housing_support_manager"}
    named = replace(pack, hears=to_the_deputy)
    assert who_hears(named, about_the_lead=False) is Part.DEPUTY
    assert who_hears(named, about_the_lead=True) is Part.DEPUTY
    to_himself = replace(pack, hears={"about_the_lead": "head_asb_safeguarding"})
    assert who_hears(to_himself, about_the_lead=True) is Part.ALLEGATION_DEPUTY


def test_somebody_whose_name_stands_inside_a_longer_one_is_rung(cast):
    """The control is the same name, written as people write it."""
    rota(cast, ("manager", 1))
    raised(cast, replace(BY_US, who="A Manageress, or Managerson, or Al-Manager"))
    assert rung() == {"Lead", "Manager"}
    assert raised(cast, replace(BY_US, who="The MANAGER’s brother")).not_to_ring == {cast.manager.id}


def test_a_guess_at_a_name_leaves_nobody_unrung(cast):
    """Both who could be rung have names that stand in it: rather them than nobody."""
    rota(cast, ("lead", 1))
    assert raised(cast, replace(BY_US, who="Lead")).not_to_ring == frozenset()
    assert rung() == {"Lead"}


def test_where_nobody_who_hears_it_may_be_rung_an_administrator_is(cast):
    every = [each.id for name in ("lead", "deputy", "director") if (each := getattr(cast, name))]
    with acting_as(cast.reporter), transaction.atomic():
        circle = make_circle(CircleKind.CONCERN, by=cast.reporter, at=EVENING, restricted=True)
        about = Worry(777002, uuid.uuid4(), circle)
        alert(about, by=cast.reporter, at=EVENING, pass_on_after=timedelta(minutes=30), not_to_ring=every)
    assert rung() == {"Administrator"}

"""Somebody notices that a home is unsafe: repairs are told of each kind at once, where it is known which home."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import NotHere, Refused
from hearth.cases.queries import case_for
from hearth.concerns.models import Concern
from hearth.concerns.queries import additions_to, concern_for
from hearth.concerns.terms import AboutStaff, Came, NotComplete, Place, Told
from hearth.housing.queries import open_hazards
from hearth.housing.terms import HazardKind, Vulnerability
from hearth.ledger.models import Entry
from hearth.organisation.terms import ChangedMeanwhile
from hearth.outbound.models import Message
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.raising import raise_concern
from hearth.pathway.unsafe_homes import place_concern, tell_repairs
from hearth.timescales.queries import clocks_for
from housing.estate import make_home
from walked import LOGGED, TRIAGED, opened

MOULD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed="Black mould, and no heating at all.",
    signs=("damp_or_mould", "other_danger_at_home"), vulnerable=("infant",),
)  # fmt: skip


@pytest.fixture
def home(cast):
    return make_home(cast.register_keeper, "12 Acacia Road")


def raised(cast, told):
    reporter = cast.reporter
    with acting_as(reporter):
        return raise_concern(told, by=reporter, at=LOGGED, key=uuid.uuid4(), came_by=Came.PAGE)


def heard(viewer):
    """What somebody was told of unsafe homes inside Hearth, and how many messages wait for him."""
    with acting_as(viewer):
        notices = {each.about for each in notices_for(viewer) if each.words is NoticeWords.HAZARD}
    with as_the_house():
        return notices, Message.objects.filter(user_id=viewer.id, words="something_waits").count()


def test_the_repairs_desk_is_told_of_each_kind_with_one_message_for_the_visit(cast, home):
    receipt = raised(cast, replace(MOULD, place=Place.HOME, home_id=home.pk))
    repairs = cast.repairs
    with acting_as(repairs):
        hazards = open_hazards(repairs)
    assert {(each.kind, tuple(each.vulnerable)) for each in hazards} == {
        ("damp_mould", ("infant",)),
        ("other", ("infant",)),
    }
    assert heard(repairs) == ({each.public_id for each in hazards}, 1)
    assert heard(cast.triage_officer) == (set(), 0)
    assert receipt.repairs_told


def test_without_a_home_nobody_is_said_to_have_been_told(cast, home):
    """The control: the same signs, and the home is not known."""
    receipt = raised(cast, MOULD)
    assert heard(cast.repairs) == (set(), 0)
    assert not receipt.repairs_told


@pytest.fixture
def told_late(cast, home):
    """Told without a home; triage finds out the day after which one it is."""
    concern = raised(cast, MOULD).concern

    def placed(who, at_home, why="The school gave the address", at=TRIAGED):
        with acting_as(who):
            found = concern_for(who, concern.public_id)
            return place_concern(found, at_home, why=why, version=found.version, by=who, at=at)

    return concern.public_id, placed


def acts_of(concern):
    """What the ledger says happened to it after it was logged."""
    found = Entry.objects.filter(about_kind="concern", about_id=concern.pk).exclude(act="concern.logged")
    return list(found.filter(act__startswith="concern.").order_by("id").values_list("act", flat=True))


def unsafe(cast):
    with acting_as(cast.repairs):
        return sorted((each.kind, each.home.line_1, each.aware_at) for each in open_hazards(cast.repairs))


def test_triage_says_which_home_it_is_and_repairs_are_told_what_was_told_before(cast, home, told_late):
    """Also with the hour the landlord came to know: a day spent looking for the address is not the family's to wait."""
    concern, placed = told_late
    assert unsafe(cast) == []
    assert placed(cast.triage_officer, home) == [HazardKind.DAMP_MOULD, HazardKind.OTHER]
    assert unsafe(cast) == [("damp_mould", "12 Acacia Road", LOGGED), ("other", "12 Acacia Road", LOGGED)]
    assert len(heard(cast.repairs)[0]) == 2
    with acting_as(cast.lead):
        found = concern_for(cast.lead, concern)
        (added,) = additions_to(cast.lead, found)
        assert (found.home, found.place, found.noticed) == (home, Place.NOT_KNOWN, MOULD.noticed)
        assert (added.home, added.home_before, added.text) == (home, None, "The school gave the address")
        assert acts_of(found) == ["concern.home_set", "concern.repairs_told", "concern.repairs_told"]
    with acting_as(cast.repairs):
        hazards = open_hazards(cast.repairs)
        due = {each.rule: each.due_at for each in clocks_for(cast.repairs, hazards[0], at=TRIAGED)}
    assert due["hazard.emergency"] == LOGGED + timedelta(hours=24), "the law's hours run from when we were told"


def test_repairs_are_told_once_of_each_kind_and_a_correction_says_why(cast, home, told_late):
    _, placed = told_late
    placed(cast.triage_officer, home)
    other = make_home(cast.register_keeper, "14 Acacia Road", reference="H-14")
    with pytest.raises(NotComplete, match="already"):
        placed(cast.triage_officer, home)
    with pytest.raises(NotComplete, match="how you know"):
        placed(cast.triage_officer, other, why=" ")
    assert len(placed(cast.triage_officer, other, why="It is next door")) == 2
    assert placed(cast.triage_officer, None, why="It is a neighbour who owns his house") == []
    assert placed(cast.triage_officer, home, why="It was number 12 after all") == [], (
        "repairs know of that home already"
    )
    assert len(unsafe(cast)) == 4


def test_a_hazard_that_no_sign_told_is_recorded_by_hand_once(cast, home, told_late):
    concern, placed = told_late
    triage = cast.triage_officer

    def tells(kind, who=triage):
        with acting_as(who):
            tell_repairs(
                concern_for(who, concern), kind, vulnerable=[Vulnerability.INFANT], aware_at=TRIAGED, by=who, at=TRIAGED
            )

    with pytest.raises(NotComplete, match="Say first which home"):
        tells(HazardKind.GAS_OR_CARBON_MONOXIDE)
    placed(triage, home)
    tells(HazardKind.GAS_OR_CARBON_MONOXIDE)
    assert ("gas_or_carbon_monoxide", "12 Acacia Road", TRIAGED) in unsafe(cast)
    for kind in (HazardKind.GAS_OR_CARBON_MONOXIDE, HazardKind.DAMP_MOULD):
        with pytest.raises(NotComplete, match="know of this"):
            tells(kind)
    assert len(unsafe(cast)) == 3


@pytest.mark.parametrize("name", ["reporter", "repairs", "owner"])
def test_whoever_may_not_complete_a_concern_gives_it_no_home(cast, home, told_late, name):
    _, placed = told_late
    with pytest.raises((NotHere, Refused)):
        placed(getattr(cast, name), home)
    assert unsafe(cast) == []
    assert placed(cast.intake_adviser, home), "the control: whoever takes in may"


def test_a_case_goes_with_the_concern_it_was_opened_from(cast, home):
    case = opened(cast).case
    assert case.home is None
    triage = cast.triage_officer
    with acting_as(triage):
        concern = Concern.objects.get(circle_id=case.circle_id)
        place_concern(concern, home, why="Its owner found out", version=concern.version, by=triage, at=TRIAGED)
        assert case_for(triage, case.public_id).home == home


def test_two_who_look_for_the_home_at_once_see_both_answers(cast, home, told_late):
    concern, placed = told_late
    other, triage = make_home(cast.register_keeper, "14 Acacia Road", reference="H-14"), cast.triage_officer
    with acting_as(triage):
        as_read = concern_for(triage, concern)
    placed(cast.lead, other)
    with acting_as(triage), pytest.raises(ChangedMeanwhile) as stale:
        place_concern(as_read, home, why="I rang", version=as_read.version, by=triage, at=TRIAGED)
    assert stale.value.theirs["home"].startswith("14 Acacia Road")

"""Somebody notices that a home is unsafe: repairs are told of each kind at once, where it is known which home."""

import uuid
from dataclasses import replace

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.queries import open_hazards
from hearth.outbound.models import Message
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.raising import raise_concern
from housing.estate import make_home
from walked import LOGGED

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

"""A marker tells those who come to a home what to do, and never why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.models import Circle
from hearth.access.terms import Refused
from hearth.housing.models import Marker
from hearth.housing.operations import On, put_marker, take_off_marker
from hearth.housing.queries import markers_on
from hearth.housing.terms import MarkerKind
from hearth.organisation.terms import NotPossible, Part
from housing.estate import make_home
from people.records import make_record, tenant

NOTICED = datetime(2026, 12, 3, 14, 10, tzinfo=UTC)
TODAY = date(2026, 12, 3)


@pytest.fixture
def flat(cast):
    return make_home(cast.register_keeper, "Flat 12, Ashgrove House")


@pytest.fixture
def record(cast):
    return make_record(cast.lead, team=[cast.worker])


def mark(cast, record, on, words="Visit in pairs", until=TODAY + timedelta(days=90)):
    with acting_as(cast.worker):
        return put_marker(
            record, on, kind=MarkerKind.VISIT, words=words, until=until,
            shown_to=[Part.REPAIRS_DESK, cast.operative.id], by=cast.worker, at=NOTICED,
        )  # fmt: skip


def words_seen(viewer, flat, on=TODAY):
    with acting_as(viewer):
        return [marker.words for marker in markers_on(viewer, home=flat, on=on)]


def test_a_marker_tells_those_it_is_meant_for_what_to_do_and_nothing_else(cast, flat, record):
    """Feature 49: a flag to repairs without the reason."""
    it = mark(cast, record, On(home=flat))
    for viewer in (cast.repairs, cast.operative, cast.worker, cast.lead):
        assert words_seen(viewer, flat) == ["Visit in pairs"]
    for viewer in (cast.surveyor, cast.outsider, cast.income_officer, cast.owner):
        assert words_seen(viewer, flat) == []
    for viewer in (cast.repairs, cast.operative):
        with acting_as(viewer):
            assert not Circle.objects.filter(pk=record.circle_id).exists()
            with pytest.raises(Refused):
                take_off_marker(it, version=1, by=viewer, at=NOTICED)


def test_a_marker_may_be_on_a_person(cast, record):
    her = tenant(cast.register_keeper, "Margaret Ashdown")
    mark(cast, record, On(person=her))
    with acting_as(cast.repairs):
        assert [marker.words for marker in markers_on(cast.repairs, person=her, on=TODAY)] == ["Visit in pairs"]


def test_a_marker_ends_on_its_day_or_when_it_is_taken_off(cast, flat, record):
    it = mark(cast, record, On(home=flat))
    assert words_seen(cast.operative, flat, on=it.until + timedelta(days=1)) == []
    with acting_as(cast.worker):
        take_off_marker(it, version=1, by=cast.worker, at=NOTICED)
        with pytest.raises(NotPossible, match="Somebody else has taken this marker off"):
            take_off_marker(it, version=1, by=cast.worker, at=NOTICED)
    assert words_seen(cast.operative, flat) == []
    with acting_as(cast.operative):
        assert not Marker.objects.exists()


@pytest.mark.parametrize("spoiled", [{"words": " "}, {"words": "x" * 201}, {"until": TODAY - timedelta(days=1)}])
def test_a_marker_says_what_to_do_and_until_when(cast, flat, record, spoiled):
    with pytest.raises(NotPossible):
        mark(cast, record, On(home=flat), **spoiled)


def test_a_marker_is_on_a_home_or_a_person_and_not_on_nothing(cast, record):
    with pytest.raises(NotPossible):
        mark(cast, record, On())

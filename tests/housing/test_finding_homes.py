"""A home is found by its address, postcode or UPRN, however it is spelled, and tells nobody who lives there."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.housing import addresses
from hearth.housing.models import Home, Tenancy
from hearth.housing.queries import MOST_SHOWN, find_home, find_people, home, homes_of_block, people_at, tenancies_of
from hearth.housing.terms import NoSuchHome
from housing.estate import let, make_home
from people.records import tenant

TODAY = date(2027, 1, 11)


@pytest.fixture
def estate(cast):
    keeper = cast.register_keeper
    block = make_home(keeper, "Ashgrove House", postcode="M14 4AB", kind="block")
    return {
        "flat": make_home(keeper, "Flat 12, Ashgrove House", postcode="M14 4AB", uprn="77012345678", parent=block),
        "next door": make_home(keeper, "Flat 120, Ashgrove House", postcode="M14 4AB", parent=block),
        "house": make_home(keeper, "12 St. John’s Road", postcode="M13 9PL", reference="0012"),
        "other": make_home(keeper, "12 Saint Jude Street", postcode="OL6 7TT", town="Ashton-under-Lyne"),
        "block": block,
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("flat 12 ashgrove house", "flat"),
        ("12 Ashgrove Hse, M14 4AB", "flat"),
        ("Apartment 12 Ashgrow House", "flat"),
        ("77012345678", "flat"),
        ("077012345678", "flat"),
        ("12 saint johns rd", "house"),
        ("12 st jons road manchester", "house"),
        ("m139pl", "house"),
        ("M13 9", "house"),
        ("0012", "house"),
        ("12 st jude st ashton under lyne", "other"),
    ],
)
def test_a_home_is_found_however_it_is_written(cast, estate, typed, expected):
    for viewer in (cast.reporter, cast.operative, cast.link):
        with acting_as(viewer):
            assert find_home(viewer, typed)[0] == estate[expected]


@pytest.mark.parametrize(
    "typed", ["", " ", "99 Nowhere Lane", "99", "'", "a' | 'b", "\0", "%_", "x" * 10_000, "SW1A 1AA"]
)
def test_what_is_no_home_of_ours_finds_none(cast, estate, typed):
    with acting_as(cast.operative):
        assert find_home(cast.operative, typed) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_the_search(cast, estate, typed):
    with acting_as(cast.operative):
        found = find_home(cast.operative, typed)
        assert len(set(found)) == len(found) <= MOST_SHOWN


def test_homes_that_have_left_the_stock_are_left_out_where_a_day_is_given(cast, estate):
    with acting_as(cast.register_keeper):
        Home.objects.filter(pk=estate["house"].pk).update(until=date(2026, 12, 31))
    with acting_as(cast.reporter):
        assert find_home(cast.reporter, "0012", on=TODAY) == []
        assert find_home(cast.reporter, "0012") == [estate["house"]]


def test_whoever_finds_a_home_learns_of_nobody_in_it(cast, estate):
    her = tenant(cast.register_keeper, "Margaret Ashdown")
    let(cast.register_keeper, estate["flat"], her, reference="T1", since=date(2010, 4, 1))
    with acting_as(cast.operative):
        assert find_home(cast.operative, "Margaret Ashdown") == []
        assert not Tenancy.objects.exists()
        for question in (people_at, find_people):
            with pytest.raises(Refused):
                question(cast.operative, "Ashdown", on=TODAY)
        with pytest.raises(Refused):
            tenancies_of(cast.operative, estate["flat"])
    with acting_as(cast.reporter):
        assert [member.person for member in people_at(cast.reporter, estate["flat"], on=TODAY)] == [her]
        assert people_at(cast.reporter, estate["flat"], on=date(2010, 3, 31)) == []
        assert people_at(cast.reporter, estate["house"], on=TODAY) == []
        assert [one.reference for one in tenancies_of(cast.reporter, estate["flat"])] == ["T1"]


def test_a_person_is_found_with_the_home_they_live_in_now(cast, estate):
    her, lodger = tenant(cast.register_keeper, "Siobhán Ní Bhriain"), tenant(cast.register_keeper, "Shivani Breen")
    let(cast.register_keeper, estate["house"], her, reference="T1", since=date(2010, 4, 1), until=date(2020, 1, 5))
    let(cast.register_keeper, estate["flat"], her, reference="T2", since=date(2020, 1, 6))
    with acting_as(cast.reporter):
        (first, *_) = find_people(cast.reporter, "Shivawn ni Brian", on=TODAY)
        assert (first.person_id, first.address) == (her.pk, "Flat 12, Ashgrove House, Manchester, M14 4AB")
        (again, *_) = find_people(cast.reporter, "Siobhan Bhriain", on=date(2012, 1, 1))
        assert again.home_public_id == estate["house"].public_id
        assert {one.name: one.address for one in find_people(cast.reporter, "Shivani", on=TODAY)}[lodger.name] == ""


def test_the_homes_of_a_block_are_listed(cast, estate):
    with acting_as(cast.operative):
        assert homes_of_block(cast.operative, estate["block"]) == [estate["flat"], estate["next door"]]


@pytest.mark.parametrize("odd", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_home_that_is_not_there_is_no_such_home(cast, estate, odd):
    with acting_as(cast.operative):
        assert home(cast.operative, estate["flat"].public_id) == estate["flat"]
        with pytest.raises(NoSuchHome):
            home(cast.operative, odd)


def test_only_the_register_keeper_writes_homes(cast, estate):
    for attempt in (lambda: Home.objects.update(town="Elsewhere"), lambda: make_home(cast.lead, "1 New Street")):
        with pytest.raises(Exception, match="kept by the keeper"), transaction.atomic(), acting_as(cast.lead):
            attempt()


def test_the_words_of_an_address_use_their_index(cast, estate):
    with acting_as(cast.operative), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select id from housing_home where address_words @@ '''12'' & ''ashgr'''::tsquery")
        assert "home_by_words" in "".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "code"),
    [("m144ab", "M14 4AB"), ("W1A 0AX", "W1A 0AX"), (" ec1a1bb ", "EC1A 1BB"), ("M14", ""), ("12", "")],
)
def test_a_postcode_is_read_with_or_without_its_space(typed, code):
    assert addresses.postcode(typed) == code

"""Wishes, relationships, households and safe contact: said by one record, kept in its circle."""

import uuid
from datetime import date, time, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.people import rules
from hearth.people.models import Household, HouseholdMember, SafeContact, Wish
from hearth.people.operations import (
    add_role,
    end_relationship,
    record_wish,
    relate,
    say_who_lives_there,
    set_safe_contact,
)
from hearth.people.queries import contact_rule, household_of, safe_contacts, said_to_live_with, ties_of, wishes_in
from hearth.people.terms import (
    Birth,
    Channel,
    ContactRule,
    Hours,
    PartPlayed,
    Source,
    Tie,
)
from people.records import MONDAY, make_record, tenant


@pytest.fixture
def her(cast):
    return tenant(cast.register_keeper, "Margaret Ashdown", born_on=date(1951, 3, 2))


@pytest.fixture
def record(cast, her):
    made = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        add_role(made, her, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
    return made


def wish(by, record, her, **changes):
    said = {"words": "Keep my papers. “All” of them\n– please", "said_at": MONDAY, "told_by": Source.THE_PERSON}
    with acting_as(by):
        return record_wish(record, her, by=by, at=MONDAY, **{**said, **changes})


def test_a_wish_is_kept_word_for_word_with_who_told_it_and_when(cast, record, her):
    """Feature 27: what the person wants, in their words."""
    wish(cast.worker, record, her)
    with acting_as(cast.worker):
        (kept,) = wishes_in(cast.worker, record)
        assert (kept.words, kept.told_by) == ("Keep my papers. “All” of them\n– please", "the_person")
        with pytest.raises(Exception, match="permission denied"):
            Wish.objects.update(words="Take my papers")


def test_a_wish_sent_twice_is_recorded_once_and_an_empty_or_future_one_never(cast, record, her):
    key = uuid.uuid4()
    assert wish(cast.worker, record, her, idempotency_key=key) == wish(cast.worker, record, her, idempotency_key=key)
    for spoiled in ({"words": " \n"}, {"said_at": MONDAY + timedelta(days=1)}):
        with pytest.raises(NotPossible):
            wish(cast.worker, record, her, **spoiled)


def test_only_those_in_the_record_write_and_read_what_it_says(cast, record, her):
    wish(cast.worker, record, her)
    for stranger in (cast.owner, cast.reporter, cast.outsider):
        with pytest.raises(Refused):
            wish(stranger, record, her)
    with acting_as(cast.owner):
        assert wishes_in(cast.owner, record) == []
    with acting_as(cast.outsider), pytest.raises(Refused):
        wishes_in(cast.outsider, record)
    with acting_as(cast.deputy):
        assert len(wishes_in(cast.deputy, record)) == 1


def test_a_relationship_is_recorded_once_and_read_from_both_sides(cast, record, her):
    son = tenant(cast.register_keeper, "Alan Ashdown")
    with acting_as(cast.worker):
        row = relate(record, son, Tie.CHILD, her, by=cast.worker, at=MONDAY, since=date(1979, 5, 1))
        assert [(tie.other_id, tie.tie) for tie in ties_of(cast.worker, her)] == [(son.pk, Tie.CHILD)]
        assert [(tie.other_id, tie.tie) for tie in ties_of(cast.worker, son)] == [(her.pk, Tie.PARENT)]
        with pytest.raises(NotPossible):
            relate(record, her, Tie.PARENT, son, by=cast.worker, at=MONDAY)
        with pytest.raises(NotPossible):
            relate(record, her, Tie.FRIEND, her, by=cast.worker, at=MONDAY)
        end_relationship(row, until=date(2020, 1, 1), version=1, by=cast.worker)
        with pytest.raises(ChangedMeanwhile):
            end_relationship(row, until=date(2021, 1, 1), version=1, by=cast.worker)
        assert ties_of(cast.worker, son)[0].until == date(2020, 1, 1)
    with acting_as(cast.owner):
        assert ties_of(cast.owner, her) == []


def test_the_household_of_a_day_is_who_lived_there_then(cast, record, her):
    """Feature 19: households over time."""
    lodger, daughter = tenant(cast.register_keeper, "Nils Berg"), tenant(cast.register_keeper, "Ruth Ashdown")
    with acting_as(cast.register_keeper):
        home = Household.objects.create()
        for who, since, until in (
            (her, date(2010, 4, 1), None),
            (lodger, date(2019, 1, 1), date(2021, 6, 30)),
            (daughter, None, date(2015, 9, 1)),
        ):
            HouseholdMember.objects.create(household=home, person=who, since=since, until=until)
    for day, names in (
        (date(2012, 1, 1), {"Margaret Ashdown", "Ruth Ashdown"}),
        (date(2021, 6, 30), {"Margaret Ashdown", "Nils Berg"}),
        (date(2021, 7, 1), {"Margaret Ashdown"}),
    ):
        with acting_as(cast.reporter):
            assert {member.person.name for member in household_of(cast.reporter, her, on=day)} == names

    with acting_as(cast.worker):
        say_who_lives_there(record, home.pk, lodger, by=cast.worker, at=MONDAY, visits_only=True)
        assert [row.person.name for row in said_to_live_with(cast.worker, [home.pk])] == ["Nils Berg"]
    with acting_as(cast.owner):
        assert said_to_live_with(cast.owner, [home.pk]) == []


def test_where_and_how_to_reach_somebody_safely_is_sealed_and_read_in_its_circle_only(cast, record, her):
    with acting_as(cast.worker):
        row = set_safe_contact(
            record, her, Channel.PHONE, ContactRule.CODE_WORD,
            by=cast.worker, at=MONDAY, value="01632 960111", code_word="heron",
        )  # fmt: skip
        (opened,) = safe_contacts(cast.worker, her)
        assert (opened.value, opened.code_word) == ("01632 960111", "heron")
        assert b"960111" not in bytes(row.value)
        assert b"heron" not in bytes(row.code_word)
    with acting_as(cast.owner):
        assert safe_contacts(cast.owner, her) == []


def test_the_strictest_rule_of_all_records_holds_for_sending(cast, record, her):
    other = make_record(cast.lead, team=[cast.owner])
    evening = Hours(time(22), time(6))
    with acting_as(cast.lead):
        assert contact_rule(her.pk, Channel.POST) == (None, [])
        set_safe_contact(record, her, Channel.POST, ContactRule.SAFE, by=cast.lead, at=MONDAY)
        set_safe_contact(other, her, Channel.POST, ContactRule.ONLY_BETWEEN, by=cast.lead, at=MONDAY, hours=evening)
    with acting_as(cast.worker):
        assert contact_rule(her.pk, Channel.POST) == (ContactRule.ONLY_BETWEEN, [evening])
        set_safe_contact(record, her, Channel.POST, ContactRule.UNSAFE, by=cast.worker, at=MONDAY, replaces=1)
    with acting_as(cast.owner):
        assert contact_rule(her.pk, Channel.POST)[0] is ContactRule.UNSAFE


def test_a_rule_is_not_written_over_one_that_was_not_seen(cast, record, her):
    with acting_as(cast.worker):
        set_safe_contact(record, her, Channel.TEXT, ContactRule.UNSAFE, by=cast.worker, at=MONDAY)
        with pytest.raises(ChangedMeanwhile):
            set_safe_contact(record, her, Channel.TEXT, ContactRule.SAFE, by=cast.worker, at=MONDAY)
        set_safe_contact(record, her, Channel.TEXT, ContactRule.SAFE, by=cast.worker, at=MONDAY, replaces=1)
        assert SafeContact.objects.filter(ended_at=None).get().version == 2


@pytest.mark.parametrize(
    ("rule", "hours", "word"),
    [
        (ContactRule.ONLY_BETWEEN, None, ""),
        (ContactRule.SAFE, Hours(time(9), time(10)), ""),
        (ContactRule.CODE_WORD, None, "  "),
    ],
)
def test_a_rule_says_all_it_needs(cast, record, her, rule, hours, word):
    with acting_as(cast.worker), pytest.raises(NotPossible):
        set_safe_contact(record, her, Channel.TEXT, rule, by=cast.worker, at=MONDAY, hours=hours, code_word=word)


def test_every_contact_rule_has_its_place_in_the_order():
    assert set(rules.STRICTEST_FIRST) == set(ContactRule)
    assert len(rules.STRICTEST_FIRST) == len(ContactRule)


@pytest.mark.parametrize(
    ("start", "end", "moment", "lies_inside"),
    [
        (time(9), time(17), time(9), True),
        (time(9), time(17), time(17), False),
        (time(22), time(6), time(23, 59), True),
        (time(22), time(6), time(5, 59), True),
        (time(22), time(6), time(12), False),
    ],
)
def test_hours_may_run_through_midnight(start, end, moment, lies_inside):
    assert rules.inside(Hours(start, end), moment) is lies_inside


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (Birth(born_on=date(2009, 1, 12)), 17),
        (Birth(born_on=date(2009, 1, 11)), 18),
        (Birth(age_about=12, age_seen_on=date(2024, 1, 12)), 14),
        (Birth(age_about=12), 12),
        (Birth(), None),
    ],
)
def test_an_age_is_counted_to_the_day_or_grows_with_what_was_estimated(birth, age):
    assert rules.age_on(birth, date(2027, 1, 11)) == age

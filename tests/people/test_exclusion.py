"""Being the person, close to them or in conflict about them closes everything, whatever the post."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.models import Circle, ExcludedCircle, Exclusion
from hearth.access.operations import break_glass, declare_exclusion, give, make_circle
from hearth.access.terms import CircleKind, Part, Refused
from hearth.organisation.models import User
from hearth.people import rules
from hearth.people.models import Person, Relationship, Role, Wish
from hearth.people.operations import (
    WORK_OUT_ALL,
    add_known_person,
    add_role,
    end_exclusion,
    mark_role_wrong,
    record_wish,
    relate,
    work_out_ended_exclusions,
    work_out_exclusions,
)
from hearth.people.queries import find_people, is_close_to_staff, roles_in, roles_of
from hearth.people.terms import PartPlayed, Source, Tie
from people.records import MONDAY, make_record, tenant


def sees(viewer, record):
    with acting_as(viewer):
        return Circle.objects.filter(pk=record.circle_id).exists()


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.fixture
def brother(cast):
    return tenant(cast.register_keeper, "Declan Heath")


@pytest.fixture
def his_case(cast, brother):
    """The brother's case: everything a case has, in one circle."""
    record = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        add_role(record, brother, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
        add_known_person(record, name="Rory Quayle", part=PartPlayed.SOURCE_OF_HARM, by=cast.lead, at=MONDAY)
        record_wish(
            record, brother, words="Keep my papers.", said_at=MONDAY, told_by=Source.THE_PERSON, by=cast.lead, at=MONDAY
        )
    return record


def is_his_sister(cast, person):
    """The sister in triage is a tenant too, and another family's record says she is his sister."""
    her = tenant(cast.register_keeper, "Nora Heath")
    elsewhere = make_record(cast.lead)
    with acting_as(cast.lead):
        relate(elsewhere, her, Tie.SIBLING, person, by=cast.lead, at=MONDAY)
    is_the_person(cast, her.pk)


def declares_it(cast, person):
    sister = cast.relative_in_triage
    with acting_as(sister):
        declare_exclusion(user_id=sister.id, person_id=person.pk, why="My brother", by=sister, at=MONDAY)


def lead_declares_it(cast, person):
    with acting_as(cast.lead):
        declare_exclusion(
            user_id=cast.relative_in_triage.id, person_id=person.pk, why="Her brother", by=cast.lead, at=MONDAY
        )


def is_himself(cast, person):
    is_the_person(cast, person.pk)


def is_the_person(cast, person_id):
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.relative_in_triage.id).update(person_id=person_id)


@pytest.mark.parametrize("how", [is_his_sister, declares_it, lead_declares_it, is_himself])
def test_the_relative_in_triage_sees_nothing_of_her_brothers_case(cast, brother, his_case, how):
    sister, triage_officer = cast.relative_in_triage, cast.triage_officer
    assert sees(sister, his_case)  # the control: before anybody knew, her post showed it to her
    how(cast, brother)

    with acting_as(sister):
        assert roles_in(sister, his_case) == []
        assert roles_of(sister, brother) == []
        assert [one.name for one in find_people(sister, "Rory Quayle")] == []
        assert (Role.objects.count(), Wish.objects.count()) == (0, 0)
        assert Person.objects.filter(name="Rory Quayle").count() == 0
        assert ask("select count(*) from hearth.contact_rules(1, 'phone')") == 0
    assert not sees(sister, his_case)

    with acting_as(triage_officer):  # the control: the same post, without the brother
        assert len(roles_in(triage_officer, his_case)) == 2
        assert [one.name for one in find_people(triage_officer, "Rory Quayle")] == ["Rory Quayle"]
        assert Wish.objects.count() == 1
    assert sees(triage_officer, his_case)


def test_an_exclusion_beats_a_grant_and_an_emergency_opening(cast, brother, his_case):
    sister = cast.relative_in_triage
    with acting_as(cast.lead):
        give(his_case.circle_id, by=cast.lead, at=MONDAY, to=sister.id, part_in_it=Part.OWNS_IT)
    assert sees(sister, his_case)
    declares_it(cast, brother)
    assert not sees(sister, his_case)
    with acting_as(sister):
        assert (
            break_glass("concern", str(his_case.id), why="danger", by=sister, at=now(), lasts=timedelta(hours=1))
            is None
        )
        assert make_circle(CircleKind.CASE, by=sister, at=MONDAY)  # her other work goes on


def test_what_is_known_first_shuts_later_records_in_the_transaction_that_writes_the_role(cast, brother):
    is_his_sister(cast, brother)
    record = make_record(cast.lead)
    assert sees(cast.relative_in_triage, record)
    with acting_as(cast.lead):
        add_role(record, brother, PartPlayed.WITNESS, by=cast.lead, at=MONDAY)
    assert not sees(cast.relative_in_triage, record)
    assert sees(cast.triage_officer, record)


def test_whoever_names_her_own_brother_finishes_writing_and_is_then_shut_out(own_cast):
    """She did what was right; the record must not be lost because of it."""
    cast = own_cast
    with transaction.atomic():
        brother = tenant(cast.register_keeper, "Declan Heath")
        declares_it(cast, brother)
        record = make_record(cast.relative_in_triage)
    sister = cast.relative_in_triage
    with transaction.atomic(), acting_as(sister):
        add_role(record, brother, PartPlayed.SUBJECT_ADULT, by=sister, at=MONDAY)
        record_wish(record, brother, words="Help.", said_at=MONDAY, told_by=Source.THE_PERSON, by=sister, at=MONDAY)
    with transaction.atomic():
        assert not sees(sister, record)
        assert sees(cast.triage_officer, record)


def test_a_neighbour_is_not_shut_out_by_living_next_door(cast, brother, his_case):
    her = tenant(cast.register_keeper, "Nora Heath")
    elsewhere = make_record(cast.lead)
    is_the_person(cast, her.pk)
    with acting_as(cast.lead):
        relate(elsewhere, her, Tie.NEIGHBOUR, brother, by=cast.lead, at=MONDAY)
    assert sees(cast.relative_in_triage, his_case)
    with acting_as(cast.lead):
        relate(elsewhere, brother, Tie.FORMER_PARTNER, her, by=cast.lead, at=MONDAY)
    assert not sees(cast.relative_in_triage, his_case)


def test_an_exclusion_is_ended_by_a_lead_and_then_opens_what_nothing_else_shuts(cast, brother, his_case):
    sister = cast.relative_in_triage
    declares_it(cast, brother)
    with acting_as(sister):
        row = Exclusion.objects.get(user_id=sister.id)
        with pytest.raises(Refused):
            end_exclusion(row, by=sister, at=MONDAY)
        assert Exclusion.objects.filter(pk=row.pk).update(ends_at=MONDAY) == 0  # nor by SQL
    is_his_sister(cast, brother)
    with acting_as(cast.lead):
        assert end_exclusion(row, by=cast.lead, at=now()) == 0  # she is still his sister
    assert not sees(sister, his_case)
    with acting_as(cast.lead):
        Relationship.objects.update(wrong_since=MONDAY)
        assert not sees(sister, his_case)  # nothing opens by itself
        assert work_out_exclusions(sister.id) == 1
    assert sees(sister, his_case)


def test_a_role_put_down_for_the_wrong_person_opens_again_when_worked_out(cast, brother, his_case):
    declares_it(cast, brother)
    with acting_as(cast.lead):
        mark_role_wrong(Role.objects.get(person=brother), by=cast.lead, at=MONDAY)
        assert not sees(cast.relative_in_triage, his_case)
        work_out_exclusions(cast.relative_in_triage.id)
    assert sees(cast.relative_in_triage, his_case)


def test_an_unlinked_record_of_ones_own_stays_shut_until_it_is_worked_out(cast, brother, his_case):
    is_himself(cast, brother)
    is_the_person(cast, None)
    assert not sees(cast.relative_in_triage, his_case)
    with acting_as(cast.lead):
        work_out_exclusions(cast.relative_in_triage.id)
    assert sees(cast.relative_in_triage, his_case)


def test_nobody_opens_a_circle_to_himself_by_asking_to_have_it_worked_out(cast, brother, his_case):
    sister = cast.relative_in_triage
    declares_it(cast, brother)
    with acting_as(sister):
        assert work_out_exclusions(sister.id) == 0
        for attempt in ("delete from access_excludedcircle", "select hearth.shut_out(1)"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                ask(attempt)
    assert not sees(sister, his_case)


def test_a_person_close_to_a_colleague_is_known_to_be_so(cast, brother):
    with acting_as(cast.lead):
        assert not is_close_to_staff(brother.pk)
    is_his_sister(cast, brother)
    with acting_as(cast.lead):
        assert is_close_to_staff(brother.pk)
        assert not is_close_to_staff(tenant(cast.register_keeper, "Priya Larch").pk)


def test_the_database_and_the_house_agree_which_ties_shut_somebody_out(house):
    assert set(ask("select hearth.close_ties()")) == {tie.value for tie in rules.CLOSE}


def test_every_tie_has_an_answer_and_the_answer_answers_back():
    assert set(rules.ANSWERS) == set(Tie)
    assert all(rules.ANSWERS[answer] is tie for tie, answer in rules.ANSWERS.items())
    assert all((tie in rules.CLOSE) == (answer in rules.CLOSE) for tie, answer in rules.ANSWERS.items())


def test_nobody_reads_who_is_shut_out_of_what(cast):
    with acting_as(cast.lead), pytest.raises(Exception, match="permission denied"):
        ExcludedCircle.objects.count()


def test_an_exclusion_whose_day_has_passed_is_lifted_by_the_nightly_round(own_cast, own_database):
    cast = own_cast
    with transaction.atomic():
        brother = tenant(cast.register_keeper, "Declan Heath")
        record = make_record(cast.lead)
        with acting_as(cast.lead):
            add_role(record, brother, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
        declares_it(cast, brother)
        with acting_as(cast.lead):
            Exclusion.objects.update(ends_at=now() - timedelta(minutes=1))
    with transaction.atomic():
        assert not sees(cast.relative_in_triage, record)
        assert work_out_ended_exclusions() == 0  # the web process asks in vain
    with psycopg.connect(own_database.replace("://", "://hearth_worker@"), autocommit=True) as worker:
        assert worker.execute(WORK_OUT_ALL).fetchone() == (1,)
    with transaction.atomic():
        assert sees(cast.relative_in_triage, record)

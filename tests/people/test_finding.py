"""Who finds whom: people of the register by post, people known only from a concern by its circle."""

import pytest
from django.db import connection

from hearth.access.identity import acting_as
from hearth.access.operations import restrict
from hearth.access.terms import Refused
from hearth.organisation.terms import NotPossible
from hearth.people.models import HouseholdMember, Person
from hearth.people.operations import add_known_person, add_role
from hearth.people.queries import find_people, person, person_in, roles_in, roles_of
from hearth.people.terms import NoSuchPerson, PartPlayed
from people.records import MONDAY, make_record, tenant

READERS = ["reporter", "triage_officer", "lead", "deputy", "intake_adviser", "worker", "register_keeper"]
NOT_READERS = ["repairs", "surveyor", "income_officer", "champion", "auditor", "administrator", "operative", "outsider"]


def found(viewer, name):
    with acting_as(viewer):
        return [one.name for one in find_people(viewer, name)]


@pytest.mark.parametrize("asked", ["Siobhán O'Brien", "shivawn obrien", "siob", "O’BRIEN siobhan", "Brien Siobhan"])
def test_a_tenant_is_found_however_the_name_is_spelled(cast, asked):
    for name in ("Siobhán O’Brien", "Łukasz Wójcik", "Brian Siddons", "Tracey Obi"):
        tenant(cast.register_keeper, name)
    assert found(cast.reporter, asked)[0] == "Siobhán O’Brien"


def test_the_best_answer_comes_first_and_strangers_do_not_come(cast):
    for name in ("Lucas Wojcik", "Łukasz Wójcik", "Luke Woodcock", "Priya Larch"):
        tenant(cast.register_keeper, name)
    answers = found(cast.reporter, "Łukasz Wójcik")
    assert answers[0] == "Łukasz Wójcik"
    assert "Lucas Wojcik" in answers
    assert "Priya Larch" not in answers


def test_a_person_is_found_by_what_they_are_called(cast):
    tenant(cast.register_keeper, "Margaret Ashdown", known_as="Peggy")
    assert found(cast.reporter, "peggy ashdown") == ["Margaret Ashdown"]


@pytest.mark.parametrize(
    "asked", ["", "x", "'", "a' | 'b", "%", "\\", "!!", "محمد", "x" * 5000, "\N{COMBINING ACUTE ACCENT}"]
)
def test_odd_questions_find_nobody_and_break_nothing(cast, asked):
    tenant(cast.register_keeper, "Margaret Ashdown")
    assert found(cast.reporter, asked) == []


@pytest.mark.parametrize("post", READERS)
def test_the_register_is_read_by_those_whose_post_needs_it(cast, post):
    her = tenant(cast.register_keeper, "Margaret Ashdown")
    viewer = getattr(cast, post)
    assert found(viewer, "Ashdown") == ["Margaret Ashdown"]
    with acting_as(viewer):
        assert person(viewer, her.public_id).pk == her.pk


@pytest.mark.parametrize("post", NOT_READERS)
def test_nobody_else_reads_it_neither_by_the_gate_nor_by_sql(cast, post):
    her = tenant(cast.register_keeper, "Margaret Ashdown")
    viewer = getattr(cast, post)
    with acting_as(viewer):
        with pytest.raises(Refused):
            find_people(viewer, "Ashdown")
        with pytest.raises(Refused):
            person(viewer, her.public_id)
        assert not Person.objects.exists()
        assert not HouseholdMember.objects.exists()
        assert by_sql("ashdown") == []


def test_somebody_known_only_from_a_concern_is_found_only_by_its_circle(cast):
    """Feature 18: a role belongs to one record, and the person is seen through it."""
    record = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        role = add_known_person(
            record, name="Older boy, about 12", part=PartPlayed.SUBJECT_CHILD, by=cast.lead, at=MONDAY
        )
        her = role.person
    for viewer in (cast.worker, cast.lead, cast.triage_officer):
        assert found(viewer, "older boy") == ["Older boy, about 12"]
    for viewer in (cast.owner, cast.reporter, cast.register_keeper, cast.intake_adviser):
        assert found(viewer, "older boy") == []
        with acting_as(viewer):
            assert not Person.objects.filter(pk=her.pk).exists()
            with pytest.raises(NoSuchPerson):
                person(viewer, her.public_id)


def test_restricting_the_record_hides_its_people_from_every_post(cast):
    record = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        add_known_person(record, name="Imogen Thrale", part=PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
    assert found(cast.triage_officer, "Thrale") == ["Imogen Thrale"]
    with acting_as(cast.lead):
        restrict(record.circle_id, by=cast.lead)
    assert found(cast.triage_officer, "Thrale") == []
    assert found(cast.worker, "Thrale") == ["Imogen Thrale"]


def test_a_part_played_in_one_record_says_nothing_in_another(cast):
    one, other = make_record(cast.lead, team=[cast.worker]), make_record(cast.lead, team=[cast.owner])
    her = tenant(cast.register_keeper, "Margaret Ashdown")
    with acting_as(cast.lead):
        add_role(one, her, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
        add_role(other, her, PartPlayed.WITNESS, by=cast.lead, at=MONDAY)
        add_role(other, her, PartPlayed.WITNESS, by=cast.lead, at=MONDAY)
        assert {role.part for role in roles_of(cast.lead, her)} == {"subject_adult", "witness"}
    with acting_as(cast.worker):
        assert [role.part for role in roles_of(cast.worker, her)] == ["subject_adult"]
        assert [role.part for role in roles_in(cast.worker, one)] == ["subject_adult"]
        assert person_in(cast.worker, one, her.public_id) == her
    with acting_as(cast.owner):
        assert [role.part for role in roles_of(cast.owner, her)] == ["witness"]
        assert roles_in(cast.owner, one) == []
        with pytest.raises(NoSuchPerson):
            person_in(cast.owner, one, her.public_id)


def test_a_known_person_needs_a_name_and_an_ordinary_one(cast):
    record = make_record(cast.lead)
    with acting_as(cast.lead):
        for name in ("", "   ", "x" * 201):
            with pytest.raises(NotPossible):
                add_known_person(record, name=name, part=PartPlayed.OTHER, by=cast.lead, at=MONDAY)
        assert not Person.objects.exists()


def test_nobody_turns_a_known_person_into_a_person_of_the_register(cast):
    record = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        role = add_known_person(record, name="Imogen Thrale", part=PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
    with acting_as(cast.worker), pytest.raises(Exception, match="row-level security"):
        Person.objects.filter(pk=role.person_id).update(from_register=True, reference="X1")


def by_sql(word):
    with connection.cursor() as cursor:
        cursor.execute("select hearth.find_people(%s, %s::tsquery, null, null, 10)", [word, word])
        return cursor.fetchone()[0]

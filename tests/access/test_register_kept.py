"""Whoever writes SQL of his own writes nothing into the register that its pages would have refused him."""

import uuid

import pytest
from django.db import ProgrammingError, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import give
from hearth.access.terms import Part
from hearth.housing.models import RegisterImport, RegisterUpload
from hearth.housing.terms import UploadState
from hearth.people.models import Person
from hearth.people.operations import add_known_person, add_role
from hearth.people.terms import PartPlayed
from people.records import MONDAY, make_record, tenant

REFUSED = pytest.raises(ProgrammingError, match=r"row-level security|permission denied|taken out of the register")
NOBODYS = ("reporter", "worker", "lead", "operative", "outsider")


def sends_files(by, *, said_to_be=None):
    with acting_as(by), transaction.atomic():
        return RegisterUpload.objects.create(
            uploaded_by_id=(said_to_be or by).id, uploaded_at=MONDAY, state=UploadState.ASKED.value, body=b"sealed"
        )


def notes_import(by, *, said_to_be=None):
    with acting_as(by), transaction.atomic():
        return RegisterImport.objects.create(
            public_id=uuid.uuid4(), imported_by_id=(said_to_be or by).id, imported_at=MONDAY
        )


@pytest.mark.parametrize("post", NOBODYS)
def test_only_the_keeper_sends_files_into_the_register(cast, post):
    with REFUSED:
        sends_files(getattr(cast, post))
    assert sends_files(cast.register_keeper).pk


def test_nobody_sends_files_in_a_keepers_name(cast):
    for somebody in (cast.lead, cast.administrator):
        with REFUSED:
            sends_files(somebody, said_to_be=cast.register_keeper)
    with REFUSED:
        sends_files(cast.register_keeper, said_to_be=cast.administrator)
    assert sends_files(cast.register_keeper, said_to_be=cast.register_keeper).pk


@pytest.mark.parametrize("post", NOBODYS)
def test_an_import_is_noted_by_whoever_may_import(cast, post):
    with REFUSED:
        notes_import(getattr(cast, post))
    assert notes_import(cast.register_keeper).pk
    assert notes_import(cast.administrator).pk, "files of staff are brought in by whoever keeps users"


def test_an_import_is_noted_in_ones_own_name_and_stays_as_it_was(cast):
    for keeper, other in ((cast.register_keeper, cast.administrator), (cast.administrator, cast.register_keeper)):
        with REFUSED:
            notes_import(keeper, said_to_be=other)
    noted = notes_import(cast.register_keeper)
    with acting_as(cast.register_keeper), REFUSED, transaction.atomic():
        RegisterImport.objects.filter(pk=noted.pk).update(imported_by_id=cast.administrator.id)


def changed(by, **to):
    """How many people a statement without any condition changes."""
    with acting_as(by), transaction.atomic():
        return Person.objects.update(**to)


def test_the_keeper_takes_nobody_out_of_the_register(cast):
    tenant(cast.register_keeper, "Margaret Ashdown")
    with REFUSED:
        changed(cast.register_keeper, from_register=False, reference="")
    assert changed(cast.register_keeper, known_as="Peggy") == 1


def test_nor_where_he_is_in_a_record_of_the_same_person(cast):
    keeper, her = cast.register_keeper, tenant(cast.register_keeper, "Margaret Ashdown")
    record = make_record(cast.lead)
    with acting_as(cast.lead):
        add_role(record, her, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
        give(record.circle_id, by=cast.lead, at=MONDAY, to=keeper.id, part_in_it=Part.WORKS_ON_IT)
    with REFUSED:
        changed(keeper, from_register=False, reference="")
    assert changed(keeper, known_as="Peggy") == 1


def test_somebody_known_from_a_record_is_changed_by_those_in_it_alone(cast):
    record = make_record(cast.lead, team=[cast.worker])
    with acting_as(cast.lead):
        add_known_person(record, name="Older boy", part=PartPlayed.SUBJECT_CHILD, by=cast.lead, at=MONDAY)
    for outside in (cast.owner, cast.register_keeper, cast.reporter):
        assert changed(outside, known_as="Mo") == 0
    assert changed(cast.worker, known_as="Mo") == 1

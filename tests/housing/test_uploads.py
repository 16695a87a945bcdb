"""Files on their way into the register are sealed, their keeper's alone, brought in by the jobs process, then gone."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.terms import NotHere, Refused
from hearth.housing.imports.terms import SheetKind
from hearth.housing.imports.uploads import confirm, faults_of, throw_away, upload, upload_for, work_on
from hearth.housing.models import Home, RegisterUpload
from hearth.housing.terms import UploadState
from hearth.organisation.terms import NotPossible
from rounds import make_round

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOMES = b"home reference,address line 1,postcode\nH-1,1 Elder Row,M14 4AA\nH-2,,M14 4AA\n"


def sent(cast, content=HOMES):
    with acting_as(cast.register_keeper):
        return upload({SheetKind.HOMES: content}, by=cast.register_keeper, at=AT)


def looked(cast, row):
    with acting_as(cast.register_keeper):
        RegisterUpload.objects.filter(pk=row.pk).update(state=UploadState.LOOKING)
        work_on(row.pk, at=AT)
        return upload_for(cast.register_keeper, row.public_id)


def test_what_lies_in_the_database_is_sealed_and_its_keepers_alone(cast):
    row = sent(cast)
    assert b"Elder Row" not in bytes(row.body)
    for viewer in (cast.lead, cast.administrator, cast.triage_officer):
        with acting_as(viewer):
            assert not RegisterUpload.objects.exists()
            with pytest.raises((Refused, NotHere)):
                upload_for(viewer, row.public_id)
    with acting_as(cast.lead), pytest.raises(Refused):
        upload({SheetKind.HOMES: HOMES}, by=cast.lead, at=AT)


def test_a_keeper_who_keeps_no_users_brings_in_no_staff(cast):
    with acting_as(cast.register_keeper), pytest.raises(Refused):
        upload({SheetKind.STAFF: b"e-mail,name\n"}, by=cast.register_keeper, at=AT)


def test_files_are_looked_at_then_brought_in_and_then_gone(cast):
    row = looked(cast, sent(cast))
    assert row.state == UploadState.LOOKED
    assert row.counts["homes"] == {"new": 1, "changed": 0, "unchanged": 0, "left_out": 1}
    assert [fault.row for fault in faults_of(row)] == [3]
    with acting_as(cast.register_keeper):
        assert not Home.objects.exists(), "looking changes nothing"
        confirm(row.public_id, by=cast.register_keeper, at=AT)
        RegisterUpload.objects.filter(pk=row.pk).update(state=UploadState.IMPORTING)
        work_on(row.pk, at=AT)
        done = upload_for(cast.register_keeper, row.public_id)
        assert (done.state, done.body) == (UploadState.DONE, None)
        assert Home.objects.count() == 1
        with pytest.raises(NotPossible):
            confirm(row.public_id, by=cast.register_keeper, at=AT)


def test_a_file_that_cannot_be_read_says_why_and_is_gone(cast):
    row = looked(cast, sent(cast, b"PK\x03\x04 a workbook"))
    assert (row.state, row.body) == (UploadState.FAILED, None)
    assert "Save it as “CSV UTF-8”" in row.problem


def test_files_may_be_thrown_away_unread(cast):
    row = sent(cast)
    with acting_as(cast.register_keeper):
        throw_away(row.public_id, by=cast.register_keeper)
        assert upload_for(cast.register_keeper, row.public_id).body is None


def test_the_jobs_process_brings_them_in_as_the_keeper_and_forgets_what_waited_too_long(own_cast, own_database):
    """With real commits, a real worker's role, and progress shown beside."""
    keeper, now = own_cast.register_keeper, datetime.now(UTC)
    with transaction.atomic(), acting_as(keeper):
        first = upload({SheetKind.HOMES: HOMES}, by=keeper, at=now)
        forgotten = upload({SheetKind.HOMES: HOMES}, by=keeper, at=now - timedelta(hours=5))
    assert make_round(own_database, "bring_in_the_register") == "1"
    with transaction.atomic(), acting_as(keeper):
        assert upload_for(keeper, forgotten.public_id).body is None
        seen = upload_for(keeper, first.public_id)
        assert (seen.state, seen.done > 0) == (UploadState.LOOKED, True)
        confirm(first.public_id, by=keeper, at=now)
    assert make_round(own_database, "bring_in_the_register") == "1"
    with transaction.atomic(), acting_as(keeper):
        assert upload_for(keeper, first.public_id).state == UploadState.DONE
        assert Home.objects.count() == 1


def test_files_of_somebody_who_was_switched_off_are_given_up_and_the_next_are_taken(own_cast, own_database):
    keeper, now = own_cast.register_keeper, datetime.now(UTC)
    with transaction.atomic(), acting_as(keeper):
        row = upload({SheetKind.HOMES: HOMES}, by=keeper, at=now)
    with psycopg.connect(own_database, user="postgres", autocommit=True) as superuser:
        superuser.execute("update organisation_user set is_active = false where id = %s", (keeper.id,))
        assert make_round(own_database, "bring_in_the_register") == "1"
        kept = superuser.execute("select state, body from housing_registerupload where id = %s", (row.pk,)).fetchone()
    assert kept == ("failed", None)

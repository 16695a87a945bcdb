"""Files on their way into the register: sealed, looked at and brought in by the jobs process as whoever keeps it."""

import base64
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, connections, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import check
from hearth.access.queries import viewer, visible
from hearth.access.sealed import seal, unseal
from hearth.access.terms import Act, NotHere, Viewer
from hearth.housing.imports.files import read_register
from hearth.housing.imports.operations import STEPS, import_register, preview, silent, take_time
from hearth.housing.imports.terms import CannotRead, Fault, Preview, Progress, SheetKind
from hearth.housing.models import RegisterImport, RegisterUpload
from hearth.housing.terms import UPLOAD_MAY_MOVE_TO, UploadState
from hearth.organisation.models import User
from hearth.organisation.terms import NotPossible

TABLE = "housing_registerupload"
# Technical, no policy's: a file of names is no record and waits on our disk no longer than an afternoon, and a worker
# that said nothing for so long while it read one has died. Nobody's case hangs on either.
KEPT_FOR = timedelta(hours=4)
DEAD_AFTER = timedelta(minutes=20)
MOST_SHOWN = 200
OVER = (UploadState.DONE, UploadState.FAILED, UploadState.THROWN_AWAY)
NOTIFY = "select pg_notify('hearth_due', 'register')"
CLAIM = """
    update housing_registerupload u set state = case u.state when 'asked' then 'looking' else 'importing' end,
      begun_at = %s, step = '', done = 0
    where u.id = (select id from housing_registerupload where state in ('asked', 'confirmed')
      order by id for update skip locked limit 1)
    returning u.id, u.uploaded_by_id"""
TAKE_BACK = """
    update housing_registerupload set state = case state when 'looking' then 'asked' else 'confirmed' end
    where state in ('looking', 'importing') and begun_at < %s"""
FORGET = """
    update housing_registerupload set state = 'thrown_away', body = null, faults = null
    where state in ('asked', 'looked') and uploaded_at < %s"""
FORGET_FAULTS = "update housing_registerupload set faults = null where faults is not null and uploaded_at < %s"
GIVE_UP = """
    update housing_registerupload set state = 'failed', body = null, faults = null, problem = %s where id = %s"""
SHOW = "update housing_registerupload set step = %s, done = %s, steps = %s where id = %s"


@transaction.atomic
def upload(contents: Mapping[SheetKind, bytes], *, by: Viewer, at: datetime) -> RegisterUpload:
    """Keep files of the register, sealed, and ask for them to be looked at."""
    _check(contents.keys(), by)
    if not contents:
        raise NotPossible("Choose at least one file.")
    public_id = uuid.uuid4()
    row = RegisterUpload.objects.create(
        public_id=public_id, uploaded_by_id=by.id, uploaded_at=at, state=UploadState.ASKED.value,
        kinds=[kind.value for kind in contents], steps=STEPS, body=_sealed_files(public_id, contents),
    )  # fmt: skip
    _tell_jobs()
    return row


@transaction.atomic
def confirm(public_id: uuid.UUID, *, by: Viewer, at: datetime) -> None:
    """Ask for files that were looked at to be brought in."""
    row = upload_for(by, public_id)
    _check([SheetKind(kind) for kind in row.kinds], by)
    _move(row, UploadState.CONFIRMED)
    _tell_jobs()


@transaction.atomic
def throw_away(public_id: uuid.UUID, *, by: Viewer) -> None:
    """Throw files away that were not brought in."""
    row = upload_for(by, public_id)
    _move(row, UploadState.THROWN_AWAY, body=None, faults=None)


def upload_for(by: Viewer, public_id: uuid.UUID) -> RegisterUpload:
    """One's own upload, or NotHere."""
    found = visible(RegisterUpload.objects.all(), to=by, act=Act.IMPORT_REGISTER).filter(public_id=public_id).first()
    if found is None:
        raise NotHere
    return found


def uploads_of(by: Viewer) -> list[RegisterUpload]:
    """One's own uploads that are not over, newest first."""
    rows = visible(RegisterUpload.objects.all(), to=by, act=Act.IMPORT_REGISTER)
    return list(rows.exclude(state__in=[state.value for state in OVER]).defer("body").order_by("-id")[:MOST_SHOWN])


def imports_so_far(by: Viewer, *, limit: int = 50) -> list[RegisterImport]:
    """What was brought in, when and by whom, newest first."""
    rows = visible(RegisterImport.objects.all(), to=by, act=Act.IMPORT_REGISTER)
    return list(rows.select_related("imported_by").order_by("-imported_at", "-id")[:limit])


def faults_of(row: RegisterUpload) -> list[Fault]:
    """What was wrong in the files, row by row."""
    if row.faults is None:
        return []
    kept = json.loads(unseal(bytes(row.faults), table=TABLE, row=str(row.public_id), column="faults"))
    return [Fault(**{**fault, "sheet": SheetKind(fault["sheet"])}) for fault in kept]


def work_on_next(*, at: datetime) -> bool:
    """Take the next files that wait, as the jobs process, and do what is asked; whether there were any."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, [at - DEAD_AFTER])
        cursor.execute(FORGET, [at - KEPT_FOR])
        cursor.execute(FORGET_FAULTS, [at - KEPT_FOR])
        cursor.execute(CLAIM, [at])
        claimed = cursor.fetchone()
    if claimed is None:
        return False
    row_id, user_id = claimed
    try:
        with acting_as(viewer(User.objects.get(pk=user_id))):
            work_on(row_id, at=at, progress=_shown_beside(row_id))
    except RegisterUpload.DoesNotExist:  # switched off meanwhile: nobody now, whose files nobody may bring in
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(GIVE_UP, ["Whoever sent these files is no longer let in. Nothing was brought in.", row_id])
    return True


def work_on(row_id: int, *, at: datetime, progress: Progress = silent) -> None:
    """Look at files, or bring them in, as whoever sent them. What goes wrong is told to him in words."""
    with transaction.atomic():
        found = RegisterUpload.objects.select_related("uploaded_by").get(pk=row_id)
    by = viewer(found.uploaded_by)
    try:
        with transaction.atomic():
            take_time()
            seen = _look_or_bring_in(found, by=by, at=at, progress=progress)
            looked = found.state == UploadState.LOOKING
            kept = {"counts": _counts(seen), "faults": _sealed_faults(found.public_id, seen)}
            with acting_as(by):  # the signed identity lives for minutes
                if looked:
                    _move(found, UploadState.LOOKED, **kept)
                else:
                    _move(found, UploadState.DONE, body=None, **kept)
    except (CannotRead, NotPossible) as problem:
        with transaction.atomic(), acting_as(by):
            _move(found, UploadState.FAILED, problem=str(problem), body=None)
    except Exception:
        with transaction.atomic(), acting_as(by):
            what = "Something went wrong on our side. Nothing was brought in. Try again, and tell whoever runs Hearth."
            _move(found, UploadState.FAILED, problem=what, body=None)
        raise


def _look_or_bring_in(row: RegisterUpload, *, by: Viewer, at: datetime, progress: Progress) -> Preview:
    progress(0, STEPS, "Reading the files")
    register = read_register(_opened_files(row), at.date())
    if row.state == UploadState.LOOKING:
        progress(1, STEPS, "Comparing the files with the register")
        return preview(register, by=by, at=at)
    return import_register(register, by=by, at=at, progress=progress)[1]


def _shown_beside(row_id: int) -> Progress:
    """Shows how far it is while the long transaction runs: over a connection of its own, as the jobs process."""

    def show(done: int, of: int, what: str) -> None:
        beside = connections.create_connection("default")
        try:
            with acting_as(None), beside.cursor() as cursor:
                cursor.execute(SHOW, [what, done, of, row_id])
        finally:
            beside.close()

    return show


def _check(kinds: Collection[SheetKind], by: Viewer) -> None:
    check(by, Act.IMPORT_REGISTER)
    if SheetKind.STAFF in kinds:
        check(by, Act.KEEP_USERS)


def _move(row: RegisterUpload, to: UploadState, **changes: object) -> None:
    was = UploadState(row.state)
    if to not in UPLOAD_MAY_MOVE_TO[was]:
        raise NotPossible("These files have moved on meanwhile. Look at them again.")
    if not RegisterUpload.objects.filter(pk=row.pk, state=was.value).update(state=to.value, **changes):
        raise NotPossible("These files have moved on meanwhile. Look at them again.")
    row.state = to.value


def _tell_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTIFY)


def _counts(seen: Preview) -> dict[str, dict[str, int]]:
    return {kind.value: asdict(count) for kind, count in seen.counts.items()}


def _sealed_files(public_id: uuid.UUID, contents: Mapping[SheetKind, bytes]) -> bytes:
    text = json.dumps({kind.value: base64.b64encode(content).decode() for kind, content in contents.items()})
    return seal(text, table=TABLE, row=str(public_id), column="body")


def _opened_files(row: RegisterUpload) -> dict[SheetKind, bytes]:
    if row.body is None:
        raise NotPossible("The files are gone. Choose them again.")
    kept = json.loads(unseal(bytes(row.body), table=TABLE, row=str(row.public_id), column="body"))
    return {SheetKind(kind): base64.b64decode(content) for kind, content in kept.items()}


def _sealed_faults(public_id: uuid.UUID, seen: Preview) -> bytes | None:
    if not seen.faults:
        return None
    text = json.dumps([asdict(fault) for fault in seen.faults])
    return seal(text, table=TABLE, row=str(public_id), column="faults")

"""Keeping what is typed: saved while typing, kept when the session has ended, finished when it is sent."""

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction

from hearth.access import queries as access
from hearth.access.identity import acting_as
from hearth.access.operations import require_identity
from hearth.access.sealed import CannotOpen, seal, unseal
from hearth.access.terms import Viewer
from hearth.drafts import models
from hearth.drafts.queries import holding
from hearth.drafts.rules import digest_of, gone_after, kept_fields
from hearth.drafts.terms import (
    AFTER_LAST_WORD,
    MOST_DRAFTS,
    AlreadySent,
    Answer,
    Fields,
    NoSuchDraft,
    NotSigned,
    SentDifferently,
    TooLong,
)
from hearth.ledger.transactions import all_or_nothing
from hearth.organisation.models import User

SIGNED = ("drafts_draft", "form", "signature")


class SignedForm(NamedTuple):
    """Whose form it is, and when it was shown."""

    user: int
    form: str
    form_key: UUID
    token: str
    opened_at: datetime


def new_form_key() -> UUID:
    """The key of one form on one screen. It is also the idempotency key of what the form does."""
    return uuid4()


def new_token() -> str:
    """A draft token for somebody who came by a reporting link. It lives in a signed cookie."""
    return secrets.token_urlsafe(32)


@all_or_nothing
def save_draft(*, form: str, form_key: UUID, fields: Fields, by: Viewer, at: datetime, token: str = "") -> None:
    """Keep what is typed so far, for its writer alone. Raises AlreadySent when the form was sent meanwhile."""
    require_identity(by)
    kept = json.dumps(kept_fields(fields), ensure_ascii=False)
    with holding(by, token) as holder:
        row = _row(form, form_key, by, holder, at)
        if row.sent_at is not None:
            raise AlreadySent("This was sent already. Write what you want to add as a new note.")
        row.body = seal(kept, table="drafts_draft", row=str(row.id), column="body")
        row.saved_at = at
        row.gone_at = gone_after(at, None)
        row.save(update_fields=["body", "saved_at", "gone_at"])


FINISH = """
    update drafts_draft set sent_at = %s, gone_at = %s
    where owner_id = %s and holder = %s and form_key = any(%s) and sent_at is null
"""


def finish_draft(*form_keys: UUID, by: Viewer, at: datetime, token: str = "") -> None:
    """Say that these forms were sent: their drafts are offered no more and soon gone. One never saved has none."""
    require_identity(by)
    with holding(by, token) as holder, connection.cursor() as cursor:
        cursor.execute(FINISH, [at, gone_after(at, at), by.id, holder, list(form_keys)])


@transaction.atomic
def send_once(
    form: str, form_key: UUID, fields: Fields, do: Callable[[], Answer], *, by: Viewer, at: datetime
) -> Answer:
    """Do what a form says, once for its key: sent again, or twice at the same time, it gets the answer of the first.

    Whoever comes second waits here until the first is through. Raises SentDifferently where the key was used before
    with other words; what is raised by `do` leaves the key unused.
    """
    require_identity(by)
    row = _claimed(form, form_key, by, "", at)
    if row.sent_at is not None:
        kept = json.loads(unseal(bytes(row.body), table="drafts_draft", row=str(row.id), column="body"))
        if kept.get("digest") != digest_of(fields):
            raise SentDifferently("You have sent this form before, and what you sent then is kept.")
        return {str(name): str(word) for name, word in kept["answer"].items()}
    answer = do()
    said = json.dumps({"digest": digest_of(fields), "answer": dict(answer)}, ensure_ascii=False)
    row.body = seal(said, table="drafts_draft", row=str(row.id), column="body")
    row.saved_at, row.sent_at, row.gone_at = max(at, row.saved_at), at, gone_after(at, at)
    row.save(update_fields=["body", "saved_at", "sent_at", "gone_at"])
    return answer


@all_or_nothing
def discard_draft(form_key: UUID, *, by: Viewer, at: datetime, token: str = "") -> None:
    """Start afresh: the words are gone at once, the empty row with the next tidying."""
    require_identity(by)
    with holding(by, token) as holder:
        mine = models.Draft.objects.filter(owner_id=by.id, holder=holder, form_key=form_key, gone_at__gt=at)
        if not mine.update(body=b"", gone_at=at):
            raise NoSuchDraft


def sign_form(viewer: Viewer, form: str, form_key: UUID, *, at: datetime, token: str = "") -> str:
    """A hidden field that says whose form this is, so that its text can be kept even when the session has ended.

    Encrypted, because a reporting link's token is in it: whoever reads the page's source learns nothing.
    """
    said = {"user": viewer.id, "form": form, "key": str(form_key), "token": token, "at": at.timestamp()}
    return base64.urlsafe_b64encode(seal(json.dumps(said), table=SIGNED[0], row=SIGNED[1], column=SIGNED[2])).decode()


def keep_posted(signature: str, fields: Fields, *, at: datetime) -> None:
    """Keep a form that was posted signed out or with a stale token, for its owner alone.

    Returns nothing and reads nothing: whoever posted it must sign in to see it again. Raises NotSigned.
    """
    said = whose_form(signature, at=at)
    user = User.objects.filter(pk=said.user, is_active=True).first()
    if user is None:
        raise NotSigned
    owner = access.viewer(user)
    try:
        with acting_as(owner), transaction.atomic():
            save_draft(form=said.form, form_key=said.form_key, fields=fields, by=owner, at=at, token=said.token)
    except AlreadySent:
        return  # it arrived before: nothing is lost, and nothing is told


def whose_form(signature: str, *, at: datetime) -> SignedForm:
    """Whose form it is, by the hidden field that sign_form() made. Raises NotSigned."""
    try:
        sealed = base64.urlsafe_b64decode(signature.encode())
        said = json.loads(unseal(sealed, table=SIGNED[0], row=SIGNED[1], column=SIGNED[2]))
    except (CannotOpen, binascii.Error, ValueError):
        raise NotSigned from None
    opened_at = datetime.fromtimestamp(float(said["at"]), UTC)
    if at - opened_at > AFTER_LAST_WORD:
        raise NotSigned
    return SignedForm(int(said["user"]), str(said["form"]), UUID(said["key"]), str(said["token"]), opened_at)


def remove_gone(*, at: datetime) -> int:
    """Delete drafts whose time is over. For the jobs process; says how many."""
    return models.Draft.objects.filter(gone_at__lte=at).delete()[0]


def _row(form: str, form_key: UUID, by: Viewer, holder: str, at: datetime) -> models.Draft:
    mine = models.Draft.objects.filter(owner_id=by.id, holder=holder)
    row = mine.select_for_update().filter(form_key=form_key).first()
    if row is not None:
        return row
    if mine.filter(gone_at__gt=at, sent_at=None).count() >= MOST_DRAFTS:
        raise TooLong("You have many forms that are not sent. Send or discard one before you start another.")
    return _claimed(form, form_key, by, holder, at)


def _claimed(form: str, form_key: UUID, by: Viewer, holder: str, at: datetime) -> models.Draft:
    """The row of a form, made where there is none, and nobody else's until this transaction ends."""
    models.Draft.objects.bulk_create(
        [
            models.Draft(
                owner_id=by.id,
                holder=holder,
                form=form,
                form_key=form_key,
                body=b"",
                started_at=at,
                saved_at=at,
                gone_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    return models.Draft.objects.select_for_update().get(owner_id=by.id, holder=holder, form_key=form_key)

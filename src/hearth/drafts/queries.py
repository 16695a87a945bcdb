"""One's own drafts. There is no question that reads somebody else's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from hearth.access.sealed import CannotOpen, unseal
from hearth.access.terms import Viewer
from hearth.drafts import models
from hearth.drafts.rules import holder_of
from hearth.drafts.terms import Draft, NoSuchDraft
from hearth.ledger.asking import Asked


def draft(viewer: Viewer, form_key: UUID, *, at: datetime, token: str = "") -> Draft:
    """The draft of this form, or NoSuchDraft. `token` is a reporting link's draft token."""
    with holding(viewer, token) as holder:
        mine = models.Draft.objects.filter(owner_id=viewer.id, holder=holder, gone_at__gt=at)
        kept = mine.filter(form_key=form_key).first()
    if kept is None:
        raise NoSuchDraft
    return _opened(kept)


def drafts_of(viewer: Viewer, *, at: datetime, form: str = "", token: str = "") -> list[Draft]:
    """What the viewer typed and has not sent, newest first."""
    with holding(viewer, token) as holder:
        kept = OF_FORM(viewer.id, holder, at, form) if form else MINE(viewer.id, holder, at)
    return [_opened(row) for row in kept]


def _unsent(owner: Any, holder: Any, at: Any) -> "QuerySet[models.Draft]":
    return models.Draft.objects.filter(owner_id=owner, holder=holder, gone_at__gt=at, sent_at=None).order_by(
        "-saved_at"
    )


MINE = Asked(_unsent, given=3)
OF_FORM = Asked(lambda owner, holder, at, form: _unsent(owner, holder, at).filter(form=form), given=4)


@contextmanager
def holding(viewer: Viewer, token: str) -> Iterator[str]:
    """A transaction that shows PostgreSQL the draft token in hand, so that it lets its holder's rows through."""
    holder = holder_of(viewer, token)
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('hearth.draft_token', %s, true)", [token])
        yield holder


def _opened(row: models.Draft) -> Draft:
    try:
        plain = unseal(bytes(row.body), table="drafts_draft", row=str(row.id), column="body")
    except CannotOpen:
        raise NoSuchDraft from None
    return Draft(row.form, row.form_key, json.loads(plain), row.started_at, row.saved_at, row.sent_at)

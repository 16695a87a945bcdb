"""API tokens: made and shown once, ended by their keeper, found again by what they carry."""

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from hearth.access.models import ApiToken
from hearth.access.operations import check
from hearth.access.queries import SignedIn, viewer, visible
from hearth.access.terms import Act, NotHere, Scope, Viewer
from hearth.ledger.operations import record
from hearth.ledger.terms import Fact
from hearth.organisation.models import User

SECRET_BYTES = 32
BEGINS = "hearth_"  # so that a scanner finds one that was left lying about


class NoSuchToken(NotHere):
    """There is no such token of whoever asks."""


class NotPossible(Exception):
    """The token cannot be made like that; the message says what to do."""


@dataclass(frozen=True)
class Bearer:
    """Whoever a token acts for, what it may be used for, and how many seconds to wait where it was used too often."""

    viewer: SignedIn
    scopes: frozenset[Scope]
    wait: int


@transaction.atomic
def make_token(
    name: str, scopes: Collection[Scope], *, ends_at: datetime, by: Viewer, at: datetime
) -> tuple[ApiToken, str]:
    """A token of one's own, and what it carries: shown now, never again."""
    check(by, Act.KEEP_TOKENS)
    _complete(name, scopes, ends_at, at)
    secret = BEGINS + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        user_id=by.id, name=name, digest=_digest(secret), scopes=sorted(set(scopes)), made_at=at, ends_at=ends_at
    )
    facts: dict[str, Fact] = {"scopes": "/".join(token.scopes), "ends_on": ends_at.date()}
    record("token.made", about=token, happened_at=at, facts=facts)
    return token, secret


@transaction.atomic
def end_token(token: ApiToken, *, by: Viewer, at: datetime) -> None:
    """End a token of one's own. It opens nothing from the next request on; ending it twice changes nothing."""
    check(by, Act.KEEP_TOKENS)
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        record("token.ended", about=token, happened_at=at)


def tokens_of(viewer: Viewer) -> list[ApiToken]:
    """One's own tokens, the newest first."""
    rows = visible(ApiToken.objects.filter(user_id=viewer.id), to=viewer, act=Act.KEEP_TOKENS)
    return list(rows.order_by("-made_at", "-id"))


def token_called(viewer: Viewer, public_id: uuid.UUID) -> ApiToken:
    """One of one's own tokens, or NoSuchToken."""
    rows = visible(ApiToken.objects.filter(user_id=viewer.id), to=viewer, act=Act.KEEP_TOKENS)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NoSuchToken
    return found


def bearer(secret: str) -> Bearer | None:
    """Whoever a live token acts for, with every part his posts give him now. Asked while nobody is signed in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select somebody, scopes, wait from hearth.use_token(%s, %s)",
            [_digest(secret), settings.HEARTH_TOKEN_USES_A_MINUTE],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        return Bearer(viewer(User.objects.get(pk=row[0])), frozenset(map(Scope, row[1])), row[2])


def _complete(name: str, scopes: Collection[Scope], ends_at: datetime, at: datetime) -> None:
    if not name.strip():
        raise NotPossible("Enter what the token is for.")
    if not scopes:
        raise NotPossible("Choose at least one thing the token may be used for.")
    if not at < ends_at <= at + timedelta(days=settings.HEARTH_TOKEN_DAYS + 1):
        raise NotPossible(f"Choose an end within the next {settings.HEARTH_TOKEN_DAYS} days.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

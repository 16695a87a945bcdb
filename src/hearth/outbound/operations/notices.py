"""Telling people inside Hearth."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.operations import require_identity
from hearth.access.terms import Viewer
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.models import Notice
from hearth.outbound.terms import NoSuchNotice, NoticeWords


@all_or_nothing
def notify(
    user_id: int,
    words: NoticeWords,
    *,
    key: str,
    at: datetime,
    about_kind: str = "",
    about: UUID | None = None,
    circle: int | None = None,
) -> None:
    """Tell somebody, once for each key. He sees it only while he may know of the circle; whoever tells need not."""
    row = Notice(
        key=key, user_id=user_id, words=words.value, about_kind=about_kind, about=about, circle_id=circle, at=at
    )  # fmt: skip
    with as_the_house():
        Notice.objects.bulk_create([row], ignore_conflicts=True)


@all_or_nothing
def take_as_read(about: UUID, *words: NoticeWords, at: datetime, only: int | None = None) -> None:
    """What these notices about a record asked for is done: whoever was told need not say that he has read it."""
    with as_the_house():
        asked = Notice.objects.filter(about=about, words__in=[each.value for each in words], read_at=None)
        (asked if only is None else asked.filter(user_id=only)).update(read_at=at)


@transaction.atomic
def mark_read(public_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Say that one's own notice was read. Reading it again changes nothing."""
    require_identity(by)
    mine = Notice.objects.filter(user_id=by.id, public_id=public_id)
    if not mine.exists():
        raise NoSuchNotice
    mine.filter(read_at=None).update(read_at=at)

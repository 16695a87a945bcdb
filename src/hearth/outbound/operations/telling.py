"""Telling people: inside Hearth what it is, and by a message without content that there is something to read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hearth.organisation.models import User
from hearth.outbound.operations.messages import tell_staff
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import Channel, NoticeWords, Words


def tell_each(
    users: Iterable[User],
    notice: NoticeWords,
    *,
    key: str,
    at: datetime,
    words: Words = Words.SOMETHING_WAITS,
    about_kind: str = "",
    about: UUID | None = None,
    circle: int | None = None,
    is_urgent: bool = False,
) -> None:
    """Tell each of them once for each key, by a notice and by e-mail."""
    for user in users:
        tell_staff(
            user.pk, address=user.email, channel=Channel.EMAIL, words=words, key=f"{key}:{user.pk}:email", at=at,
            is_urgent=is_urgent,
        )  # fmt: skip
        notify(user.pk, notice, key=f"{key}:{user.pk}", at=at, about_kind=about_kind, about=about, circle=circle)

"""Telling of promises that are running out or over: inside Hearth each time, by e-mail no oftener than needed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from hearth.access.identity import as_the_house
from hearth.outbound.models import Notice
from hearth.outbound.operations.messages import tell_staff
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.queries.told import to_be_told
from hearth.outbound.terms import Channel, NoticeWords, Words
from hearth.policy.durations import LOCAL
from hearth.timescales.models import Clock
from hearth.timescales.notices import ToTell, take_notices
from hearth.timescales.terms import GOING

TAKEN_AT_ONCE = 50


def give_clock_notices(*, at: datetime) -> int:
    """Give every notice of a promise that is due, and ask for nothing any more where it is over. For the jobs process;
    says how many promises were told of."""
    given = 0
    while taken := _give_some(at):
        given += taken
    _take_as_read(at)
    return given


@transaction.atomic
def _take_as_read(at: datetime) -> None:
    """That a limit is near asks for nothing once it was met, or has ended otherwise."""
    with as_the_house():
        over = Clock.objects.filter(public_id=OuterRef("about")).exclude(state__in=sorted(GOING))
        near = Notice.objects.filter(words=NoticeWords.CLOCK_WARNING, about__isnull=False, read_at=None)
        near.filter(Exists(over)).update(read_at=at)


@transaction.atomic
def _give_some(at: datetime) -> int:
    """Taking and telling are one transaction: each is told exactly once, whichever process takes it."""
    taken = take_notices(at=at, limit=TAKEN_AT_ONCE)
    for notice in taken:
        _tell(notice, at)
    return len(taken)


def _tell(notice: ToTell, at: datetime) -> None:
    words = NoticeWords.CLOCK_BREACH if notice.is_over else NoticeWords.CLOCK_WARNING
    if notice.is_over:
        take_as_read(notice.public_id, NoticeWords.CLOCK_WARNING, at=at)
    rung = f"clock:{notice.clock_id}:{notice.rung}"
    users = to_be_told(
        notice.parts, circle_id=notice.circle_id, restricted=notice.restricted, at=at, owner_id=notice.owner_id
    )  # fmt: skip
    for user in users:
        notify(
            user.pk, words, key=f"{rung}:{user.pk}", at=at, about_kind="clock", about=notice.public_id,
            circle=notice.circle_id,
        )  # fmt: skip
        # A breach is told by e-mail at once; of warnings one e-mail a day says that something waits.
        day = at.astimezone(LOCAL).date().isoformat()
        key = f"{rung}:{user.pk}:email" if notice.is_over else f"waits:{user.pk}:{day}"
        tell_staff(
            user.pk, address=user.email, channel=Channel.EMAIL, words=Words.SOMETHING_WAITS, key=key, at=at
        )  # fmt: skip

"""Many alarms by one reporting link: each rings inside Hearth, and outward they ring as one.

None is refused, for among many one may be true. Whoever is on call is not kept from it by a hundred messages.
"""

from datetime import datetime, timedelta

from hearth.access.identity import as_the_house
from hearth.organisation.models import User
from hearth.organisation.terms import UserKind
from hearth.outbound.models import Alert
from hearth.outbound.terms import RING_ALONE

AN_HOUR = timedelta(hours=1)
A_QUARTER = timedelta(minutes=15)


def told_as_one(ringing: Alert, at: datetime) -> str:
    """Under which name this alarm is told together with others of its link, or nothing where it rings alone.

    The first few of an hour ring alone. Of those that follow, each person is told once each quarter of an hour.
    """
    if ringing.raised_by_id is None or not _is_link(ringing.raised_by_id):
        return ""
    since = ringing.raised_at - AN_HOUR
    with as_the_house():
        by_it = Alert.objects.filter(raised_by_id=ringing.raised_by_id, raised_at__gt=since)
        many = by_it.filter(raised_at__lte=ringing.raised_at).count()
    if many <= RING_ALONE:
        return ""
    return f"alerts-by:{ringing.raised_by_id}:{ringing.kind}:{at.timestamp() // A_QUARTER.total_seconds():.0f}"


def _is_link(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, kind=UserKind.LINK.value).exists()

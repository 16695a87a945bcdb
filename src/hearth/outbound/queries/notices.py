"""What somebody is told inside Hearth."""

from hearth.access.terms import Viewer
from hearth.ledger.asking import Asked
from hearth.outbound.models import Notice
from hearth.outbound.terms import NoticeWords, Told

MOST_SHOWN = 100


UNREAD = Asked(lambda user: Notice.objects.filter(user_id=user, read_at=None).order_by("-at", "-id")[:MOST_SHOWN])


def notices_for(viewer: Viewer, *, unread_only: bool = False) -> list[Told]:
    """The viewer's own notices, newest first, without those of a circle he may no longer know of."""
    newest = Notice.objects.filter(user_id=viewer.id).order_by("-at", "-id")[:MOST_SHOWN]
    rows = UNREAD(viewer.id) if unread_only else list(newest)
    return [Told(row.public_id, NoticeWords(row.words), row.about_kind, row.about, row.at, row.read_at) for row in rows]

"""What somebody is told inside Hearth."""

from hearth.access.terms import Viewer
from hearth.outbound.models import Notice
from hearth.outbound.terms import NoticeWords, Told

MOST_SHOWN = 100


def notices_for(viewer: Viewer, *, unread_only: bool = False) -> list[Told]:
    """The viewer's own notices, newest first, without those of a circle he may no longer know of."""
    mine = Notice.objects.filter(user_id=viewer.id)
    rows = (mine.filter(read_at=None) if unread_only else mine).order_by("-at", "-id")[:MOST_SHOWN]
    return [Told(row.public_id, NoticeWords(row.words), row.about_kind, row.about, row.at, row.read_at) for row in rows]


def unread_count(viewer: Viewer) -> int:
    """How many notices the viewer has not read."""
    return Notice.objects.filter(user_id=viewer.id, read_at=None).count()

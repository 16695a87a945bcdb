"""Questions about decisions."""

import uuid
from collections.abc import Iterable
from datetime import date

from hearth.access.queries import visible
from hearth.access.terms import Act, InACircle, Viewer
from hearth.concerns.models import Concern
from hearth.ledger.asking import Asked
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.organisation.queries import names_of
from hearth.triage.models import Decision, Watch
from hearth.triage.terms import NoSuchWatch

DECISIONS = Asked(
    lambda concern: (
        Decision.objects.filter(concern_id=concern).select_related("decided_by").order_by("-decided_at", "-id")
    )
)
WATCHES = Order((By("review_on", date), By("id", int)))

# What the ways in call these rows; they reach no table.
type ADecision = Decision
type AWatch = Watch


def decisions_on(viewer: Viewer, concern: Concern) -> list[Decision]:
    """Every decision on a concern, the newest first."""
    visible(Decision.objects.none(), to=viewer, act=Act.READ_CONCERN, about=concern)
    return DECISIONS(concern.pk)


def levels_of(viewer: Viewer, case: InACircle, concerns: Iterable[int]) -> list[str]:
    """The levels the newest decisions on the concerns of a case say, each once."""
    found = Decision.objects.filter(concern_id__in=list(concerns)).order_by("decided_at", "id")
    rows = visible(found, to=viewer, act=Act.READ_CONCERN, about=case)
    newest = dict(rows.values_list("concern_id", "level"))
    return list(dict.fromkeys(level for level in newest.values() if level))


def who_decided_too(decisions: Iterable[Decision]) -> dict[int, str]:
    """The names of those who decided with somebody, by their ids."""
    return names_of({each for decision in decisions for each in decision.with_whom})


def who_decided(viewer: Viewer, concern: Concern) -> frozenset[int]:
    """Everybody who decided on a concern: none of them answers a reporter who is still worried."""
    made = decisions_on(viewer, concern)
    return frozenset(each for decision in made for each in (decision.decided_by_id, *decision.with_whom))


def watch_on(viewer: Viewer, concern: Concern) -> Watch:
    """The watch over one concern that waits to be reviewed, or NoSuchWatch."""
    found = Watch.objects.filter(concern=concern, reviewed_at=None).order_by("-id").first()
    if found is None:
        raise NoSuchWatch
    return watch_for(viewer, found.public_id)


def my_watches(viewer: Viewer) -> list[Watch]:
    """The concerns one keeps in view, soonest first."""
    visible(Watch.objects.none(), to=viewer, act=Act.SEE_MY_WORK)
    return MINE(viewer.id)


MINE = Asked(
    lambda user: (
        Watch.objects.filter(reviewed_at=None, owner_id=user)
        .select_related("concern", "owner")
        .order_by("review_on", "id")[:PAGE]
    )
)


def watches(viewer: Viewer, *, mine: bool, place: Place | None = None, limit: int = PAGE) -> Paged[Watch]:
    """What is watched and not reviewed yet, soonest first: one's own, or all one may know of."""
    rows = visible(Watch.objects.filter(reviewed_at=None), to=viewer, act=Act.SEE_DUE)
    rows = rows.filter(owner_id=viewer.id) if mine else rows
    return WATCHES.page(rows.select_related("concern", "owner"), place, limit=limit)


def watches_of(viewer: Viewer, concern: Concern) -> list[Watch]:
    """Who keeps a concern in view, and until when."""
    rows = visible(
        Watch.objects.filter(concern=concern, reviewed_at=None), to=viewer, act=Act.READ_CONCERN, about=concern
    )
    return list(rows.select_related("owner").order_by("review_on", "id"))


def watch_for(viewer: Viewer, public_id: uuid.UUID | str) -> Watch:
    """A watch that waits to be reviewed, or NoSuchWatch."""
    found = Watch.objects.select_related("concern", "owner").filter(public_id=public_id, reviewed_at=None).first()
    if found is None:
        raise NoSuchWatch
    visible(Watch.objects.none(), to=viewer, act=Act.REVIEW_WATCH, about=found)
    return found

"""Questions about decisions."""

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.concerns.models import Concern
from hearth.triage.models import Decision, Watch

# What the ways in call these rows; they reach no table.
type ADecision = Decision
type AWatch = Watch


def decisions_on(viewer: Viewer, concern: Concern) -> list[Decision]:
    """Every decision on a concern, the newest first."""
    rows = visible(Decision.objects.filter(concern=concern), to=viewer, act=Act.READ_CONCERN, about=concern)
    return list(rows.select_related("decided_by").order_by("-decided_at", "-id"))


def who_decided(viewer: Viewer, concern: Concern) -> frozenset[int]:
    """Everybody who decided on a concern: none of them answers a reporter who is still worried."""
    return frozenset(decision.decided_by_id for decision in decisions_on(viewer, concern))


def my_watches(viewer: Viewer, *, limit: int = 25) -> list[Watch]:
    """The concerns one keeps in view, soonest first."""
    rows = visible(Watch.objects.filter(owner_id=viewer.id, reviewed_at=None), to=viewer, act=Act.SEE_DUE)
    return list(rows.select_related("concern").order_by("review_on", "id")[:limit])

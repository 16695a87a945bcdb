"""Cases somebody has a place in by name: invited to read, or brought in to work on. No list by post shows him these."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearth.access.models import Grant
from hearth.access.queries import visible
from hearth.access.terms import Act, Part, Reach, Viewer
from hearth.cases.models import Case
from hearth.cases.terms import Stage
from hearth.ledger.asking import AskedLines

PLACES = AskedLines(
    lambda user, part: (
        Grant.objects.filter(user_id=user, part_in_it=part, reach=Reach.FULL.value, ended_at=None)
        .order_by("ends_at", "id")
        .values_list("circle_id", "ends_at")
    ),
    given=2,
)


@dataclass(frozen=True, slots=True)
class InvitedInto:
    """A case somebody may read or work on for as long as he was asked to."""

    id: int
    public_id: uuid.UUID
    reference: str
    until: datetime | None


def invited_into(viewer: Viewer, *, at: datetime, part: Part = Part.INVITED) -> Sequence[InvitedInto]:
    """The cases this person was let into by name and that are not closed, whose end comes first."""
    visible(Case.objects.none(), to=viewer, act=Act.SEE_MY_WORK)
    until = {circle: ends_at for circle, ends_at in PLACES(viewer.id, part.value) if ends_at is None or ends_at > at}
    if not until:
        return []
    rows = Case.objects.filter(circle_id__in=until).exclude(stage=Stage.CLOSED)
    found = {
        circle: InvitedInto(pk, public_id, reference, until[circle])
        for circle, pk, public_id, reference in rows.values_list("circle_id", "id", "public_id", "reference")
    }
    return [found[circle] for circle in until if circle in found]

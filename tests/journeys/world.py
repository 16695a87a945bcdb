"""A town to look at: the demonstration's story told by the cast, and what else a page must show."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from cast import CAST
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn
from hearth.cases.models import Case
from hearth.cli.demonstration.story import tell
from hearth.concerns.models import Concern


def by_post(cast: Any) -> Mapping[str, SignedIn]:
    """Somebody for each post: the first of the cast who holds it."""
    found: dict[str, SignedIn] = {}
    for name, (post, _) in CAST.items():
        found.setdefault(post, getattr(cast, name))
    return found


@dataclass(frozen=True)
class Story:
    """The demonstration's case, and a concern that waits for triage."""

    case: uuid.UUID
    concern: uuid.UUID


def told(cast: Any) -> Story:
    """Play it, up to now."""
    tell(by_post(cast), at=clock.now() - timedelta(minutes=5))
    with acting_as(cast.lead), transaction.atomic():
        case = Case.objects.order_by("id").first()
        waiting = Concern.objects.filter(stage="received").order_by("id").first()
        assert case is not None
        assert waiting is not None
        return Story(case.public_id, waiting.public_id)

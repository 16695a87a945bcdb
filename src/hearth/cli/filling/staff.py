"""The invented provider's staff, as many as so many cases need."""

import random
from collections.abc import Mapping
from datetime import datetime

from hearth.cli.filling.language import one_of
from hearth.cli.filling.plan import YEARS, Staff
from hearth.cli.filling.vocabulary import FIRST_NAMES, SURNAMES
from hearth.organisation import operations
from hearth.organisation.queries import posts_called
from hearth.organisation.terms import UserKind

# post -> (how many cases over the years one of them has to do with, how many at least)
CASES_EACH: Mapping[str, tuple[int, int]] = {
    "housing-officer": (400, 4),
    "triage": (10_000, 2),
    "case-worker": (200, 2),
    "case-manager": (3_000, 1),
    "surveyor": (5_000, 1),
    "lead": (50_000, 1),
}


def appoint(cases: int, seed: int, *, now: datetime) -> Staff:
    """Everybody, each in post since before the first concern."""
    rng = random.Random(f"{seed}:staff")  # noqa: S311 - invented people, to be the same again
    posts = posts_called(CASES_EACH)
    found: dict[str, tuple[int, ...]] = {}
    for key, (each, least) in CASES_EACH.items():
        people = []
        for number in range(max(least, cases // each)):
            name = f"{one_of(rng, FIRST_NAMES)} {one_of(rng, SURNAMES)}"
            email = f"{key}-{number}@filled.example"
            user = operations.add_user(email=email, name=name, kind=UserKind.EMPLOYEE, is_demonstration=True)
            operations.appoint(user, posts[key], starts_at=now - 2 * YEARS)
            people.append(user.pk)
        found[key] = tuple(people)
    return Staff(
        reporters=found["housing-officer"], triage=found["triage"], workers=found["case-worker"],
        managers=found["case-manager"], surveyors=found["surveyor"], leads=found["lead"],
    )  # fmt: skip

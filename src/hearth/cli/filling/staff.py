"""The invented provider's staff, as many as so many cases need."""

import random
from collections.abc import Mapping
from datetime import datetime

from hearth.cli.filling.language import one_of
from hearth.cli.filling.plan import YEARS, Staff
from hearth.cli.filling.vocabulary import FIRST_NAMES, SURNAMES
from hearth.organisation import operations
from hearth.organisation.queries import PostsByPart, posts_playing
from hearth.organisation.terms import Part, UserKind

# part -> (how many cases over the years one of them has to do with, how many at least)
CASES_EACH: Mapping[Part, tuple[int, int]] = {
    Part.REGISTER_READER: (400, 4),
    Part.TRIAGE: (10_000, 2),
    Part.CASE_WORKER: (200, 2),
    Part.CASE_MANAGER: (3_000, 1),
    Part.REPAIRS_COMPETENT: (5_000, 1),
    Part.LEAD: (50_000, 1),
}


TEAMED = (Part.CASE_MANAGER, Part.CASE_WORKER)  # each manager has a team, and the workers are shared out among them


def appoint(cases: int, seed: int, *, now: datetime) -> Staff:
    """Everybody, each in post since before the first concern."""
    rng = random.Random(f"{seed}:staff")  # noqa: S311 - invented people, to be the same again
    posts = posts_playing(CASES_EACH)
    many = {part: max(least, cases // each) for part, (each, least) in CASES_EACH.items()}
    teams = [_team(number, posts) for number in range(many[Part.CASE_MANAGER])]
    found: dict[Part, tuple[int, ...]] = {}
    for part in CASES_EACH:
        people = []
        for number in range(many[part]):
            name = f"{one_of(rng, FIRST_NAMES)} {one_of(rng, SURNAMES)}"
            email = f"{part}-{number}@filled.example"
            user = operations.add_user(email=email, name=name, kind=UserKind.EMPLOYEE, is_demonstration=True)
            post = teams[number % len(teams)][part] if part in TEAMED else posts[part]
            operations.appoint(user, post, starts_at=now - 2 * YEARS)
            people.append(user.pk)
        found[part] = tuple(people)
    return Staff(
        reporters=found[Part.REGISTER_READER], triage=found[Part.TRIAGE], workers=found[Part.CASE_WORKER],
        managers=found[Part.CASE_MANAGER], surveyors=found[Part.REPAIRS_COMPETENT], leads=found[Part.LEAD],
    )  # fmt: skip


def _team(number: int, posts: PostsByPart) -> PostsByPart:
    """A team with a manager's and workers' posts like those of the house, by the part each plays."""
    team = operations.add_team(f"Support team {number + 1}")
    return {
        part: operations.add_post(
            f"filled-{part.value.replace('_', '-')}-{number}",
            posts[part].title,
            map(Part, posts[part].parts),
            team=team,
        )
        for part in TEAMED
    }

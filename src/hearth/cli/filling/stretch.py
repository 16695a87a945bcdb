"""One stretch of cases, from the homes to the last clock. The same plan and number give the same stretch."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hearth.cli.filling import cases, closing, concerns, estate
from hearth.cli.filling.language import one_of
from hearth.cli.filling.plan import YEARS, Numbers, Plan, randomness
from hearth.cli.filling.sheets import Sheets
from hearth.cli.filling.story import Desk, Team
from hearth.timescales.grounds import Ground

SHORTEST_AGO = timedelta(days=4)
RESTRICTED = 0.01
WITHOUT_A_CASE = 0.5
JOINS = 0.15


def write(plan: Plan, number: int, ground: Ground, planted: Mapping[int, tuple[str, ...]]) -> Sheets:
    """Everything that is copied for one stretch."""
    pack = ground.packs.in_force(plan.now)
    if pack is None:
        raise RuntimeError("no policy is in force")
    rng, sheets = randomness(plan, number), Sheets()
    desk = Desk(plan, Numbers(plan, number), rng, sheets, ground, pack, team_of(plan, number))
    mine = plan.cases_of(number)
    estate.build(desk, len(mine))
    for case in mine:
        tell(desk, planted.get(case, ()))
    return sheets


def team_of(plan: Plan, number: int) -> Team:
    """Who does what in a stretch: a few of each, and over the years each works with several others."""
    staff = plan.staff
    return Team(
        reporters=[staff.reporters[(number * 2 + turn) % len(staff.reporters)] for turn in range(4)],
        triage=staff.triage[number % len(staff.triage)],
        workers=[staff.workers[(number + turn) % len(staff.workers)] for turn in range(2)],
        manager=staff.managers[number % len(staff.managers)],
        surveyor=staff.surveyors[number % len(staff.surveyors)],
        lead=staff.leads[number % len(staff.leads)],
    )


def tell(desk: Desk, planted: tuple[str, ...]) -> None:
    """One case with its concern, and now and then another concern beside it."""
    rng = desk.rng
    logged = some_day(desk, SHORTEST_AGO)
    concern = concerns.log(desk, logged, restricted=not planted and rng.random() < RESTRICTED)
    decided_at = desk.later(logged, 1, 30)
    concerns.decide(desk, concern, "open_case", decided_at)
    case = cases.open_case(desk, concern, decided_at)
    cases.work(desk, case, planted)
    closing.close(desk, case)
    if rng.random() < WITHOUT_A_CASE:
        tell_other(desk, case)
    concern.story.end()
    concerns.finish(desk, concern)
    closing.finish(desk, case)
    if concern.has_damp:
        estate.note_hazard(desk, concern)


def tell_other(desk: Desk, case: cases.Case) -> None:
    """A concern that came to no case of its own: joined to one, or decided without."""
    joins = desk.rng.random() < JOINS and not case.story.restricted
    open_until = min(case.ends_at, desk.now)
    at = case.accepted_at + (open_until - case.accepted_at) * desk.rng.random() if joins else some_day(desk)
    other = concerns.log(desk, at, restricted=not joins and desk.rng.random() < RESTRICTED)
    decided_at = desk.later(at, 1, 30)
    outcome = "join" if joins else one_of(desk.rng, concerns.OTHERWISE)
    if concerns.decide(desk, other, outcome, decided_at) and joins:
        _join(desk, case, other, decided_at)
    other.story.end()
    concerns.finish(desk, other)


def _join(desk: Desk, case: cases.Case, other: concerns.Concern, at: datetime) -> None:
    by = other.decider
    other.story.happened("concern.joined", other.ref, by=by, at=at, case=case.id)
    desk.sheets.add(
        "access_circlelink", id=desk.numbers.new("access_circlelink"), case_circle_id=case.story.circle,
        joined_circle_id=other.story.circle, linked_at=at, linked_by_id=by,
    )  # fmt: skip
    desk.sheets.add(
        "cases_caseconcern", by, id=desk.numbers.new("cases_caseconcern"), joined_at=at, concern_id=other.id,
        joined_by_id=by, **case.place,
    )  # fmt: skip


def some_day(desk: Desk, least_ago: timedelta = timedelta()) -> datetime:
    """Some moment of the years that are filled, at an hour at which people are about."""
    span = YEARS - least_ago
    moment = desk.by_day((desk.now - least_ago - span * desk.rng.random()).date())
    return min(moment, desk.now - least_ago)

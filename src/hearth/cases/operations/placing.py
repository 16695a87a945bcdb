"""Who has a place in a case besides its owner: workers, invited colleagues, and the manager of the owner's team."""

from datetime import datetime

from django.db import transaction

from hearth.access.operations import PlaceInCircle, check, end_grant, give, give_each
from hearth.access.queries import Held, places_in, who_is_in
from hearth.access.terms import Act, Part, Viewer
from hearth.cases.models import Case
from hearth.cases.operations.recording import record
from hearth.cases.operations.working import require_open, require_words
from hearth.cases.planned import left_to_do, who_may_work_on
from hearth.concerns.terms import MOST_SHORT, NotComplete
from hearth.ledger.terms import Fact
from hearth.organisation.queries import managers_of
from hearth.policy.durations import due, local_day
from hearth.policy.terms import NoPolicy
from hearth.timescales.queries import working_days
from hearth.timescales.standing import pack_for

MAY_BE_ENDED = frozenset({Part.INVITED, Part.WORKS_ON_IT})


@transaction.atomic
def add_worker(case: Case, *, user_id: int, why: str, by: Viewer, at: datetime) -> int:
    """Bring somebody into the case team: they read all of it and work on it. Returns the grant's id."""
    check(by, Act.INVITE, case)
    require_open(case)
    require_words("why", why, "Write why they work on this case", MOST_SHORT // 2)
    if user_id in who_may_work_on(case, at=at):
        raise NotComplete("who", "They can work on this case already")
    grant = give(case.circle_id, to=user_id, part_in_it=Part.WORKS_ON_IT, why=why, by=by, at=at)
    record(case, "case.worker_added", by=by, at=at, facts={"worker": user_id}, words={"why": why})
    return grant


@transaction.atomic
def invite(case: Case, *, user_id: int, why: str, until: datetime, by: Viewer, at: datetime) -> int:
    """Let a colleague or an auditor read a case for a while. They read, and do nothing else. Returns the grant's id."""
    check(by, Act.INVITE, case)
    require_words("why", why, "Write why they need to read this case", MOST_SHORT // 2)
    if until <= at:
        raise NotComplete("until", "Choose a day in the future")
    if any(grant.user_id == user_id and grant.reach == "full" for grant in who_is_in(by, case.circle_id)):
        raise NotComplete("who", "They have a place in this case already")
    grant = give(case.circle_id, to=user_id, part_in_it=Part.INVITED, why=why, until=until, by=by, at=at)
    facts: dict[str, Fact] = {"who": user_id, "until": local_day(until)}
    record(case, "case.invited", by=by, at=at, facts=facts, words={"why": why})
    return grant


@transaction.atomic
def end_place(case: Case, grant_id: int, *, by: Viewer, at: datetime) -> int:
    """End an invitation or a worker's place. The owner's place ends by handing over, the manager's with the case.

    Returns how many actions of the case are still theirs though they can work on it no more: somebody else must be
    given them.
    """
    check(by, Act.INVITE, case)
    grant = next((each for each in who_is_in(by, case.circle_id) if each.id == grant_id), None)
    if grant is None or grant.user_id is None or grant.part_in_it not in MAY_BE_ENDED:
        raise NotComplete("place", "This place cannot be ended here")
    record(case, "case.place_ended", by=by, at=at, facts={"who": grant.user_id})
    end_grant(grant.id, by=by, at=at)
    return 0 if grant.user_id in who_may_work_on(case, at=at) else left_to_do(case, grant.user_id)


def bring_in_managers(case: Case, *, of: int, by: Viewer, at: datetime) -> None:
    """Give the manager of somebody's team a lasting place in a case, where there is none yet.

    They review the case and approve its closing, so they must be able to read it. A restricted case stays with those it
    was given to. Nobody manages a case of their own.
    """
    case.refresh_from_db(fields=["restricted"])
    if case.restricted:
        return
    there = {grant.user_id for grant in _managing(case, by)}
    coming = [user_id for user_id in managers_of(of, at=at) if user_id not in there]
    why = "manages the team that has the case"
    give_each(case.circle_id, [PlaceInCircle(Part.MANAGES_IT, user_id, why=why) for user_id in coming], by=by, at=at)
    for user_id in coming:
        record(case, "case.manager_brought_in", by=by, at=at, facts={"who": user_id})


def let_managers_go(case: Case, *, by: Viewer, at: datetime) -> None:
    """Give each manager's place the end the policy names, once the case is closed."""
    until = _after_closing(case, at)
    # One's own place last: with it goes the voice to end the others.
    for grant in sorted(_managing(case, by), key=lambda each: each.user_id == by.id):
        if until is not None and grant.user_id is not None:
            why = "managed the case until it was closed"
            give(case.circle_id, to=grant.user_id, part_in_it=Part.MANAGES_IT, why=why, until=until, by=by, at=at)
        end_grant(grant.id, by=by, at=at)


def managers_in(case: Case, viewer: Viewer) -> list[int]:
    """Who manages a case."""
    return [grant.user_id for grant in _managing(case, viewer) if grant.user_id is not None]


def _managing(case: Case, viewer: Viewer) -> list[Held]:
    found = places_in(viewer, case.circle_id)
    return [grant for grant in found if grant.part_in_it == Part.MANAGES_IT and grant.ends_at is None]


def _after_closing(case: Case, at: datetime) -> datetime | None:
    pack = pack_for(case, at)
    try:
        until = due(at, pack.opening("manager_after_closing").lasts, working_days(pack.nation))
    except NoPolicy:
        return None
    return until.at if until else None

"""Policies that are tried: asked for on a page, worked out by the jobs process, read by those who propose policies."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from hearth.access import clock as wall
from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.ledger.operations import record
from hearth.policy.operations import keep_files
from hearth.policy.packs import Chain, build
from hearth.policy.queries import pack_of
from hearth.timescales.models import Trial
from hearth.timescales.pace import in_minutes, time_left
from hearth.timescales.simulating import Progress, Simulation, simulate
from hearth.timescales.terms import TrialState

WAITING = (TrialState.ASKED.value, TrialState.WORKING.value)
LOCKS = 4711  # the family of our advisory locks; a trial's own id is the lock
MOST_SHOWN = 20


class NoSuchTrial(NotHere):
    """There is none."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One number as it was recorded and as it would have been."""

    month: date
    team: str
    what: str
    recorded: int
    tried: int


@dataclass(frozen=True, slots=True)
class OfOne:
    """What one promise or gate came to over the whole time."""

    what: str
    name: str
    recorded: int
    tried: int


@transaction.atomic
def ask(chain: Chain, *, since: datetime, by: Viewer, at: datetime, entity: int | None = None) -> Trial:
    """Ask for a policy to be tried on all that happened since, to one company's records or to the organisation's.

    Raises BadPack, or ValueError where that is not yet.
    """
    check(by, Act.ADOPT_POLICY)
    if since >= at:
        raise ValueError("there is nothing yet to try it on")
    pack = build(chain)
    with as_the_house():
        keep_files(chain, pack.digest)
    trial = Trial.objects.create(
        digest=pack.digest, title=pack.title[:200], version=pack.version, entity_id=entity, since=since, until=at,
        asked_by_id=by.id, asked_at=at, state=TrialState.ASKED.value,
    )  # fmt: skip
    record("policy.tried", about=None, happened_at=at, facts={"pack": pack.name, "digest": pack.digest})
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('hearth_due', 'trials')")
    return trial


def trial_for(viewer: Viewer, public_id: uuid.UUID) -> Trial:
    """One that was asked for, or NoSuchTrial."""
    rows = visible(Trial.objects.select_related("asked_by", "entity"), to=viewer, act=Act.ADOPT_POLICY)
    if (found := rows.filter(public_id=public_id).first()) is None:
        raise NoSuchTrial
    return found


def latest_of(viewer: Viewer, digest: str, *, entity: int | None = None) -> Trial | None:
    """What came out last for one policy, if it was ever tried for that company."""
    rows = visible(Trial.objects.select_related("asked_by"), to=viewer, act=Act.ADOPT_POLICY)
    return rows.filter(digest=digest, entity=entity).order_by("-asked_at").first()


def minutes_left(trial: Trial, *, at: datetime) -> int | None:
    """About how long one that is worked out will still take, from what it has told so far."""
    if trial.state != TrialState.WORKING or trial.began_at is None:
        return None
    left = time_left(at - trial.began_at, trial.done, trial.steps)
    return in_minutes(left) if left else None


def trials(viewer: Viewer) -> list[Trial]:
    """The last ones that were asked for, the newest first."""
    rows = visible(Trial.objects.defer("figures", "named"), to=viewer, act=Act.ADOPT_POLICY)
    return list(rows.select_related("asked_by", "entity").order_by("-asked_at")[:MOST_SHOWN])


def sums(trial: Trial) -> list[Sum]:
    """What came out, by month, team and kind of figure."""
    return [Sum(date.fromisoformat(month), *rest) for month, *rest in trial.figures]


def each_one(trial: Trial) -> list[OfOne]:
    """What came out for each promise and gate."""
    return [OfOne(*row) for row in trial.named]


def work_on_next() -> bool:
    """Take the next that waits, or whose worker died, and work it out; whether there was one.

    Whoever works on one holds its lock for as long as his connection lives, so that one left by a dead worker is free.
    """
    with transaction.atomic():
        waiting = list(Trial.objects.filter(state__in=WAITING).order_by("id").values_list("id", flat=True)[:MOST_SHOWN])
    for trial_id in waiting:
        if _locked(trial_id):
            try:
                return _work_out(trial_id)
            finally:
                _unlock(trial_id)
    return False


def _work_out(trial_id: int) -> bool:
    with transaction.atomic():
        trial = Trial.objects.get(pk=trial_id)
    if trial.state not in WAITING:
        return True  # another did it just now
    _say(trial_id, state=TrialState.WORKING.value, began_at=wall.now(), step="", done=0, steps=0)
    try:
        with transaction.atomic():
            pack = pack_of(trial.digest)
        found = simulate(pack, since=trial.since, until=trial.until, entity=trial.entity_id, progress=_shown(trial_id))
    except Exception:
        _say(trial_id, state=TrialState.FAILED.value)
        raise
    _say(
        trial_id, state=TrialState.DONE.value, records=found.records, happenings=found.happenings,
        left_out=found.left_out, figures=_by_month_and_team(found), named=_by_name(found),
    )  # fmt: skip
    return True


def _shown(trial_id: int) -> Progress:
    def show(kind: str, done: int, of: int) -> None:
        _say(trial_id, step=kind, done=done, steps=of)

    return show


def _say(trial_id: int, **changes: object) -> None:
    with transaction.atomic():
        Trial.objects.filter(pk=trial_id).update(**changes)


def _by_month_and_team(found: Simulation) -> list[list[object]]:
    recorded: Counter[tuple[date, str, str]] = Counter()
    tried: Counter[tuple[date, str, str]] = Counter()
    for each in found.figures():
        recorded[each.month, each.team, each.what] += each.recorded
        tried[each.month, each.team, each.what] += each.tried
    keys = sorted({*recorded, *tried})
    return [
        [month.isoformat(), team, what, recorded[month, team, what], tried[month, team, what]]
        for month, team, what in keys
    ]


def _by_name(found: Simulation) -> list[list[object]]:
    recorded: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    for each in found.figures():
        recorded[each.what, each.name] += each.recorded
        tried[each.what, each.name] += each.tried
    return [[*key, recorded[key], tried[key]] for key in sorted({*recorded, *tried})]


def _locked(trial_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCKS, trial_id])
        return bool(cursor.fetchone()[0])


def _unlock(trial_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s, %s)", [LOCKS, trial_id])

"""Measures requests: how many a second, how long, how much CPU, how many statements."""

import itertools
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import asdict, dataclass, field

from benchmarks.house import House, cast_of, paths
from benchmarks.processor import Used, used
from benchmarks.report import WITH, WITHOUT
from benchmarks.requests import OFTEN, Request, all_requests
from benchmarks.visitor import Visitor

SESSIONS = 8
ROUND = 5 * SESSIONS
WAITING = """
    select c.public_id from concerns_concern c
    where c.stage = 'received' and not c.restricted order by c.id desc limit %s
"""
CASES = 200  # for each reader: more than a page of any list
OWN = """
    select k.public_id from cases_case k join organisation_user u on u.id = k.owner_id
    where u.email = %s and k.stage = 'open' and not k.restricted order by k.id desc limit %s
"""
NEWEST = "select public_id from cases_case where stage = 'open' and not restricted order by id desc limit %s"
MANY = "note search, thousands of hits"
LEAST_OFTEN = """
    select min(often) from (select count(*) as often from cases_note n, unnest(%s::text[]) as word
      where n.words @@ plainto_tsquery('english', word) group by word) as each
"""
HANDS = "select id from organisation_user where email like 'case_worker-%@filled.example' order by id limit 100"


@dataclass(frozen=True)
class Figures:
    """What one request cost, on average and at its slower end."""

    name: str
    requests: int
    per_second: float
    p50_ms: float
    p95_ms: float
    application_ms: float
    postgres_ms: float
    statements: float

    @property
    def cpu_ms(self) -> float:
        return self.application_ms + self.postgres_ms


@dataclass
class Way:
    """One way to be measured: a server of its own, its sessions, and what holds while it answers."""

    name: str
    application: int
    signed: dict[str, Visitor]
    holds: Callable[[], AbstractContextManager[None]] = nullcontext
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    asked: int = 0
    spent: Used = field(default_factory=lambda: Used(0.0, 0.0))


def measure(
    house: House, *, requests: int, warm_up: int, seed: int, only: tuple[str, ...] = ("",), both: bool = False
) -> dict[str, list[dict[str, object]]]:
    """Every request, by the way it was measured.

    With `both`, each request is made by turns with row security and with it passed by, a round each: a machine that
    grows slower or quicker meanwhile does so for both. Each way has a server of its own, so that no connection keeps
    a plan made for the other.
    """
    cast = cast_of(house, seed)
    people = sorted({email for several in cast.values() for email in several})
    told: dict[str, list[dict[str, object]]] = {}
    with ExitStack() as running:
        ways = [(WITH, nullcontext), *([(WITHOUT, house.without_row_security)] if both else [])]
        served = [(name, *running.enter_context(house.served()), holds) for name, holds in ways]
        signed = [(name, application, sign_in(people, port), holds) for name, application, port, holds in served]
        enough = 3 * len(ways) * (requests + warm_up + SESSIONS)
        for request in all_requests(cast, readable(house, cast["readers"]), waiting(house, enough), workers_of(house)):
            if any(word in request.name for word in only) and (request.name != MANY or has_many(house)):
                for way, figures in one(house, request, [Way(*each) for each in signed], requests, warm_up):
                    print(way, figures, file=sys.stderr, flush=True)
                    told.setdefault(way, []).append(asdict(figures))
    return told


def sign_in(emails: list[str], port: int) -> dict[str, Visitor]:
    """A session for each."""
    found = {}
    for email, path in paths(emails).items():
        found[email] = Visitor(email, port)
        found[email].sign_in(path)
    return found


def one(
    house: House, request: Request, ways: Sequence[Way], requests: int, warm_up: int
) -> Iterator[tuple[str, Figures]]:
    """Make a request so many times with eight sessions at once, and reckon what each cost.

    What each needs is made ready between the rounds and not measured.
    """
    visitors = [[way.signed[email].alike() for email in request.people] for way in ways]
    for counts, some in [*((False, some) for some in rounds(warm_up)), *((True, some) for some in rounds(requests))]:
        for way, mine in zip(ways, visitors, strict=True):
            with way.holds():
                ready(request, mine, some)
                spend(house, way, request, mine, some, counts=counts)
    for way in ways:
        yield way.name, figures_of(request.name, way)


def spend(house: House, way: Way, request: Request, visitors: list[Visitor], some: int, *, counts: bool) -> None:
    """One round."""
    statements, before, started = house.statements(), used(way.application, house.postmaster), time.perf_counter()
    took = together(request, visitors, some)
    if counts:
        way.seconds += time.perf_counter() - started
        way.took += took
        way.spent = way.spent.plus(used(way.application, house.postmaster).since(before))
        way.asked += house.statements() - statements - 1


def figures_of(name: str, way: Way) -> Figures:
    """What a request cost in all its rounds."""
    took, made = sorted(way.took), len(way.took)
    return Figures(
        name, made, round(made / way.seconds, 1), round(1000 * took[made // 2], 1),
        round(1000 * took[int(made * 0.95)], 1), round(1000 * way.spent.application / made, 2),
        round(1000 * way.spent.postgres / made, 2), round(way.asked / made, 1),
    )  # fmt: skip


def rounds(requests: int) -> Iterator[int]:
    """So many requests in rounds: nobody may keep very many forms that are typed and not sent."""
    for begun in range(0, requests, ROUND):
        yield min(ROUND, requests - begun)


def ready(request: Request, visitors: list[Visitor], requests: int) -> None:
    """What each session needs before it is measured."""
    for visitor in visitors:
        for _ in range(-(-requests // len(visitors))):
            request.prepare(visitor)


def together(request: Request, visitors: list[Visitor], requests: int) -> list[float]:
    """Eight sessions at once, each one request after the other."""
    each = -(-requests // len(visitors))
    with ThreadPoolExecutor(len(visitors)) as pool:
        runs = [pool.submit(lambda who: [request.make(who) for _ in range(each)], visitor) for visitor in visitors]
        return list(itertools.chain.from_iterable(run.result() for run in runs))


def waiting(house: House, enough: int) -> Iterator[str]:
    """Concerns that wait for a decision: asked for when the first is needed, after they were submitted."""
    with house.superuser() as connection:
        yield from (str(row[0]) for row in connection.execute(WAITING, [enough]).fetchall())


def readable(house: House, emails: Iterable[str]) -> dict[str, list[str]]:
    """Cases that each of these people may read: a worker's own, and any for those who read them all."""
    with house.superuser() as connection:
        own = {email: [str(row[0]) for row in connection.execute(OWN, [email, CASES])] for email in emails}
        newest = [str(row[0]) for row in connection.execute(NEWEST, [CASES])]
    return {email: cases or newest for email, cases in own.items()}


def workers_of(house: House) -> list[int]:
    """Who is offered the cases that are opened, one after the other: nobody has thousands of offers waiting."""
    with house.superuser() as connection:
        return [int(row[0]) for row in connection.execute(HANDS).fetchall()]


def has_many(house: House) -> bool:
    """Whether there are words that more than 2,000 notes have, as the rule for them wants."""
    with house.superuser() as connection:
        row = connection.execute(LEAST_OFTEN, [list(OFTEN)]).fetchone()
    return bool(row and row[0] and row[0] > 2000)

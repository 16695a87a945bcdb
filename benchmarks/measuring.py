"""Measures requests: how many a second, how long, how much CPU, how many statements."""

import itertools
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from benchmarks.house import House, cast_of, paths
from benchmarks.processor import Used, used
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


def measure(
    house: House, *, requests: int, warm_up: int, seed: int, only: tuple[str, ...] = ("",)
) -> list[dict[str, object]]:
    """Every request against one running server."""
    told = []
    with house.served() as (application, port):
        cast = cast_of(house, seed)
        signed = sign_in(sorted({email for people in cast.values() for email in people}), port)
        enough = 3 * (requests + warm_up + SESSIONS)
        for request in all_requests(cast, readable(house, cast["readers"]), waiting(house, enough), workers_of(house)):
            if any(word in request.name for word in only) and (request.name != MANY or has_many(house)):
                visitors = [signed[email].alike() for email in request.people]
                for some in rounds(warm_up):
                    ready(request, visitors, some)
                    together(request, visitors, some)
                figures = one(house, application, request, visitors, requests)
                print(figures, file=sys.stderr, flush=True)
                told.append(asdict(figures))
    return told


def sign_in(emails: list[str], port: int) -> dict[str, Visitor]:
    """A session for each."""
    found = {}
    for email, path in paths(emails).items():
        found[email] = Visitor(email, port)
        found[email].sign_in(path)
    return found


def one(house: House, application: int, request: Request, visitors: list[Visitor], requests: int) -> Figures:
    """Make a request so many times with eight sessions at once, and reckon what each cost.

    What each needs is made ready between the rounds and not measured.
    """
    took: list[float] = []
    seconds, asked, spent = 0.0, 0, Used(0.0, 0.0)
    for some in rounds(requests):
        ready(request, visitors, some)
        statements, before, started = house.statements(), used(application, house.postmaster), time.perf_counter()
        took += together(request, visitors, some)
        seconds += time.perf_counter() - started
        spent = spent.plus(used(application, house.postmaster).since(before))
        asked += house.statements() - statements - 1
    took.sort()
    made = len(took)
    return Figures(
        request.name, made, round(made / seconds, 1), round(1000 * took[made // 2], 1),
        round(1000 * took[int(made * 0.95)], 1), round(1000 * spent.application / made, 2),
        round(1000 * spent.postgres / made, 2), round(asked / made, 1),
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

"""The worker: makes the rounds, through a queue in PostgreSQL that holds one of each at most.

No round is locked against another: a worker that was killed would keep its lock. What may be done once only is locked
where it stands, row by row with SKIP LOCKED, and PostgreSQL lets go of it when the worker dies.
"""

import asyncio
import contextlib
import functools
import signal
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import psycopg
import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from hearth.jobs.rounds import Round
from hearth.ledger.connecting import address

CHANNEL = "hearth_due"
PAUSE = 2  # seconds before a lost connection is tried again
DEAD_AFTER = 60  # seconds without a sign of life
AT_ONCE = 4  # rounds that may run beside each other
log = structlog.get_logger(__name__)


def app_for(rounds: Iterable[Round]) -> App:
    """The queue's application with every round as a periodic task; one of each waits at most."""
    app = App(connector=PsycopgConnector(conninfo=address(), min_size=1, max_size=4))
    for each in rounds:
        task = app.task(name=each.name, queueing_lock=each.name)
        app.periodic(cron=each.cron)(task(functools.partial(make, each)))
    return app


def make(each: Round, timestamp: int = 0) -> None:
    """Make one round. What goes wrong is kept by its kind only: a message might hold somebody's words."""
    from django.db import connection

    try:
        each.make(datetime.now(UTC))
    except Exception as problem:
        log.error("round failed", round=each.name, problem=type(problem).__name__)
        raise
    finally:
        connection.close()


def keep_working(rounds: Sequence[Round]) -> None:
    """Work until somebody stops us. When the database goes away, wait for it: nobody restarts us at night."""
    while True:
        try:
            if asyncio.run(work(rounds)):
                return
        except Exception as problem:
            if not _is_away(problem):
                raise
        log.warning("the database cannot be reached; work waits")
        time.sleep(PAUSE)


def _is_away(problem: BaseException | None) -> bool:
    while problem is not None:
        if isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError | ConnectorException):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


async def work(rounds: Sequence[Round]) -> bool:
    """Work until somebody stops us, or the database goes away. Says whether we were asked to stop."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    app = app_for(rounds)
    async with app.open_async():
        await begin(app, [each.name for each in rounds])
        beside = [asyncio.create_task(each) for each in (listen(app, rounds), bury(app), asked.wait())]
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=AT_ONCE,
                delete_jobs="always",
                shutdown_graceful_timeout=10,
                install_signal_handlers=False,
            )
        )
        try:
            await asyncio.wait([worker, *beside], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (worker, *beside):
                task.cancel()
            ended = await asyncio.gather(worker, *beside, return_exceptions=True)
        for problem in ended:
            if isinstance(problem, Exception):
                raise problem
    return asked.is_set()


async def listen(app: App, rounds: Sequence[Round]) -> None:
    """Begin a round at once when the database says that something is due."""
    names = {each.name for each in rounds}
    waited_for = {each.name for each in rounds if each.is_waited_for}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address(), autocommit=True) as connection:
                await connection.execute(f"listen {CHANNEL}")
                await begin(app, names)  # what was said while nobody listened
                async for said in connection.notifies():
                    await begin(app, names & {said.payload} if said.payload else waited_for)
        except psycopg.OperationalError:
            log.warning("listening again")
            await asyncio.sleep(PAUSE)


async def bury(app: App) -> None:
    """Remove from the queue the rounds of workers that died in the middle of them. The next round does their work."""
    while True:
        with contextlib.suppress(psycopg.OperationalError, ConnectorException):
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
                log.warning("a worker died", round=job.task_name)
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        await asyncio.sleep(DEAD_AFTER)


async def begin(app: App, names: Iterable[str]) -> None:
    """Put rounds into the queue, unless they wait there already."""
    for name in names:
        with contextlib.suppress(AlreadyEnqueued):
            await app.configure_task(name, queueing_lock=name).defer_async()

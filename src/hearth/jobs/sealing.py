"""The sealer: every few seconds it fixes what was written in the ledger. Its role can do nothing else."""

import threading
from pathlib import Path

import psycopg
import structlog
from django.conf import settings

from hearth.ledger.anchors import AnchorDisagrees
from hearth.ledger.connecting import connect
from hearth.ledger.keys import signer
from hearth.ledger.sealing import seal

EVERY = 10  # seconds
log = structlog.get_logger(__name__)


def keep_sealing(stop: threading.Event, *, every: float = EVERY) -> None:
    """Seal until somebody stops us; once more at the end, so that nothing waits unsealed."""
    while not stop.is_set():
        try:
            with connect() as connection:
                while not stop.wait(0 if seal_once(connection) else every):
                    pass
                seal_once(connection)
        except psycopg.OperationalError:
            log.warning("the database cannot be reached; sealing waits")
            stop.wait(every)


def seal_once(connection: psycopg.Connection) -> bool:
    """Seal what waits. A ledger that disagrees with its anchor is never sealed over; it is said each time."""
    try:
        made = seal(connection, signer=signer(Path(settings.HEARTH_KEYS)), anchors=Path(settings.HEARTH_ANCHORS))
    except AnchorDisagrees as problem:
        log.error("not sealed", problem=str(problem))
        return False
    return made is not None and made.rows >= MANY


MANY = 1000  # rows in one seal: more may be waiting already

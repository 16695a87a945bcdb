"""Writing in the ledger. Who, in which request and when it was recorded are filled in by the database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from hearth.ledger.terms import SHOWN, Fact, NobodySignedIn, Subject, as_fact

RECORD = "select hearth.record(%s, %s, %s, %s, %s, %s, %s, %s, %s)"


def record(
    act: str,
    *,
    about: Subject | None,
    happened_at: datetime,
    facts: Mapping[str, Fact] | None = None,
    words: Mapping[str, str] | None = None,
    clause: str = "",
) -> int:
    """Write what happened, in the running transaction (or its own), and return the entry's id.

    `facts` are codes, numbers and dates and stay for ever. `words` is what people typed: it is kept apart, in the same
    circle, and can be disposed of. What is empty is left out.
    """
    kept = {name: as_fact(name, value) for name, value in (facts or {}).items()}
    typed = {name: text for name, text in (words or {}).items() if text}
    return _write(act, about, happened_at, clause, kept, typed, durable=True)


def record_read(act: str, *, about: Subject | None, ids: Sequence[tuple[str, int]], durable: bool) -> int:
    """Write that a page was looked at and which records it showed: one entry for a page.

    An ordinary page that only reads does not wait for the disk (`durable=False`); restricted circles, emergency
    openings and exports do. Anything written afterwards in the same transaction makes it wait after all.
    """
    shown: dict[str, list[int]] = {}
    for kind, record_id in ids:
        shown.setdefault(kind, []).append(record_id)
    return _write(act, about, None, "", {SHOWN: shown}, {}, durable=durable)


def dispose(*, entries: Iterable[int] = (), changes: Iterable[int] = (), clause: str) -> int:
    """Delete words of entries and contents of changed rows, and leave an entry that says so. For the jobs process."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.dispose(%s, %s, %s)", [list(entries), list(changes), clause])
        return int(cursor.fetchone()[0])


def make_partitions() -> int:
    """Make the months ahead that are missing, and say how many. For the jobs process, daily."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.make_ledger_partitions()")
        return int(cursor.fetchone()[0])


def _write(
    act: str,
    about: Subject | None,
    happened_at: datetime | None,
    clause: str,
    facts: Mapping[str, object],
    words: Mapping[str, str],
    *,
    durable: bool,
) -> int:
    subject = (about.ledger_kind, about.id, about.circle_id) if about else (None, None, None)
    typed = json.dumps(words, ensure_ascii=False, sort_keys=True) if words else None
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(RECORD, [act, *subject, happened_at, clause, json.dumps(facts), typed, durable])
            return int(cursor.fetchone()[0])
    except ProgrammingError as problem:
        if isinstance(problem.__cause__, InsufficientPrivilege):
            raise NobodySignedIn("Nobody is signed in, so nothing can be written in the ledger.") from problem
        raise

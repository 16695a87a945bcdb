"""What the database says when it cannot: it is out, or another sending of the same key was through first."""

import errno

from django.db import IntegrityError, InterfaceError, OperationalError
from psycopg.errors import UniqueViolation

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_outage(problem: BaseException | None) -> bool:
    """Whether the database or the disk failed, rather than our code."""
    while problem is not None:
        if isinstance(problem, OperationalError | InterfaceError):
            return True
        if isinstance(problem, OSError) and problem.errno in NO_ROOM:
            return True
        problem = problem.__cause__
    return False


def is_sent_twice(problem: BaseException | None) -> bool:
    """Whether a key was taken by somebody else's row, or by the same form sent twice at once. Nothing was saved."""
    return isinstance(problem, IntegrityError) and isinstance(problem.__cause__, UniqueViolation)

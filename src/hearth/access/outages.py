"""When the database or the disk is out: then nothing was saved, and whoever asked is told so."""

import errno

from django.db import InterfaceError, OperationalError

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

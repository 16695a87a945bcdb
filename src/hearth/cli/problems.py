"""What stops a command, as one sentence for the person who typed it, and the exit code that goes with it."""

import errno

DONE = 0
FAILED = 1  # it could not be done; stderr says why
WRONG_WORDS = 2  # the command was typed wrongly (argparse)
FOUND_WRONG = 3  # a check was carried out and found something wrong
INTERRUPTED = 130  # Ctrl-C

EXIT_CODES = """\
exit codes:
  0    done
  1    it could not be done; one sentence on stderr says why
  2    the command was typed wrongly
  3    a check was carried out and found something wrong
  130  stopped with Ctrl-C
"""


class Problem(Exception):
    """Why a command cannot go on; the message says what to do."""

    code = FAILED


class FoundWrong(Problem):
    """A check was carried out and found something wrong."""

    code = FOUND_WRONG


def sentence(problem: OSError) -> str:
    """What the machine refused, in one sentence."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{f' ({problem.filename})' if problem.filename else ''}. Free some space and try again."
    if isinstance(problem, PermissionError):
        return f"Hearth may not read or write {problem.filename}. Run it as the user who owns that folder."
    return f"{problem.strerror or problem}{f': {problem.filename}' if problem.filename else ''}."

"""The `hearth` command: one sentence when something stops it, and exit codes that mean something."""

import os
import sys
from collections.abc import Sequence

from hearth.cli.problems import FAILED, INTERRUPTED, Problem, sentence


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
    try:
        from hearth.cli.guide import parser

        options = parser().parse_args(words)
        code: int = options.run(options)
    except Problem as problem:
        return _say(str(problem), problem.code)
    except KeyboardInterrupt:
        return _say("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone
        return FAILED
    except OSError as problem:
        return _say(sentence(problem), FAILED)
    return code


def _say(why: str, code: int) -> int:
    print(f"hearth: {why}", file=sys.stderr)
    return code

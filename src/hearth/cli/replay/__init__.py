"""`hearth replay`: plays a written story through the real operations and says whether it came out as written."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.problems import DONE, FoundWrong
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
A scenario is a TOML file: the people and their posts, the homes, what each person does and when, and what must be true
afterwards. It is played in a database server of its own that is thrown away, so nothing of yours is touched.

  hearth replay scenarios/a-child-neglect-and-damp.toml

It prints as JSON what was promised, which gates stood in the way, who sees what, and what this version of Hearth cannot
play yet. Exit code 3 when something did not come out as the file says. docs/guides/replay.md tells how to write one.
"""


def add(commands: "Commands") -> None:
    """The command and what it takes."""
    replaying = command(commands, "replay", "play a written story and check every date in it", GUIDE)
    replaying.add_argument("file", type=Path, help="the scenario, a TOML file")
    replaying.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read, play, print, and fail where an expectation did."""
    from hearth.cli.replay.files import read
    from hearth.cli.replay.throwaway import played

    told = played(read(options.file))
    print(json.dumps(told, indent=2, ensure_ascii=False))
    failed = [str(each) for each in told["failed"]]
    if failed:
        raise FoundWrong("\n".join(failed))
    return DONE

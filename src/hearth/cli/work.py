"""`hearth work`: what Hearth does without anybody asking, and the sealing of its ledger."""

import argparse
import sys
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE
from hearth.cli.progress import tell
from hearth.cli.running import Children, stopped_politely
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Run it beside `hearth serve`, once or on several machines. It is two processes, because a process has one role of the
database for life: the worker (hearth_worker) makes the rounds, and the sealer (hearth_sealer) seals the ledger every
few seconds. The sealer alone needs the signing key.

  HEARTH_ANCHORS        where the newest seal is written down (default: anchors in HEARTH_HOME); best on another disk
  HEARTH_ANCHOR_POSTS   whose holders are sent the newest seal each day: keys of posts, separated by commas (default:
                        whoever audits, else the safeguarding leads)
"""
ROLES = {"worker": "worker", "sealer": "sealer"}


def add(commands: "Commands") -> None:
    """It takes nothing."""
    command(commands, "work", "make the rounds and seal the ledger, beside serve", GUIDE).set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Work until somebody stops us."""
    folder = places.home()
    with stopped_politely() as ending, Children(folder / "logs") as children:
        start(children, {role: places.surroundings(folder, role) for role in ROLES.values()})
        ending.all_runs = True
        tell("Working. Stop it with Ctrl-C.")
        children.wait(ending)
        tell("Stopping ...")
    return DONE


def start(children: Children, told: dict[str, dict[str, str]]) -> None:
    """Start both processes, each told its role."""
    for name, role in ROLES.items():
        children.start(name, [sys.executable, "-m", "hearth.jobs", name], told[role])

"""`hearth ledger`: whether what was written is still what was written."""

import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong, Problem
from hearth.cli.progress import show_progress
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Everything in the ledger is computed again from its rows and compared with its seals, their signatures and the anchors
that were written down outside. Nothing is changed. It signs in as hearth_sealer.

  hearth ledger verify                       against the anchors in HEARTH_ANCHORS
  hearth ledger verify --anchor message.eml  and against one that was e-mailed to somebody outside

It names the first wrong row, and tells words that were disposed of, as they should be, from words that were tampered
with. Exit code 3 when anything is wrong.
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    group = command(commands, "ledger", "verify that the ledger is as it was written", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    verifying = command(inner, "verify", "compute the ledger again and say what is wrong")
    verifying.add_argument("--anchor", type=Path, action="append", default=[], help="a file that quotes an anchor")
    verifying.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Verify the ledger of the database that HEARTH_DATABASE_URL names, or of our own."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "sealer"))
    import django

    django.setup()
    from django.conf import settings

    from hearth.ledger.anchors import anchors_in, read_anchors
    from hearth.ledger.connecting import connect
    from hearth.ledger.keys import public_keys
    from hearth.ledger.verifying import verify

    anchors = anchors_in(Path(settings.HEARTH_ANCHORS))
    for path in options.anchor:
        if not (quoted := read_anchors(path.read_text(errors="replace"))):
            raise Problem(f"There is no anchor in {path}. Save the whole message that was sent.")
        anchors += quoted
    with connect() as connection:
        keys = public_keys(Path(settings.HEARTH_KEYS))
        report = verify(connection, keys=keys, anchors=anchors, progress=partial(show_progress, "rows"))
    print("\n".join(report.sentences()))
    if not report.ok:
        raise FoundWrong("The ledger is not as it was written.")
    return DONE

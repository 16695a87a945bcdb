"""Run as the sealer after a restore: begins a new epoch, so that what the backup did not hold is shown as lost."""

import sys
from pathlib import Path

import django

HAS_LEDGER = "select to_regclass('public.ledger_epoch') is not null"


def begin(why: str) -> None:
    """Begin a new epoch in a database that has a ledger."""
    django.setup()
    from django.conf import settings

    from hearth.ledger.connecting import connect
    from hearth.ledger.keys import signer
    from hearth.ledger.sealing import begin_epoch

    with connect() as connection:
        found = connection.execute(HAS_LEDGER).fetchone()
        if found and found[0]:
            begun = begin_epoch(connection, signer=signer(Path(settings.HEARTH_KEYS)), why=why)
            print(f"A new epoch of the ledger has begun: {begun.n}.")


if __name__ == "__main__":
    begin(sys.argv[1])

"""Run as the sealer after a fill: seals what was written, so that nothing waits."""

from pathlib import Path

import django


def seal_all() -> None:
    """Seal until nothing waits."""
    django.setup()
    from django.conf import settings

    from hearth.ledger.connecting import connect
    from hearth.ledger.keys import signer
    from hearth.ledger.sealing import seal

    with connect() as connection:
        while seal(connection, signer=signer(Path(settings.HEARTH_KEYS)), anchors=Path(settings.HEARTH_ANCHORS)):
            pass


if __name__ == "__main__":
    seal_all()

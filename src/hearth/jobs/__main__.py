"""`python -m hearth.jobs worker` or `sealer`: one process, one database role for life."""

import signal
import sys
import threading

import django


def main(kind: str) -> None:
    """Run until SIGTERM or Ctrl-C."""
    django.setup()
    if kind == "sealer":
        from hearth.jobs.sealing import keep_sealing

        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        keep_sealing(stop)
        return
    from hearth.jobs.rounds import ROUNDS
    from hearth.jobs.worker import keep_working

    keep_working(ROUNDS)


if __name__ == "__main__":
    main(sys.argv[1])

"""`hearth serve`: the pages and the API, for real use."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import Problem
from hearth.cli.readiness import refusals
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

APPLICATION = "hearth.site.wsgi:application"
GUIDE = """
It listens on this machine only unless --host says otherwise: put it behind a web server that speaks TLS. Run
`hearth work` beside it. It refuses to start with a demonstration's keys or sign-ins, as a role of the database that
could read past row security, and without mail settings unless HEARTH_EMAIL=off is said aloud.

  HEARTH_DATABASE_URL   postgresql://hearth_app@/hearth?host=/run/postgresql
  HEARTH_SECRET_KEY     at least 50 random characters, kept out of the database and its backups
  HEARTH_HOSTS          the names people reach it by, separated by commas
  HEARTH_EMAIL          smtp://user:password@host:587 (or smtps://), or off
"""


def add(commands: "Commands") -> None:
    """What it takes."""
    parser = command(commands, "serve", "serve Hearth to your people", GUIDE)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes, about one per core (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check that it is fit to serve, then become the server."""
    os.environ.update(places.surroundings(places.home(), "app"))
    if wrong := refusals(os.environ):
        raise Problem("Hearth will not serve like this:\n" + "\n".join(f"  - {why}" for why in wrong))
    words = server_command(options.host, options.port, options.workers)
    sys.stdout.flush()
    os.execv(words[0], words)


def server_command(host: str, port: int, workers: int) -> list[str]:
    """The application server. It keeps no log of addresses: what people look at is in the ledger."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers",
        "--no-access-log", "--log-level", "warning", APPLICATION,
    ]  # fmt: skip

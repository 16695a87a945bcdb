"""`hearth demo`: everything on this machine, with an invented housing provider to try it on."""

import argparse
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import invented, places, work
from hearth.cli.embedded import server_with_roles
from hearth.cli.invented import SignIn
from hearth.cli.only_one import Hold, only_one
from hearth.cli.postgres.server import Server
from hearth.cli.problems import DONE, Problem
from hearth.cli.progress import step, tell
from hearth.cli.running import PATIENCE, Children, Ending, stopped_politely
from hearth.cli.serve import server_command
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

HOST = "127.0.0.1"
WIDEST_PART, WIDEST_NAME = 31, 18
LONGEST_START = 60  # seconds until the first page must come
GUIDE = """
The first start makes a database and an invented provider in HEARTH_HOME; later starts find them there. Nobody in it
is real, and nothing leaves this machine. It prints a link for each part
somebody can have; the link signs in as that person. Stop it with Ctrl-C.
"""


def add(commands: "Commands") -> None:
    """What it takes."""
    parser = command(commands, "demo", "try Hearth on this machine with an invented provider", GUIDE)
    parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--pack", default="manchester-2025", help="the provider's policy (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="throw the last demonstration away and make a new one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Start everything, say where it is, and stop everything with Ctrl-C."""
    places.refuse_outside_database()
    folder = places.home()
    address = f"http://{HOST}:{options.port}"
    with stopped_politely() as ending, only_one(folder, address) as hold:
        check_port(options.port, patience=PATIENCE + 3 if hold.left_running else 0)
        with our_server(folder, hold) as server:
            sign_ins = invented.provider(server, folder, options.pack, fresh=options.fresh)
            serve(folder, address, sign_ins, ending)
    tell("Stopped.")
    return DONE


def serve(folder: Path, address: str, sign_ins: list[SignIn], ending: Ending) -> None:
    """Run the web server and the background work until somebody stops us."""
    port = int(address.rpartition(":")[2])
    with Children(folder / "logs") as children:
        with step("Starting the web server"):
            children.start("web server", server_command(HOST, port, 1), invented.surroundings(folder, "app"))
            wait_until_it_answers(children, address)
        # After the first page, which somebody waits for: each of these reads all of Hearth first.
        work.start(children, {role: invented.surroundings(folder, role) for role in work.ROLES.values()})
        ending.all_runs = True
        show(address, sign_ins)
        children.wait(ending)
        tell("\nStopping ...")


@contextmanager
def our_server(folder: Path, hold: Hold) -> Iterator[Server]:
    """PostgreSQL for as long as the demonstration runs. One that somebody else started is left running."""
    ours = hold.left_running or not places.embedded_server(folder).is_running
    hold.tell(started_database=ours)
    try:
        yield server_with_roles(folder)
    finally:
        if ours:
            places.embedded_server(folder).stop()
            hold.tell(started_database=False)


def check_port(port: int, *, patience: float = 0) -> None:
    """Find out before anything is started whether the port is free. What a killed demonstration left ends soon."""
    until = time.monotonic() + patience
    while not is_free(port):
        if time.monotonic() >= until:
            raise Problem(f"Port {port} is not free. Stop what uses it, or choose another with --port.")
        time.sleep(0.2)


def is_free(port: int) -> bool:
    """Whether we could listen there."""
    if not 0 < port < 65536:
        raise Problem(f"There is no port {port}. Choose one from 1024 to 65535 with --port.")
    with socket.socket() as knock:
        knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            knock.bind((HOST, port))
        except PermissionError:
            raise Problem(f"Port {port} is kept for the system. Choose one above 1024 with --port.") from None
        except OSError:
            return False
    return True


def wait_until_it_answers(children: Children, address: str) -> None:
    """Wait for the first page, whatever it says."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        children.check()
        try:
            urllib.request.urlopen(address, timeout=LONGEST_START)  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Problem(f"The web server did not answer within {LONGEST_START} seconds.")


def show(address: str, sign_ins: list[SignIn]) -> None:
    """One sign-in for each part somebody can have, on stdout because this is what was asked for."""
    print(f"\nHearth is at {address}   (stop it with Ctrl-C)\n")
    print("Open one of these to be that person. Nobody here is real.\n")
    for each in sign_ins:
        print(f"  {each.part:<{WIDEST_PART}} {each.person:<{WIDEST_NAME}} {address}{each.path}")
    print(flush=True)

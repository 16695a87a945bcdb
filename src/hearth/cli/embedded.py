"""Our own PostgreSQL brought up, with Hearth's roles in it."""

from collections.abc import Mapping
from pathlib import Path

from hearth.cli import places
from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server
from hearth.cli.progress import step


def server_with_roles(folder: Path, settings: Mapping[str, str] | None = None) -> Server:
    """Our server, made where it is missing, running, with Hearth's roles. `settings` are for one that does not run."""
    server = places.embedded_server(folder)
    if not server.is_made:
        with step("Making a database server"):
            server.make()
    if not server.is_running:
        with step("Starting PostgreSQL"):
            server.start(settings)
    databases.make_roles(server)
    return server

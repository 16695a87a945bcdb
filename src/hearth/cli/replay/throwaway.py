"""A database server of a story's own: made, founded, played on, deleted."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server, remove, system_user
from hearth.cli.progress import step
from hearth.cli.replay.files import Scenario
from hearth.cli.replay.founding import as_told
from hearth.cli.updating import run_module

NAME = "hearth_replay"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def played(scenario: Scenario) -> dict[str, list[object]]:
    """Play a scenario where nothing is kept, and tell what came of it."""
    with _server() as (server, folder):
        told = _surroundings(server, folder)
        provider = json.dumps(as_told(scenario))
        with step("Founding the provider of the story"):
            run_module("hearth.cli.replay.founding", provider, told={**told, "HEARTH_DATABASE_ROLE": "owner"})
        os.environ.update(told)
        import django

        django.setup()
        from hearth.cli.replay.playing import play

        with step("Playing"):
            return play(scenario)


@contextmanager
def _server() -> Iterator[tuple[Server, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="hearth-replay-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user where we are root
    server = Server(folder / "data", folder / "s", run_as=system_user(), settings=QUICK)
    try:
        with step("Making a database server to throw away"):
            server.make()
            server.start()
            databases.make_roles(server)
            databases.create(server, NAME)
        yield server, folder
    finally:
        if server.is_made:
            remove(server)
        shutil.rmtree(folder, ignore_errors=True)


def _surroundings(server: Server, folder: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")},
        "HEARTH_HOME": str(folder),
        "HEARTH_KEYS": str(folder / "keys"),
        "HEARTH_SECRET_KEY": "a story that is thrown away needs no secret",
        "HEARTH_DATABASE_ROLE": "app",
        "HEARTH_DATABASE_URL": server.url(NAME),
        "HEARTH_EMAIL": "off",
        "HEARTH_PLAIN_HTTP": "yes",
        "DJANGO_SETTINGS_MODULE": "hearth.site.settings",
    }

"""One PostgreSQL for the run, one template database migrated as the owner, and the cast of every story.

Ordinary tests run in a rolled-back transaction as the application role, so a test that forgets to say who acts sees
nothing. Tests that need commits take `own_database`: a clone of the template, dropped afterwards.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = Path(tempfile.mkdtemp(prefix="hearth-tests-"))
RUN.chmod(0o755)
os.environ.update(
    HEARTH_HOME=str(RUN),
    HEARTH_KEYS=str(RUN / "keys"),
    HEARTH_SECRET_KEY=secrets.token_urlsafe(40),
    HEARTH_DATABASE_ROLE="app",
    HEARTH_DATABASE_URL=f"postgresql:///hearth_test?host={RUN / 'sockets'}",
    HEARTH_EMAIL="off",
    HEARTH_PLAIN_HTTP="yes",
)

import django  # noqa: E402  the environment must be set first
import psycopg  # noqa: E402
import pytest  # noqa: E402

from hearth.cli.postgres import databases  # noqa: E402
from hearth.cli.postgres.server import Server, remove, system_user  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "hearth.site.settings"
django.setup()

from cast import CAST  # noqa: E402
from hearth.access.identity import acting_as  # noqa: E402
from hearth.access.queries import SignedIn, viewer  # noqa: E402
from hearth.organisation.models import User  # noqa: E402

TEMPLATE = "hearth_template"
WORKING = "hearth_test"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A throwaway server, without fsync: crash tests make their own."""
    settings = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}
    server = Server(RUN / "postgres", RUN / "sockets", run_as=system_user(), settings=settings)
    server.make()
    server.start()
    databases.make_roles(server)
    yield server
    remove(server)


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    """The migrated template database's name."""
    databases.create(postgres, TEMPLATE)
    environment = {
        **os.environ,
        "HEARTH_DATABASE_ROLE": "owner",
        "HEARTH_DATABASE_URL": postgres.url(TEMPLATE),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
    }
    subprocess.run([sys.executable, "-W", "ignore", "-m", "cast"], env=environment, check=True, cwd=ROOT)
    databases.create(postgres, WORKING, template=TEMPLATE)
    return TEMPLATE


@pytest.fixture
def house(template: str) -> Iterator[None]:
    """The ordinary database, in a transaction that is rolled back."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def own_database(postgres: Server, template: str) -> Iterator[str]:
    """A committed clone of the template. Returns its address; Django's connection points at it meanwhile."""
    from django.db import connection

    name = f"hearth_own_{secrets.token_hex(4)}"
    databases.create(postgres, name, template=template)
    connection.close()
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    yield postgres.url(name)
    connection.close()
    connection.settings_dict["NAME"] = was
    databases.drop(postgres, name)


@dataclass(frozen=True)
class Cast:
    """Everybody by name: `cast.lead` is a viewer. `acting` makes one of them the signed identity."""

    def __getattr__(self, name: str) -> SignedIn:
        if name not in CAST:
            raise AttributeError(name)
        return viewer(User.objects.get(email=f"{name}@ashgrove.example"))

    @property
    def link(self) -> SignedIn:
        return viewer(User.objects.get(name="Brightgas job sheet"))

    def acting(self, name: str) -> AbstractContextManager[None]:
        return acting_as(getattr(self, name))


@pytest.fixture
def cast(house: None) -> Cast:
    """The people in every story, in the ordinary rolled-back database."""
    return Cast()


@pytest.fixture
def own_cast(own_database: str) -> Cast:
    """The people in every story, in a database of the test's own, with real commits."""
    return Cast()


@pytest.fixture
def owner_of(postgres: Server) -> Callable[[str], psycopg.Connection]:
    """An owner's connection to a database, for catalogue tests and tampering only."""
    return lambda database: psycopg.connect(postgres.url(database, "hearth_owner"), autocommit=True)

"""One PostgreSQL for the run with one migrated template database, and the cast of every story.

Never imported by a test: read a second time it would name new folders and new keys to every process started after.

Ordinary tests run in a rolled-back transaction as the application role, so a test that forgets to say who acts sees
nothing. Tests that need commits take `own_database`: a clone of the template, dropped afterwards.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]
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
    # Else every process that a test starts compiles Django and Hearth anew, where the machine keeps nothing compiled.
    PYTHONPYCACHEPREFIX=os.environ.get("PYTHONPYCACHEPREFIX", str(ROOT / ".hearth" / "compiled")),
)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import django  # noqa: E402  the environment must be set first
import psycopg  # noqa: E402
import pytest  # noqa: E402
from django.contrib.auth.hashers import ScryptPasswordHasher  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from hearth.cli.postgres import databases  # noqa: E402
from hearth.cli.postgres.server import Server, remove  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "hearth.site.settings"
django.setup()
ScryptPasswordHasher.work_factor = 2**4  # a password is kept in the same way with a thousandth of the work

from company import Cast  # noqa: E402
from left_behind import remove_old  # noqa: E402
from longest import place_of  # noqa: E402
from prepared import TEMPLATE, UNFOUNDED, prepared  # noqa: E402

# Whether a change may go in is no matter of chance: the same examples each time, however long one takes. New ones each
# time are tried by `./hearth test --long`, which names the other profile.
PATIENTLY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("the same each time", derandomize=True, **PATIENTLY)
settings.register_profile("others each time", **PATIENTLY)
settings.load_profile("the same each time")


def pytest_configure() -> None:
    """Remove what crashed runs left behind."""
    remove_old()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    items.sort(key=lambda item: place_of(item.nodeid))


def pytest_unconfigure() -> None:
    """Leave nothing in the temporary folder. What a crash leaves, a later run removes."""
    shutil.rmtree(RUN, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A throwaway server with the migrated template, without fsync: crash tests make their own."""
    server = prepared(RUN)
    yield server
    remove(server)


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    """The migrated template database's name."""
    return TEMPLATE


@pytest.fixture
def house(template: str) -> Iterator[None]:
    """The ordinary database, in a transaction that is rolled back."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_everything(connection)


def forget_everything(connection: "BaseDatabaseWrapper") -> None:
    """Leave a connection as if it were new. A new one costs as much as many a test."""
    from django.db import Error

    try:
        with connection.cursor() as cursor:
            cursor.execute("discard all")
        connection.init_connection_state()
    except Error:  # a test may have ended it
        connection.close()


@pytest.fixture(scope="session")
def cloned(postgres: Server, template: str) -> Callable[..., AbstractContextManager[str]]:
    """Makes a committed clone of the template, or of one without a provider; its address. Django's connection points at
    it meanwhile."""

    @contextmanager
    def clone(*, founded: bool = True) -> Iterator[str]:
        from django.db import connection

        name = f"hearth_own_{secrets.token_hex(4)}"
        databases.create(postgres, name, template=template if founded else UNFOUNDED)
        connection.close()
        was = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        yield postgres.url(name)
        connection.close()
        connection.settings_dict["NAME"] = was
        databases.drop(postgres, name)

    return clone


@pytest.fixture
def own_database(cloned: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """A committed clone of the template for one test. Returns its address."""
    with cloned() as address:
        yield address


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

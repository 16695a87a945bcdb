"""One world for all the cells, committed in a database of its own: what a cell writes is undone."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from access.matrix.completing import filled_in
from access.matrix.people import Column, columns
from access.matrix.routes import EVERY_ROW
from access.matrix.world import World, built
from hearth.cli.postgres import databases
from hearth.cli.postgres.server import SUPERUSER, Server
from hearth.web import sessions

Made = tuple[str, World]


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Django's connection points at it."""
    connection.close()
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


@contextmanager
def awake() -> Iterator[None]:
    """That somebody was there is written down once, and nobody is signed out for it: asking every cell takes longer
    than anybody may sit idle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "REMEMBER_EVERY", timedelta(days=1))
        patch.setattr(settings, "HEARTH_IDLE_MINUTES", 24 * 60)
        yield


@pytest.fixture(scope="session")
def made(postgres: Server, template: str) -> Iterator[Made]:
    """The world and its database, made once for all the files of cells."""
    name = f"hearth_matrix_{secrets.token_hex(4)}"
    databases.create(postgres, name, template=template)
    with inside(name):
        world = built()
    yield name, world
    databases.drop(postgres, name)


@pytest.fixture(scope="session")
def browsers(made: Made) -> dict[str, Column]:
    """A browser for each column, and every form as it is filled in."""
    name, world = made
    with inside(name), awake():
        found = columns(world.secret)
        world.forms.update(filled_in(world, found, EVERY_ROW))
    return found


@pytest.fixture(scope="module")
def world(made: Made) -> Iterator[World]:
    """Django's connection points at it for one file of cells."""
    name, world = made
    with inside(name):
        yield world


@pytest.fixture(scope="module")
def everybody(browsers: dict[str, Column], world: World) -> Iterator[dict[str, Column]]:
    """A browser for each column, kept for all its cells."""
    with awake():
        yield browsers


@pytest.fixture(scope="module")
def tables(world: World, postgres: Server) -> Iterator[psycopg.Connection]:
    """The same database for whom no policy stops."""
    with psycopg.connect(postgres.url(connection.settings_dict["NAME"], SUPERUSER), autocommit=True) as database:
        yield database

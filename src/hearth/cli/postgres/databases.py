"""Making, cloning and dropping databases in a server we hold."""

from pathlib import Path

import psycopg
from psycopg import sql

from hearth.cli.postgres.server import SUPERUSER, Server

ROLES_SQL = Path(__file__).with_name("roles.sql")


def make_roles(server: Server) -> None:
    """Create Hearth's roles where they are missing."""
    with _superuser(server) as connection:
        connection.execute(ROLES_SQL.read_text())


def create(server: Server, name: str, *, template: str | None = None) -> None:
    """A database owned by hearth_owner: empty, or a copy of `template` (about 50 ms)."""
    with _superuser(server) as connection:
        if template:
            statement = sql.SQL("create database {} owner hearth_owner template {} strategy wal_log")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        else:
            connection.execute(sql.SQL("create database {} owner hearth_owner").format(sql.Identifier(name)))
    with _superuser(server, name) as connection:
        connection.execute("revoke create on schema public from public")
        connection.execute("grant create on schema public to hearth_owner, hearth_definer")
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        # No temporary objects: injected SQL would leave them on a pooled connection, in front of the real ones.
        connection.execute(
            sql.SQL("grant connect on database {} to hearth_app, hearth_worker, hearth_sealer").format(
                sql.Identifier(name)
            )
        )


def drop(server: Server, name: str) -> None:
    """Drop a database and whoever is connected to it."""
    with _superuser(server) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def rename(server: Server, name: str, to: str) -> None:
    """Put a finished database into its place. Nobody may be connected to it."""
    with _superuser(server) as connection:
        connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(name), sql.Identifier(to)))


def mark(server: Server, name: str, words: str) -> None:
    """Write on a database what it is, where `hearth serve` reads it."""
    with _superuser(server) as connection:
        connection.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(words)))


def words_on(server: Server, name: str) -> str:
    """What is written on a database."""
    asked = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    with _superuser(server) as connection:
        row = connection.execute(asked, (name,)).fetchone()
    return str(row[0] or "") if row else ""


def exists(server: Server, name: str) -> bool:
    """Whether the server has a database of that name."""
    with _superuser(server) as connection:
        return connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None


def _superuser(server: Server, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(server.url(database, SUPERUSER), autocommit=True)

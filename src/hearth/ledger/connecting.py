"""A plain connection under this process's own role, for what must not run inside Django's transactions."""

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo


def address() -> str:
    """Where this process's database is, as this process's role."""
    told = connection.settings_dict
    parts = {
        "dbname": told["NAME"], "user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"],
        "port": told["PORT"],
    }  # fmt: skip
    # What stands in an address is text; the rest tells the driver how to use the connection.
    options = {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(**{name: value for name, value in {**parts, **options}.items() if value})


def connect() -> psycopg.Connection:
    """Outside any transaction; close it when done."""
    return psycopg.connect(address(), autocommit=True)

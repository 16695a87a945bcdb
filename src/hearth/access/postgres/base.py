"""PostgreSQL with the identity of whoever acts, applied at every outermost BEGIN."""

from django.db import connections
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from hearth.access import identity

APPLY = """
    select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true), set_config('role', %s, true)
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection; a transaction without an identity sees no confidential row."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # django-stubs does not list it
        if not autocommit:
            self.apply_identity()

    def apply_identity(self) -> None:
        """Tell the running transaction who acts."""
        who = identity.settings_for(identity.current(), self.connection.info.backend_pid)
        with self.connection.cursor() as cursor:
            cursor.execute(APPLY, who)


def apply_identity() -> None:
    """Re-apply the identity where a transaction is already running; otherwise its BEGIN will.

    A failed transaction is left alone: rolling it back restores the settings that stood at its savepoint.
    """
    for connection in connections.all(initialized_only=True):
        if (
            not isinstance(connection, DatabaseWrapper)
            or not connection.in_atomic_block
            or connection.connection is None
        ):
            continue
        if connection.connection.info.transaction_status is not TransactionStatus.INERROR:
            connection.apply_identity()

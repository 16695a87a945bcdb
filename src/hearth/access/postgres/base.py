"""PostgreSQL as Hearth speaks to it: every statement under the identity of whoever acts, hot ones planned once."""

from typing import Any

from django.db.backends.postgresql import base

from hearth.access.postgres.saying import Speaking, SpeakingHeld

MOST_PREPARED = 300  # on each connection; the one used longest ago makes room


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection; a transaction without an identity sees no confidential row."""

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Speaking}

    def _configure_connection(self, connection: Any) -> Any:
        connection.server_cursor_factory = SpeakingHeld
        connection.prepared_max = MOST_PREPARED
        return super()._configure_connection(connection)  # type: ignore[misc]  # django-stubs does not list it

"""Which database, and as whom. A process has one role for its whole life; requests narrow it further."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST_WAIT = 10  # seconds for a connection to become free, before the page says that it cannot be shown
PREPARED_AFTER = 3  # times that a connection has sent a statement
ROLES = {"app": "hearth_app", "worker": "hearth_worker", "owner": "hearth_owner", "sealer": "hearth_sealer"}


def database(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings for HEARTH_DATABASE_URL, signed in as the role HEARTH_DATABASE_ROLE names (default `app`).

    HEARTH_CONNECTIONS is how many connections the process keeps open; without it each request opens its own, to which
    PostgreSQL's tables are all new. HEARTH_DATABASE_URL_OWNER (and _WORKER, _SEALER) overrides the address for one
    role, where roles have passwords.
    """
    role = environ.get("HEARTH_DATABASE_ROLE", "app")
    plain = environ.get("HEARTH_DATABASE_URL", "postgresql:///hearth")
    url = urlsplit(environ.get(f"HEARTH_DATABASE_URL_{role.upper()}", plain))
    options: dict[str, Any] = dict(parse_qsl(url.query))
    host = options.pop("host", None) or (url.hostname or "")
    port = options.pop("port", None) or (str(url.port) if url.port else "")
    options |= {"server_side_binding": True, "prepare_threshold": PREPARED_AFTER}
    if environ.get("HEARTH_CONNECTIONS"):
        options["pool"] = {"min_size": 1, "max_size": int(environ["HEARTH_CONNECTIONS"]), "timeout": LONGEST_WAIT}
    return {
        "ENGINE": "hearth.access.postgres",
        "NAME": unquote(url.path.lstrip("/")) or "hearth",
        "USER": unquote(url.username or "") or ROLES[role],
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
    }

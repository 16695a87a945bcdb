"""How the letter of signing in is sent, from HEARTH_EMAIL: smtp://user:password@host:587, smtps://..., or off."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def mailers(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's MAILERS. Without an address nothing is sent."""
    told = environ.get("HEARTH_EMAIL", "off")
    if told in {"", "off"}:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    url = urlsplit(told)
    options = {
        "host": url.hostname or "localhost",
        "port": url.port or (465 if url.scheme == "smtps" else 25),
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_ssl": url.scheme == "smtps",
        "use_tls": url.scheme == "smtp" and url.hostname not in LOOPBACK,
        "timeout": 10,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

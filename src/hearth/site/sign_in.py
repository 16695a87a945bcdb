"""The provider's own sign-in (OpenID Connect), from the environment."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def providers(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """The one provider the environment names by HEARTH_OIDC_URL, _CLIENT, _SECRET and _NAME, or none.

    HEARTH_OIDC_ASSURES=yes says that it always asks for a second factor itself; otherwise its `amr` claim must say so.
    HEARTH_OIDC_KNOWS_EMAIL=yes says that its addresses are the organisation's own even where it does not send
    `email_verified`.
    """
    url = environ.get("HEARTH_OIDC_URL", "")
    if not url:
        return []
    parts = urlsplit(url)
    settings = {
        "provider_id": "own",
        "name": environ.get("HEARTH_OIDC_NAME", "your organisation's account"),
        "client_id": environ["HEARTH_OIDC_CLIENT"],
        "secret": environ.get("HEARTH_OIDC_SECRET", ""),
        "settings": {
            "server_url": url,
            "oauth_pkce_enabled": True,
            "assures": environ.get("HEARTH_OIDC_ASSURES") == "yes",
            "knows_email": environ.get("HEARTH_OIDC_KNOWS_EMAIL") == "yes",
        },
    }
    return [{"settings": settings, "origin": f"{parts.scheme}://{parts.netloc}"}]

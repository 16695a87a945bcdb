"""What the environment says, and what stands when it says nothing: the safe thing."""

import json
import os
import subprocess
import sys

from django.conf import settings

from hearth.site.sign_in import providers

ASK = """
import json
from hearth.site import settings as s
said = [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.DEBUG]
print(json.dumps(said))
"""


def settings_told(**told: str) -> list[object]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")} | told
    answer = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, check=True, text=True)
    said: list[object] = json.loads(answer.stdout)
    return said


def test_cookies_are_for_https_alone_unless_plain_http_is_said_aloud() -> None:
    assert settings_told() == [True, True, "__Host-hearth", 63_072_000, False]
    assert settings_told(HEARTH_PLAIN_HTTP="yes") == [False, False, "hearth", 0, False]


def test_nothing_leaves_by_the_framework_s_own_mail() -> None:
    """Feature 81: `outbound` is the one exit."""
    assert settings.MAILERS == {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}


def test_a_directory_is_trusted_no_further_than_the_environment_says() -> None:
    told = {"HEARTH_OIDC_URL": "https://login.example/tenant/v2.0", "HEARTH_OIDC_CLIENT": "hearth"}
    (app,) = providers(told)
    assert app["origin"] == "https://login.example"
    assert app["settings"]["settings"]["assures"] is False
    assert app["settings"]["settings"]["knows_email"] is False
    assert providers({}) == []

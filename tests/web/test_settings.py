"""What the environment says, and what stands when it says nothing: the safe thing."""

import json
import os
import subprocess
import sys

import pytest

from hearth.site.mail import mailers
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


@pytest.mark.parametrize(
    ("told", "host", "port", "ssl", "tls"),
    [
        ("smtp://post:a%40b@mail.example:587", "mail.example", 587, False, True),
        ("smtps://mail.example", "mail.example", 465, True, False),
        ("smtp://mail.example", "mail.example", 25, False, True),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
    ],
)
def test_mail_is_sent_as_the_address_says(told: str, host: str, port: int, ssl: bool, tls: bool) -> None:
    options = mailers({"HEARTH_EMAIL": told})["default"]["OPTIONS"]
    assert (options["host"], options["port"], options["use_ssl"], options["use_tls"]) == (host, port, ssl, tls)
    assert options["password"] == ("a@b" if "post" in told else "")
    assert "dummy" in mailers({"HEARTH_EMAIL": "off"})["default"]["BACKEND"]


def test_a_directory_is_trusted_no_further_than_the_environment_says() -> None:
    told = {"HEARTH_OIDC_URL": "https://login.example/tenant/v2.0", "HEARTH_OIDC_CLIENT": "hearth"}
    (app,) = providers(told)
    assert app["origin"] == "https://login.example"
    assert app["settings"]["settings"]["assures"] is False
    assert app["settings"]["settings"]["knows_email"] is False
    assert providers({}) == []

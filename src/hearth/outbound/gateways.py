"""The two ways out of the house: an SMTP server, and any service that sends text messages over HTTP.

A problem is kept as a short code only: what a server answers may quote the address.
"""

import http.client
import json
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings

PATIENCE = 15  # seconds; well inside the database's transaction_timeout
OFF = "off"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})


class NotSent(Exception):
    """The message did not leave. `for_good` says that trying again will not help."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.for_good = problem, for_good


class SwitchedOff(Exception):
    """The provider has said aloud that nothing leaves this way."""


def email_leaves() -> bool:
    """Whether the provider lets e-mail leave at all."""
    return settings.HEARTH_EMAIL not in {"", OFF}


def send_email(*, message: UUID, to: str, subject: str, body: str, made_at: datetime) -> None:
    """Hand one e-mail to the provider's SMTP server. The same message always has the same Message-ID and date."""
    if not email_leaves():
        raise SwitchedOff
    sender = settings.HEARTH_EMAIL_FROM
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message}@{sender.rpartition('@')[2]}>"
    mail["Date"] = format_datetime(made_at)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    with _as_codes(), _smtp() as server:
        server.send_message(mail)


def send_text(*, message: UUID, to: str, body: str) -> None:
    """Post one text message to the gateway: JSON with id, to and text. The id is the same at every try."""
    if settings.HEARTH_TEXT_GATEWAY in {"", OFF}:
        raise SwitchedOff
    url = urlsplit(settings.HEARTH_TEXT_GATEWAY)
    plain = url.scheme == "http" and url.hostname in LOOPBACK
    if not (url.scheme == "https" or plain) or not url.hostname:
        raise NotSent("gateway-address", for_good=True)
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(message)}
    if settings.HEARTH_TEXT_KEY:
        headers["Authorization"] = f"Bearer {settings.HEARTH_TEXT_KEY}"
    kind = http.client.HTTPConnection if plain else http.client.HTTPSConnection
    with _as_codes():
        connection = kind(url.hostname, url.port, timeout=PATIENCE)
        try:
            said = json.dumps({"id": str(message), "to": to, "text": body})
            connection.request("POST", f"{url.path or '/'}{'?' + url.query if url.query else ''}", said, headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    if not 200 <= status < 300:
        raise NotSent(f"http-{status}", for_good=status < 500 and status not in WORTH_ANOTHER_TRY)


@contextmanager
def _smtp() -> Iterator[smtplib.SMTP]:
    url = urlsplit(settings.HEARTH_EMAIL)
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=PATIENCE)
    with server:
        if url.scheme != "smtps" and host not in LOOPBACK:
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


@contextmanager
def _as_codes() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _said in problem.recipients.values()]
        raise NotSent(f"smtp-{codes[0]}", for_good=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPAuthenticationError as problem:
        raise NotSent(f"smtp-{problem.smtp_code}") from None
    except smtplib.SMTPResponseException as problem:
        raise NotSent(f"smtp-{problem.smtp_code}", for_good=problem.smtp_code >= 500) from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent("smtp-no-starttls") from None
    except TimeoutError:
        raise NotSent("timeout") from None
    except ssl.SSLError:
        raise NotSent("certificate") from None
    except (OSError, smtplib.SMTPException, http.client.HTTPException):
        raise NotSent("no-connection") from None

"""A real mail server and a real text-message gateway on loopback."""

import asyncio
import email
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings


@dataclass
class PostOffice:
    """What the mail server got, and what it answers next."""

    port: int = 0
    seconds_a_letter: float = 0
    letters: list = field(default_factory=list)
    answers: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd names it
        await asyncio.sleep(self.seconds_a_letter)
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "no-such-box" in address:
            return "550 canary-in-an-answer"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def post_office(monkeypatch) -> Iterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    office.port = controller.port
    monkeypatch.setattr(settings, "HEARTH_EMAIL", f"smtp://127.0.0.1:{office.port}")
    monkeypatch.setattr(settings, "HEARTH_EMAIL_FROM", "hearth@ashgrove.example")
    monkeypatch.setattr(settings, "HEARTH_ADDRESS", "https://hearth.ashgrove.example")
    yield office
    controller.stop()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class TextGateway:
    """What the gateway got, and the statuses it answers next."""

    url: str = ""
    texts: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    answers: list = field(default_factory=list)


@pytest.fixture
def text_gateway(monkeypatch) -> Iterator[TextGateway]:
    gateway = TextGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = gateway.answers.pop(0) if gateway.answers else 202
            if status < 300:
                gateway.texts.append(said)
                gateway.heads.append((self.path, dict(self.headers)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gateway.url = f"http://127.0.0.1:{server.server_port}/send?v=2"
    monkeypatch.setattr(settings, "HEARTH_TEXT_GATEWAY", gateway.url)
    monkeypatch.setattr(settings, "HEARTH_TEXT_KEY", "gateway-secret")
    yield gateway
    server.shutdown()
    server.server_close()

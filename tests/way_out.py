"""A real mail server and a real text-message gateway on loopback."""

import asyncio
import email
import json
import math
import secrets
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from waiting import LONGEST

GIVEN_BY_THE_SYSTEM = Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST = 10_000


@dataclass
class PostOffice:
    """What the mail server got, and what it answers next. It takes no more than `most` until it may."""

    port: int = 0
    most: float = math.inf
    letters: list = field(default_factory=list)
    answers: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd names it
        while len(self.letters) >= self.most:
            await asyncio.sleep(0.01)
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
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), ready_timeout=LONGEST)
    controller.start()
    office.port = controller.port
    monkeypatch.setattr(settings, "HEARTH_EMAIL", f"smtp://127.0.0.1:{office.port}")
    monkeypatch.setattr(settings, "HEARTH_EMAIL_FROM", "hearth@ashgrove.example")
    monkeypatch.setattr(settings, "HEARTH_ADDRESS", "https://hearth.ashgrove.example")
    yield office
    controller.stop()


def free_port() -> int:
    """A port nobody uses, nor is given by the system before it is used: those it gives by itself lie above."""
    above = int(GIVEN_BY_THE_SYSTEM.read_text().split()[0]) if GIVEN_BY_THE_SYSTEM.exists() else 32_768
    while True:
        port = LOWEST + secrets.randbelow(above - LOWEST)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


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

"""Somebody signed in, with a connection of their own: cookies and forms, no browser."""

import http.client
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM_COOKIE = "hearth-form"


class Unexpected(Exception):
    """The page did not answer as it should; a figure from it would say nothing."""


@dataclass
class Visitor:
    """One session."""

    name: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def sign_in(self, path: str) -> None:
        """Follow the demonstration's link for this person."""
        self.ask("GET", path, expect=302)
        self.ask("GET", "/concerns/log", expect=200)  # the first page with a form gives its cookie

    def ask(self, method: str, path: str, told: dict[str, object] | None = None, *, expect: int) -> tuple[str, float]:
        """One request: the page (or where it leads) and the seconds it took."""
        body = None
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        if told is not None:
            body = urlencode({**told, "csrfmiddlewaretoken": self.cookies[FORM_COOKIE]}, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        connection = self._connect()
        started = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        took = time.perf_counter() - started
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        if answer.status != expect:
            raise Unexpected(f"{method} {path} as {self.name} answered {answer.status}, not {expect}")
        return page, took

    def _connect(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        return self._connection

    def alike(self) -> "Visitor":
        """The same session over a connection of its own."""
        return Visitor(self.name, self.port, dict(self.cookies))

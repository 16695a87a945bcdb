"""A browser without a screen: asks a running Hearth for pages, fills in the form of a concern, and tries again.

It does what people and their browsers do when a server goes away: the same form, with the same key, until there is a
receipt. It keeps cookies, also those marked for https, and follows redirects by itself.
"""

import http.client
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from filled_in import ENOUGH, reference_on

KEY = "form_key"
AWAY = (OSError, http.client.HTTPException)
PATIENCE = 120  # seconds somebody goes on trying a Hearth that is up


class Fields(HTMLParser):
    """What a page's forms hold: hidden fields, and what stands in text areas. The last form of a page wins."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden" and told.get("name"):
            self.values[str(told["name"])] = told.get("value") or ""
        self._area = str(told.get("name", "")) if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = data.strip()
            self._area = ""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    place: str
    text: str

    @property
    def fields(self) -> dict[str, str]:
        """What its forms hold."""
        reading = Fields()
        reading.feed(self.text)
        return reading.values


@dataclass
class Browser:
    """Somebody at a browser. `address` is where Hearth is."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    up_since: Callable[[], float] = lambda: 0.0  # while it is down nobody loses patience

    def get(self, path: str) -> Answer:
        """A page, wherever it leads."""
        return self._follow(self.once("GET", path, None))

    def post(self, path: str, fields: Mapping[str, str], *, accept: str = "text/html") -> Answer:
        """A form sent, and the page it leads to."""
        return self._follow(self.once("POST", path, fields, accept))

    def patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Ask again and again while nobody answers or the answer is that it cannot be done now."""
        began = time.monotonic()
        while True:
            self.tries += 1
            try:
                answer = ask()
                if answer.status < 500:
                    return answer
            except AWAY:
                pass
            assert time.monotonic() < max(began, self.up_since()) + PATIENCE, "Hearth did not come back"
            time.sleep(0.5)

    def sign_in(self, email: str, password: str) -> None:
        """With a password, as somebody who logs a concern does."""
        form = self.get("/sign-in/").fields
        answer = self.post("/sign-in/", {**form, "login": email, "password": password})
        assert answer.status == 200, answer.text
        assert "hearth" in "".join(self.cookies), "no session"

    def log(self, page: str, noticed: str) -> tuple[uuid.UUID, str]:
        """Tell a concern until there is a receipt; the key of the form and the reference on the receipt."""
        form = self.patiently(lambda: self.get(page)).fields
        filled = {**form, **ENOUGH, "noticed": noticed}
        receipt = self.patiently(lambda: self.post(page, filled))
        assert receipt.status == 200, receipt.text
        return uuid.UUID(form[KEY]), reference_on(receipt.text)

    def _follow(self, answer: Answer) -> Answer:
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                return answer
            answer = self.once("GET", answer.place, None)
        raise AssertionError("redirected without end")

    def once(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, accept: str = "text/html"
    ) -> Answer:
        """One request and its answer, wherever it points."""
        server = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept": accept}
        if fields is not None:
            heads |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
        try:
            server.request(method, path, urlencode(fields) if fields is not None else None, heads)
            said = server.getresponse()
            text = said.read().decode()
        finally:
            server.close()
        for kept in said.headers.get_all("Set-Cookie") or []:
            self._keep(kept)
        return Answer(said.status, said.headers.get("Location", ""), text)

    def _keep(self, kept: str) -> None:
        found = re.match(r"([^=;]+)=([^;]*)", kept)
        assert found, kept
        name, value = found.groups()
        if value in ("", '""'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

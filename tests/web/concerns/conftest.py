"""What the tests of logging share: a browser that remembers, somebody signed in, and a link on a van."""

import html
import itertools
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse
from django.test import Client

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.links import make_link
from hearth.organisation.models import User

if TYPE_CHECKING:
    from company import Cast

HIDDEN = re.compile(r'<input type="hidden" name="(form_key|draft_signature)" value="([^"]+)">')


class Browser:
    """A browser that sends the form it was shown, hidden fields too."""

    def __init__(self, address: str) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.address = address
        self.hidden: dict[str, str] = {}
        self.answer = HttpResponse()

    def see(self, path: str = "") -> str:
        return self._read(self.client.get(path or self.address, follow=True))

    def press(self, **fields: Any) -> str:
        """Send the form as it was shown, and follow."""
        return self._read(self.client.post(self.address, {**self.hidden, **fields}, follow=True))

    def save(self, **fields: Any) -> dict[str, Any]:
        """Save as the script does while somebody types."""
        sent = {**self.hidden, **fields, "act": "keep"}
        saved: dict[str, Any] = self.client.post(self.address, sent, headers={"accept": "application/json"}).json()
        return saved

    def _read(self, answer: HttpResponse) -> str:
        self.answer = answer
        page = html.unescape(answer.content.decode())
        shown = HIDDEN.findall(page)
        # The forms that offer earlier words come first and carry a key alone; the form itself is the last with both.
        self.hidden = dict(shown) if shown else self.hidden
        return page


@pytest.fixture
def enter(cast: "Cast") -> Callable[..., Browser]:
    """Sign somebody in, without a second factor unless it is asked for."""

    def sign_in(name: str, *, address: str = "/concerns/log", second_factor: bool = False) -> Browser:
        browser = Browser(address)
        browser.client.force_login(User.objects.get(pk=getattr(cast, name).id))
        if second_factor:
            session = browser.client.session
            session["hearth_second_factor_by_provider"] = True
            session.save()
        return browser

    return sign_in


@pytest.fixture
def secret(cast: "Cast") -> str:
    """What a link in use carries."""
    with acting_as(cast.lead):
        return make_link("Van 12", by=cast.lead, at=now() - timedelta(days=1))[1]


@pytest.fixture
def van(secret: str) -> Browser:
    """A contractor's phone that followed the link."""
    browser = Browser("/report")
    browser.see(f"/r/{secret}")
    return browser


@pytest.fixture
def in_one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted by the hour begins anew with each: everything is sent within a moment."""
    begun, many = now() - timedelta(minutes=1 if now().minute == 59 else 0), itertools.count()
    monkeypatch.setattr("hearth.web.concerns.views.now", lambda: begun + timedelta(milliseconds=next(many)))

"""What the frame around every page needs, asked for only when the frame uses it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import cached_property

from hearth.access import clock
from hearth.access.terms import Viewer
from hearth.organisation.queries import provider_name
from hearth.outbound.gateways import email_leaves
from hearth.web import sessions
from hearth.web.gates import gave_second_factor
from hearth.web.navigation import Link, way_back, ways_for


class Shell:
    """The frame: whose service, who is signed in, where they may go, what just happened."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def provider_name(self) -> str:
        """The provider's name, above every page."""
        return provider_name()

    @property
    def viewer(self) -> Viewer | None:
        """Who is signed in, if anybody."""
        return getattr(self._request, "viewer", None)

    @property
    def is_demonstration(self) -> bool:
        """Whether everybody in here is invented."""
        return bool(settings.DEMONSTRATION)

    @cached_property
    def navigation(self) -> list[Link]:
        """The menu."""
        has_second_factor = self.viewer is not None and gave_second_factor(self._request)
        ways = ways_for(self.viewer, here=self._request.path, has_second_factor=has_second_factor)
        return [link for way, link in ways if way.in_menu]

    def way_back(self, page: str) -> str:
        """To a list, or to what waits for somebody who may not see the list."""
        return way_back(self.viewer, page)

    def notices(self) -> Iterable[Message]:
        """What to tell the reader once."""
        return get_messages(self._request)

    def own_sign_ins(self) -> list[dict[str, str]]:
        """The provider's own directory, where one is set up."""
        apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        return apps

    @property
    def can_send_mail(self) -> bool:
        """Whether Hearth can send somebody a link for a forgotten password."""
        return can_send_mail()

    @property
    def idle_seconds(self) -> int:
        """How long somebody may do nothing."""
        return int(sessions.limits()[0].total_seconds())

    def now(self) -> datetime:
        """This instant, for the foot of a printed page."""
        return clock.now()


def can_send_mail() -> bool:
    """Whether any letter leaves Hearth."""
    return email_leaves()


def shell(request: HttpRequest) -> dict[str, Shell]:
    """`shell` in every template."""
    return {"shell": Shell(request)}

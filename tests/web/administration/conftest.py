"""What the tests of administering share."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from at_a_page import signed_in
from hearth.access import clock
from hearth.organisation.models import User


@pytest.fixture(autouse=True)
def a_slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """For PostgreSQL it is still the beginning of the test's one transaction; what begins now has to have begun."""
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) - timedelta(minutes=5))


@pytest.fixture
def browser(cast) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in."""

    def enter(name: str) -> Client:
        return signed_in(User.objects.get(pk=getattr(cast, name).id))

    return enter

"""What the tests of administering share."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.test import Client

from at_a_page import signed_in
from hearth.access import clock
from hearth.organisation.models import User


@pytest.fixture(autouse=True)
def a_slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """For PostgreSQL it is still the beginning of the test's one transaction; what begins now has to have begun.

    Never more than a second before that, a little later each time it is asked: it is hardly ever another day.
    """
    began, asked = datetime.now(UTC) - timedelta(seconds=1), count()
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(microseconds=10 * next(asked)))


@pytest.fixture
def browser(cast) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in."""

    def enter(name: str) -> Client:
        return signed_in(User.objects.get(pk=getattr(cast, name).id))

    return enter

"""Somebody of the cast at a browser, signed in with both factors."""

import re

from django.test import Client

from hearth.organisation.models import User


def at_a_browser(viewer) -> Client:
    """A client of this person."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=viewer.id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client


def read(answer) -> str:
    """The page as a reader has it: no markup, no doubled spaces."""
    words = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words)).replace("&#x27;", "'").replace("&#39;", "'")


def moment(day, time="09:00", *, name="day", clock="time"):
    """A day and a time as the three boxes and the line send them."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year, clock: time}

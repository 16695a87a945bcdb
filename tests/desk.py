"""Somebody at a desk: signed in with both factors, and the pages he asks for."""

from django.test import Client

from hearth.organisation.models import User


def desk(viewer) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=viewer.id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client


def text(answer) -> str:
    return answer.content.decode()

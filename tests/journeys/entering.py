"""Sessions of the cast, with both factors given, without the pages of signing in."""

from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from hearth.organisation.models import User
from hearth.web.gates import ASSURED_BY_PROVIDER


def session_of(name: str) -> str:
    """The key of a new session of somebody of the cast."""
    engine: ModuleType = import_module(settings.SESSION_ENGINE)
    user = User.objects.get(email=f"{name}@ashgrove.example")
    session = engine.SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[ASSURED_BY_PROVIDER] = True
    session.create()
    return str(session.session_key)

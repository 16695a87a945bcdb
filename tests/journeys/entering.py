"""Ways in: sessions of the cast with both factors given, and what the pages of signing in ask for."""

from importlib import import_module
from types import ModuleType

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.sealed import unseal
from hearth.organisation.models import User
from hearth.outbound.models import Message
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


def code_for(secret: str) -> str:
    """The six numbers an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def newest_letter() -> str:
    """The link in the newest letter to set a first password, as the jobs process would send it."""
    with transaction.atomic(), as_the_house():
        row = Message.objects.filter(words="welcome").latest("made_at")
        return unseal(row.enclosed, table="outbound_message", row=str(row.id), column="enclosed")

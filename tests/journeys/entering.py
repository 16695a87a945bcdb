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
    """The six numbers an authenticator app shows now. They are still taken half a minute later."""
    before, now, *_ = yield_hotp_counters_from_time()
    assert now == before + 1, "an earlier one would be refused as soon as the next half minute begins"
    return format_hotp_value(hotp_value(secret, now))


def newest_letter(email: str) -> str:
    """The link in somebody's newest letter to set a first password, as the jobs process would send it."""
    with transaction.atomic(), as_the_house():
        to = User.objects.get(email=email)
        row = Message.objects.filter(words="welcome", user_id=to.pk).latest("made_at")
        return unseal(row.enclosed, table="outbound_message", row=str(row.id), column="enclosed")

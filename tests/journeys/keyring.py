"""Somebody with everything that opens an account: a password, an authenticator app, recovery codes and a passkey."""

from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from hearth.organisation.models import User
from journeys.entering import session_of

PASSWORD = "eleven green bottles"
A_DAY = 24 * 60 * 60
FLAG = AuthenticatorData.FLAG


def session_with_keys(name: str) -> tuple[str, list[str]]:
    """A new session of somebody who gave his password and a code just now; the ids of his passkeys."""
    user = User.objects.get(email=f"{name}@ashgrove.example")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    passkey = WebAuthn.add(user, "My phone", _passkey())
    key = session_of(name)
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    asked = SimpleNamespace(session=session)
    record_authentication(asked, user, "password", email=user.email)
    record_authentication(asked, user, "mfa", type="totp", reauthenticated=True)
    for each in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        each["at"] += A_DAY  # the pages that change keys ask again after some minutes
    session.save()
    return key, [str(passkey.instance.pk)]


def _passkey() -> dict[str, object]:
    """What a browser sends when a passkey is made."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential, made_for = b"one of ours", sha256(b"localhost").digest()
    attested = AttestedCredentialData.create(bytes(16), credential, public)
    seen = AuthenticatorData.create(made_for, FLAG.UP | FLAG.UV | FLAG.AT, 0, attested)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    return {
        "id": websafe_encode(credential),
        "rawId": websafe_encode(credential),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
            "clientDataJSON": websafe_encode(client),
        },
    }

"""How Hearth uses django-allauth: nobody signs up, nobody learns who has an account, secrets lie encrypted.

They stand here, not in `organisation`: they speak about requests and need the keys of `access`, which lies above it.
"""

import base64
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.access.sealed import seal, unseal
from hearth.pathway import signing_in
from hearth.web.gates import ASSURED_BY_PROVIDER

FRESH_SECONDS = 300
STRONG = {"mfa", "otp", "hwk", "swk", "sms", "fpt", "face", "pop"}  # `amr` values of RFC 8176 that name a second factor

NOT_RIGHT = gettext_lazy("The e-mail address or password is not right")
NEW_CODES = "mfa/messages/recovery_codes_generated.txt"
NEW_WORD = "account/messages/password_changed.txt"
SAID = {
    NEW_WORD: gettext_lazy("Your password is changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password is set."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Your passkey is removed."),
    NEW_CODES: gettext_lazy("You have new recovery codes. The old ones no longer work."),
}


class Accounts(DefaultAccountAdapter):
    """Accounts are made by an administrator or an import."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_RIGHT,
        "incorrect_password": gettext_lazy("The password is not right"),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait five minutes, then try again"),
        "incorrect_code": gettext_lazy("The code is not right, or too old"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Somebody switched off, or whose time here is over, gets the answer of somebody unknown."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is None or signing_in.may_act(user.pk, at=clock.now()):
            return user
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep the attempt in the ledger. What was tried is kept nowhere."""
        signing_in.sign_in_failed(email=str(credentials.get("email") or ""), how="password", at=clock.now())

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        methods = [record["method"] for record in get_authentication_records(request, user)]
        signing_in.signed_in(user.pk, how="-".join(dict.fromkeys(methods)) or "unknown", at=clock.now())

    def logout(self, request: HttpRequest) -> None:
        if request.user.pk is not None:
            signing_in.signed_out(request.user.pk, how="asked", at=clock.now())
        super().logout(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the letter: under our own front door where that is set, else where this request came in."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        path = path.replace("UID-KEY", quote(key))
        front_door = settings.HEARTH_ADDRESS.rstrip("/")
        return f"{front_door}{path}" if front_door else str(self.request.build_absolute_uri(path))

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """The letter leaves as everything leaves: decided, queued, and sent by the jobs process."""
        signing_in.forgot_password(user.pk, link=context["password_reset_url"], at=clock.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent from here: e-mail leaves Hearth through one place only."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened in our words; what we have no words for is not worth saying."""
        said = message or SAID.get(message_template or "")
        page = request.resolver_match.url_name if request.resolver_match else ""
        if message_template == NEW_CODES and page != "mfa_generate_recovery_codes":
            return  # the first ones come with the first second factor, which has its own words
        if message_template == NEW_WORD and page == "account_reset_password_from_key":
            return  # the next page has nothing else to say
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who has only just signed in is not asked again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        now = clock.now().timestamp()
        return not any(now - record["at"] < FRESH_SECONDS for record in records)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent from here: e-mail leaves Hearth through one place only."""


class SecondFactors(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with a key that lies outside the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is not right, or too old"),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, table="mfa_authenticator", row="", column="data")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), table="mfa_authenticator", row="", column="data")


class OwnSignIn(DefaultSocialAccountAdapter):
    """Signing in with the housing provider's own directory. It opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whom the directory means, and whether it asked for a second factor."""
        claims = _claims(sociallogin)
        told = sociallogin.account.get_provider(request).app.settings
        if not sociallogin.is_existing:
            user = _user_meant(claims, trusts_email=told.get("knows_email", False))
            if user is not None:
                sociallogin.connect(request, user)
        if not sociallogin.is_existing or not signing_in.may_act(sociallogin.user.pk, at=clock.now()):
            meant = sociallogin.user.pk if sociallogin.is_existing else None
            signing_in.sign_in_failed(user_id=meant, how="directory", at=clock.now())
            messages.error(
                request, _("You do not have an account in Hearth. Ask the safeguarding lead or your administrator.")
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        asked = told.get("assures", False) or not STRONG.isdisjoint(_listed(claims.get("amr")))
        request.session[ASSURED_BY_PROVIDER] = asked

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The directory refused, or its answer was not right."""
        messages.error(request, _("Signing in with your organisation's account did not work. Try again."))
        raise ImmediateHttpResponse(redirect("account_login"))


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    return {**data.get("userinfo", {}), **data.get("id_token", {})}


def _listed(value: object) -> set[str]:
    return {str(item) for item in value} if isinstance(value, list) else {str(value or "")}


def _user_meant(claims: dict[str, Any], *, trusts_email: bool) -> AbstractBaseUser | None:
    address = str(claims.get("email") or "")
    if not address or not (trusts_email or claims.get("email_verified") is True):
        return None
    found: AbstractBaseUser | None = get_user_model().objects.filter(email__iexact=address, is_active=True).first()
    return found

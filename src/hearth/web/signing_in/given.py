"""A code somebody was given in person, with which he sets his own password where no letter reaches him (ADR 0084).

Kept as a digest among what sign-in remembers for a while, which nobody signed in can read. It ends when it is used,
when its hours are over, when another is given, and when the user is switched off or has another password.
"""

import re
import secrets

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.references import ALPHABET
from hearth.pathway import signing_in
from hearth.web.forms import Line

GROUPS, IN_A_GROUP = 3, 4
WRONG = gettext_lazy("The code is not right, was used before, or has ended. Ask your administrator for a new one.")


class GivenCodeForm(forms.Form):
    """Who one is, and the code one was given."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter your e-mail address"),
            "invalid": gettext_lazy("Enter an e-mail address, like name@example.com"),
        },
    )
    code = Line(
        label=gettext_lazy("The code you were given"),
        help_text=gettext_lazy("Twelve letters and numbers, for example 7KQ4-M2XW-9FHT."),
        max_length=40,
        missing=gettext_lazy("Enter the code you were given"),
    )


def new_code(user: AbstractBaseUser) -> str:
    """A code for somebody, in place of any before it. Shown once: only its digest is kept."""
    groups = ("".join(secrets.choice(ALPHABET) for _each in range(IN_A_GROUP)) for _group in range(GROUPS))
    code = "-".join(groups)
    with acting_as(None):
        cache.set(_place(user), _digest(user, code), settings.HEARTH_CODE_HOURS * 60 * 60)
    return code


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether a password alone would open nothing of somebody's. Only sign-in, which is nobody, knows."""
    with acting_as(None):
        return bool(Authenticator.objects.filter(user_id=user.pk).exists())


def given_code_page(request: HttpRequest) -> HttpResponse:
    """Set one's own password with a code somebody handed over."""
    form = GivenCodeForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        too_often: HttpResponse | None = ratelimit.consume_or_429(request, action="given_code", key=email.lower())
        if too_often is not None:
            return too_often
        user = _used(email, form.cleaned_data["code"])
        if user is not None:
            signing_in.code_used(user.pk, at=clock.now())
            request.session[INTERNAL_RESET_SESSION_KEY] = default_token_generator.make_token(user)
            return redirect("account_reset_password_from_key", uidb36=user_pk_to_url_str(user), key="set-password")
        signing_in.sign_in_failed(email=email, how="given_code", at=clock.now())
        form.add_error("code", WRONG)
    return render(request, "signing_in/given_code.jinja", {"form": form})


def _used(email: str, typed: str) -> AbstractBaseUser | None:
    """Whose code it is, and now it is used. Of two who send it at once one has it."""
    user: AbstractBaseUser | None = get_user_model().objects.filter(email__iexact=email.strip()).first()
    if user is None or not signing_in.may_act(user.pk, at=clock.now()):
        return None
    kept = cache.get(_place(user))
    if kept is None or not constant_time_compare(kept, _digest(user, typed)):
        return None
    return user if cache.delete(_place(user)) else None


def _place(user: AbstractBaseUser) -> str:
    return f"given-code:{user.pk}"


def _digest(user: AbstractBaseUser, code: str) -> str:
    """Bound to the password and to being switched on: a change of either ends the code."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    bound = f"{user.pk}:{user.get_session_auth_hash()}:{plain}"
    return salted_hmac("hearth.given-code", bound, algorithm="sha256").hexdigest()

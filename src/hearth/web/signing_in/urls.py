"""Addresses of signing in. django-allauth's pages under our own roof, each behind a door of ours."""

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, re_path

from hearth.web.gates import Page, as_nobody, for_anyone, gave_second_factor, unnoticed, without_second_factor
from hearth.web.signing_in import given, tokens, views


def _entrance(page: Page) -> Page:
    """A page for whoever is not signed in yet."""
    return for_anyone(as_nobody(page))


def _own(page: Page) -> Page:
    """A page about one's own account that opens nothing new."""
    return without_second_factor(as_nobody(page))


def _keys(page: Page) -> Page:
    """A page that changes what opens the account: a password alone opens it only while there is no second factor."""

    @wraps(page)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not gave_second_factor(request) and Authenticator.objects.filter(user_id=request.user.pk).exists():
            return redirect("second_factor")
        return page(request, *args, **kwargs)

    return _own(behind)


urlpatterns = [
    path("", _entrance(account.login), name="account_login"),
    path("out", _entrance(account.logout), name="account_logout"),
    path("switched-off", _entrance(account.account_inactive), name="account_inactive"),
    path("again", _own(account.reauthenticate), name="account_reauthenticate"),
    path("account", _own(views.my_account_page), name="my_account"),
    path("password", _keys(account.password_change), name="account_change_password"),
    path("password/set", _keys(account.password_set), name="account_set_password"),
    path("password/forgotten", _entrance(account.password_reset), name="account_reset_password"),
    path("password/sent", _entrance(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        _entrance(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed", _entrance(account.password_reset_from_key_done), name="account_reset_password_from_key_done"
    ),
    path("given-code", _entrance(given.given_code_page), name="given_code"),
    path("code", _entrance(mfa.authenticate), name="mfa_authenticate"),
    path("without-code", _entrance(views.WithoutCode.as_view()), name="without_code"),
    path("time-left", unnoticed(_own(views.time_left_page)), name="time_left"),
    path("stay", _own(views.stay_page), name="stay"),
    path("second-factor", _own(views.second_factor_page), name="second_factor"),
    path("code/again", _own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("passkey", _entrance(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("passkey/again", _own(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/factors", _own(views.my_account_page), name="mfa_index"),
    path("account/tokens", tokens.tokens_page, name="tokens"),
    path("account/tokens/<uuid:public_id>/end", tokens.end_token_page, name="end_token"),
    path("account/app", _keys(views.ActivateTotp.as_view()), name="mfa_activate_totp"),
    path("account/app/remove", _keys(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys", _keys(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add", _keys(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", _keys(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/recovery-codes", _keys(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new", _keys(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("with/<slug:provider_id>", _entrance(oidc.login), name="openid_connect_login"),
    path("with/<slug:provider_id>/back", _entrance(oidc.callback), name="openid_connect_callback"),
]

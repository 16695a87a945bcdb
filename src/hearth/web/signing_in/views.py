"""Pages of signing in that django-allauth does not have, or not as we need them."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from hearth.access import clock
from hearth.web import sessions
from hearth.web.gates import gave_second_factor


class ActivateTotp(ActivateTOTPView):
    """Setting an authenticator app up. The code just given counts as given for this session."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Adding a passkey that opens Hearth by itself. Making it asked for a finger, a face or a PIN, and counts now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "js_data": {"creation_options": begin_registration(self.request.user, True)},
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN)
        return response


class WithoutCode(AuthenticateView):
    """Going on with the password alone, when the phone is not at hand: to log a concern, not to read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = self.stage.exit()
        return response


@require_safe
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Whoever wants to read must give a second factor: by the one set up, or by setting one up now."""
    after = _safe_next(request)
    if gave_second_factor(request):
        return redirect(after or "home")
    kinds = _kinds(request)
    if kinds == {Authenticator.Type.WEBAUTHN}:
        return redirect(_with_next("mfa_reauthenticate_webauthn", after))
    if kinds:
        return redirect(_with_next("mfa_reauthenticate", after))
    return render(request, "signing_in/second_factor.jinja", {})


@require_safe
def time_left_page(request: HttpRequest) -> HttpResponse:
    """For the script that warns: how many seconds are left before somebody is signed out."""
    return JsonResponse({"seconds": int(sessions.time_left(request.session, clock.now()).total_seconds())})


@require_POST
def stay_page(request: HttpRequest) -> HttpResponse:
    """Somebody says that he is still there. That he asked is enough."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
def my_account_page(request: HttpRequest) -> HttpResponse:
    """What somebody signs in with."""
    user = request.user
    has_password = isinstance(user, AbstractBaseUser) and user.has_usable_password()
    words = {"kinds": _kinds(request), "Kind": Authenticator.Type, "has_password": has_password}
    return render(request, "signing_in/my_account.jinja", words)


def _kinds(request: HttpRequest) -> set[str]:
    rows = Authenticator.objects.filter(user_id=request.user.pk)
    return set(rows.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("type", flat=True))


def _with_next(page: str, after: str) -> str:
    return f"{reverse(page)}?{urlencode({'next': after})}" if after else reverse(page)


def _safe_next(request: HttpRequest) -> str:
    after = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(after, allowed_hosts=None, require_https=not settings.PLAIN_HTTP)
    return after if allowed and after.startswith("/") else ""

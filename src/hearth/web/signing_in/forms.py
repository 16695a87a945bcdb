"""The forms of signing in, in our words."""

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.exceptions import ValidationError
from django.forms import BaseForm, HiddenInput
from django.utils.translation import gettext_lazy as _

from hearth.access import clock
from hearth.pathway import signing_in

EMAIL = (_("E-mail address"), "", _("Enter your e-mail address"))
PASSWORD = (_("Password"), "", _("Enter your password"))
NEW = (
    _("New password"),
    _("At least 12 characters. Three words that have nothing to do with you are good."),
    _("Enter a new password"),
)
AGAIN = (_("New password again"), "", _("Enter the new password again"))
CODE = (
    _("Code"),
    _("The 6 numbers your authenticator app shows now, or one of your recovery codes."),
    _("Enter the code your app shows"),
)


def _say(form: BaseForm, name: str, words: tuple[Any, Any, Any]) -> None:
    field = form.fields[name]
    field.label, field.help_text, field.error_messages["required"] = words


def _noted(form: mfa.BaseAuthenticateForm, clean: Callable[[], str]) -> str:
    """The code, or an entry in the ledger that it was wrong."""
    try:
        return clean()
    except ValidationError:
        signing_in.sign_in_failed(user_id=form.user.pk, how="code", at=clock.now())
        raise


class SignIn(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", EMAIL)
        _say(self, "password", PASSWORD)
        self.fields["login"].error_messages["invalid"] = _("Enter an e-mail address, such as name@example.com")


class PasswordAgain(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", PASSWORD)


class ChangePassword(account.ChangePasswordForm):
    """A new password for somebody signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", (_("Password now"), "", _("Enter the password you have now")))
        _say(self, "password1", NEW)
        _say(self, "password2", AGAIN)


class FirstPassword(account.SetPasswordForm):
    """A password for somebody who signs in without one, by a directory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW)
        _say(self, "password2", AGAIN)


class AskForNewPassword(account.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", EMAIL)


class NewPassword(account.ResetPasswordKeyForm):
    """A new password for somebody who followed the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW)
        _say(self, "password2", AGAIN)


class Code(mfa.AuthenticateForm):
    """The second factor, while signing in."""

    def clean_code(self) -> str:
        return _noted(self, super().clean_code)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", CODE)


class CodeAgain(mfa.ReauthenticateForm):
    """The second factor, when somebody signed in without it wants to read."""

    def clean_code(self) -> str:
        return _noted(self, super().clean_code)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", CODE)


class FirstCode(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", (_("Code"), _("The 6 numbers the app shows now."), _("Enter the code your app shows")))


class AddPasskey(AddWebAuthnForm):
    """A passkey with a name. It always opens Hearth by itself: it asks for a finger, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", (_("What to call it"), _("For example: my phone."), ""))
        self.fields["name"].initial = ""
        self.fields["passwordless"].widget = HiddenInput()
        self.fields["passwordless"].initial = True

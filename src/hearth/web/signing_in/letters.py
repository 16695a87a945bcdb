"""The link in a letter with which somebody sets a password."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from hearth.access.identity import acting_as


def way_in(request: HttpRequest) -> Callable[[AbstractBaseUser], str]:
    """Makes the link for a user. Only sign-in itself, which is nobody, looks at the tables of sign-in."""

    def link(user: AbstractBaseUser) -> str:
        with acting_as(None):
            key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        return str(get_adapter(request).get_reset_password_from_key_url(key))

    return link

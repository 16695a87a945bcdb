"""Who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hearth.organisation.queries import user_of


class Backend(AuthenticationBackend):
    """Signs in as allauth does, and finds whoever is signed in by a statement that is written once (ADR 85)."""

    def get_user(self, user_id: int) -> Any:
        """The user of a session, if he may still sign in."""
        user = user_of(user_id)
        return user if user and self.user_can_authenticate(user) else None

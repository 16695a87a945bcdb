"""The cast as viewers: `cast.lead` may be signed in."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from cast import CAST
from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn, viewer
from hearth.organisation.models import User


@dataclass(frozen=True)
class Cast:
    """Everybody by name: `cast.lead` is a viewer. `acting` makes one of them the signed identity."""

    def __getattr__(self, name: str) -> SignedIn:
        if name not in CAST:
            raise AttributeError(name)
        return viewer(User.objects.get(email=f"{name}@ashgrove.example"))

    @property
    def link(self) -> SignedIn:
        return viewer(User.objects.get(name="Brightgas job sheet"))

    def acting(self, name: str) -> AbstractContextManager[None]:
        return acting_as(getattr(self, name))

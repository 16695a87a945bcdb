"""The home a request names."""

import uuid

from hearth.api.door import Asked
from hearth.api.house import Wrong
from hearth.housing.queries import AHome, home
from hearth.housing.terms import NoSuchHome


def home_meant(request: Asked, public_id: uuid.UUID | None) -> AHome | None:
    """The home of this id, or none where none was named. That one is not ours tells nothing about anybody."""
    if public_id is None:
        return None
    try:
        return home(request.viewer, public_id)
    except NoSuchHome:
        raise Wrong("home", "We have no home of this id. Find it with `find_homes`, or leave it out.") from None

"""Who works here, as the API names them: by their public id, never by the number inside."""

import uuid

from hearth.access import clock
from hearth.access.terms import InACircle, Viewer
from hearth.api.house import Wrong
from hearth.cases.planned import TEAM
from hearth.concerns.terms import NothingCalled
from hearth.organisation.queries import colleagues
from hearth.organisation.terms import Part
from hearth.people.queries import Somebody, person_in
from hearth.people.terms import NoSuchPerson

WATCHERS = (*TEAM, Part.TRIAGE)


def colleague_id(public_id: uuid.UUID, where: str, parts: tuple[Part, ...] = TEAM) -> int:
    """The colleague meant, among those who hold a post that may do it."""
    found = next((each for each in colleagues(parts, at=clock.now()) if each.public_id == public_id), None)
    if found is None:
        raise Wrong(where, "Send the id of a colleague who may do this; see `colleagues`.")
    return found.id


def somebody_in(viewer: Viewer, record: InACircle, public_id: uuid.UUID, where: str = "person") -> Somebody:
    """Somebody in a record that was found before, or a field that cannot be kept."""
    try:
        return person_in(viewer, record, public_id)
    except NoSuchPerson as attempt:
        missing = "There is nobody of this id in this record."
        raise NothingCalled(where, missing, attempt=attempt, asked_for=public_id) from None

"""A concern or a case, where an act is the same for both."""

import uuid
from typing import Protocol

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.pathway.people_in_records import AboutPeople

CONCERN, CASE = "concern", "case"
READS = {CONCERN: Act.READ_CONCERN, CASE: Act.READ_CASE}


class Record(AboutPeople, Protocol):
    """What both have."""

    @property
    def reference(self) -> str: ...
    @property
    def home_id(self) -> int | None: ...
    @property
    def restricted(self) -> bool: ...


def record_for(viewer: Viewer, kind: str, public_id: uuid.UUID, *, act: Act) -> Record:
    """The record, for whoever reads it and may do this in it; hidden and missing answer alike."""
    found: Record = case_for(viewer, public_id) if kind == CASE else concern_for(viewer, public_id)
    check(viewer, act, found)
    return found

"""A worker says that he knows somebody in a record, and is shut out; a lead ends an exclusion that no longer holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from hearth.access.models import Exclusion
from hearth.access.operations import declare_exclusion
from hearth.access.terms import Viewer
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.notices import notify
from hearth.outbound.queries.on_call import leads, shut_to
from hearth.outbound.terms import NoticeWords
from hearth.pathway.people_in_records import AboutPeople
from hearth.people import operations as people
from hearth.people.models import Person
from hearth.people.queries import who_is_who
from hearth.timescales.operations import happened


@dataclass(frozen=True)
class Ended:
    """An exclusion as the ledger knows it: of nobody's circle, so that no record tells of it."""

    ledger_kind: ClassVar[str] = "exclusion"
    id: int
    circle_id: int | None = None


@transaction.atomic
def declare_conflict(about: AboutPeople, person: Person, *, why: str, by: Viewer, at: datetime) -> None:
    """Say that one knows somebody in this record. It is shut at once, and the leads are told so that work goes on."""
    if not why.strip():
        raise NotPossible("Write how you know this person, in a few words.")
    happened("person.conflict_declared", about=about, by=by, at=at)
    declare_exclusion(user_id=by.id, person_id=person.pk, why=why, by=by, at=at)
    _tell_the_leads(about, "conflict", by=by, at=at)


@transaction.atomic
def declare_conflict_unnamed(about: AboutPeople, *, by: Viewer, at: datetime) -> None:
    """Say that one knows somebody in a record that names nobody yet: the leads are told, and let somebody else go on.

    An exclusion needs a person, so nothing is shut. How one knows whom is for the leads' ears: everybody in the record
    reads its chronology.
    """
    if who_is_who(by, about):
        raise NotPossible("Select whom you know.")
    happened("person.conflict_declared", about=about, by=by, at=at)
    _tell_the_leads(about, "conflict-unnamed", by=by, at=at)


def _tell_the_leads(about: AboutPeople, key: str, *, by: Viewer, at: datetime) -> None:
    """Those leads from whom the record is not shut, and never whoever says it."""
    never = shut_to(about.circle_id)
    for lead in leads(at):
        if lead.pk not in never and lead.pk != by.id:
            notify(
                lead.pk, NoticeWords.CONFLICT_DECLARED, key=f"{key}:{by.id}:{about.circle_id}:{lead.pk}", at=at,
                about_kind=about.ledger_kind, about=about.public_id, circle=about.circle_id,
            )  # fmt: skip


@transaction.atomic
def end_exclusion(exclusion: Exclusion, *, by: Viewer, at: datetime) -> None:
    """End somebody's exclusion: what it alone shut opens again."""
    people.end_exclusion(exclusion, by=by, at=at)
    happened("exclusion.ended", about=Ended(exclusion.pk), by=by, at=at)

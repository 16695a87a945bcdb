"""The concern or case whose people are shown or recorded."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.terms import Act
from hearth.ledger.operations import record_read
from hearth.pathway.people_in_records import AboutPeople
from hearth.pathway.records import record_for
from hearth.people.queries import Somebody, person_in
from hearth.web.acting import Done
from hearth.web.middleware import Page

CONCERN, CASE = "concern", "case"


@dataclass(frozen=True)
class Record:
    """A concern or case as the pages of its people need it."""

    kind: str
    public_id: UUID
    reference: str
    about: AboutPeople
    home_id: int | None
    restricted: bool

    @property
    def page(self) -> str:
        """The record's own page."""
        return reverse(self.kind, kwargs={"public_id": self.public_id})

    def page_of(self, name: str, person: UUID | None = None) -> str:
        """One of the pages about the people in it."""
        more = {"person": person} if person else {}
        return reverse(f"{self.kind}_{name}", kwargs={"public_id": self.public_id, **more})


def record_of(request: Page, kind: str, public_id: UUID, act: Act) -> Record:
    """The record, for whoever may do this in it; hidden and missing answer alike."""
    about = record_for(request.viewer, kind, public_id, act=act)
    return Record(kind, public_id, about.reference, about, about.home_id, about.restricted)


def looked(request: Page, record: Record, people: list[int]) -> None:
    """Keep that people in a record were shown."""
    ids = [(record.kind, record.about.id), *(("person", one) for one in people)]
    record_read("people.read", about=record.about, ids=ids, durable=record.restricted)


def about_somebody(
    request: Page,
    kind: str,
    public_id: UUID,
    person: UUID,
) -> tuple[Record, Somebody]:
    """The record and somebody in it, for whoever may record what it says about him."""
    record = record_of(request, kind, public_id, Act.KEEP_PEOPLE)
    found = person_in(request.viewer, record.about, person)
    looked(request, record, [found.pk])
    return record, found


def shut_out() -> Done:
    """What somebody is told whose act shut the record, perhaps to himself, and where he goes."""
    said = _(
        "Kept. Somebody in this record works with us or is close to a colleague, so it is now restricted. "
        "The leads are told. If you no longer see it, they go on with it."
    )
    return Done(said, reverse("home"))

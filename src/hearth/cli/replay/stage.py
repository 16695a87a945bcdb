"""Who is on stage, and what the story calls the records that came of it."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn, viewer
from hearth.cases import queries as cases
from hearth.cli.replay.files import Given, Written
from hearth.cli.replay.filling import NotThere
from hearth.cli.replay.founding import address
from hearth.concerns import queries as concerns
from hearth.concerns.links import link_carrying, make_link
from hearth.housing import queries as housing
from hearth.housing.imports.files import read_register
from hearth.housing.imports.operations import import_register
from hearth.housing.imports.terms import SheetKind
from hearth.organisation.queries import user_called
from hearth.partners.queries import referral_for
from hearth.people import queries as people
from hearth.people.terms import NoSuchPerson

COLUMNS = ("home reference", "kind", "address line 1", "town", "postcode", "company")
BEGINS = datetime(2020, 2, 1, tzinfo=UTC)


@contextmanager
def acting(by: SignedIn) -> Iterator[None]:
    """One person's turn: a transaction under their identity, as a page is."""
    with acting_as(by), transaction.atomic():
        yield


@dataclass
class Stage:
    """What the acts of one story share. Records are looked up anew by whoever acts, so need to know always counts."""

    people: Mapping[str, SignedIn]
    secrets: Mapping[str, str]
    homes: Mapping[str, uuid.UUID]
    called: dict[str, tuple[str, uuid.UUID]] = field(default_factory=dict)
    keys: dict[str, uuid.UUID] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)

    def record(self, name: str) -> tuple[str, uuid.UUID]:
        """What the story calls something: its kind and id."""
        if name not in self.called:
            raise NotThere(f"nothing is called “{name}” yet")
        return self.called[name]

    def person(self, name: str) -> SignedIn:
        """Somebody of the cast."""
        if name not in self.people:
            raise NotThere(f"nobody in the cast is called “{name}”")
        return self.people[name]

    def person_id(self, name: str) -> int:
        """Somebody the story has put down in a record."""
        if name not in self.persons:
            raise NotThere(f"nobody called “{name}” has been put down in a record yet")
        return self.persons[name]

    def somebody(self, by: SignedIn, name: str) -> Any:
        """Somebody a record names, as this viewer's own queries give him."""
        number = self.person_id(name)
        found = people.persons(by, [number])
        if number not in found:
            raise NoSuchPerson
        return found[number]

    def find(self, by: SignedIn, name: str) -> Any:
        """The record as this viewer's own queries give it. `Any` because ways in may not name another app's models."""
        kind, public_id = self.record(name)
        find: dict[str, Callable[[SignedIn, uuid.UUID], Any]] = {
            "concern": concerns.concern_for,
            "case": cases.case_for,
            "referral": referral_for,
            "hazard": housing.hazard,
        }
        return find[kind](by, public_id)

    def home(self, by: SignedIn, reference: str) -> Any:
        """A home by the landlord's reference."""
        if reference not in self.homes:
            raise NotThere(f"no home has the reference “{reference}”")
        return housing.home(by, self.homes[reference])


@dataclass(frozen=True)
class Doing:
    """One act with everything its performer needs."""

    stage: Stage
    by: SignedIn
    written: Written

    @property
    def at(self) -> datetime:
        return self.written.at

    @property
    def given(self) -> Given:
        return self.written.given

    def about(self) -> Any:
        """The record the act is about."""
        name = self.given.get("about")
        if not isinstance(name, str):
            raise NotThere("about is missing: the record it is done to")
        return self.stage.find(self.by, name)

    def call(self, kind: str, public_id: uuid.UUID, reference: str = "") -> None:
        """Remember what came of it under the name the story gives it."""
        name = self.given.get("called")
        if isinstance(name, str):
            self.stage.called[name] = (kind, public_id)
            self.stage.references[name] = reference


def set_up(cast: list[Given], homes: list[Given]) -> Stage:
    """The people as viewers, their links made, the homes imported by whoever keeps the register."""
    people = {
        str(each["name"]): viewer(user_called(address(str(each["name"]))))
        for each in cast
        if each.get("kind") != "link"
    }
    secrets: dict[str, str] = {}
    for each in cast:
        if each.get("kind") == "link":
            name = str(each["name"])
            keeper = _holder(people, "lead")
            with acting(keeper):
                _, secrets[name] = make_link(name, by=keeper, at=BEGINS)
                link = link_carrying(secrets[name], at=BEGINS)
                if link is not None:
                    people[name] = viewer(link.acts_as)
    return Stage(people, secrets, _imported(_holder(people, "register_keeper"), homes) if homes else {})


def _holder(people: Mapping[str, SignedIn], part: str) -> SignedIn:
    for person in people.values():
        if part in {each.value for each in person.parts}:
            return person
    raise NotThere(f"nobody in the cast plays the part {part}, which this story needs")


def _imported(keeper: SignedIn, homes: list[Given]) -> dict[str, uuid.UUID]:
    rows = [
        f'{each["reference"]},home,"{each["address"]}",{each["town"]},{each["postcode"]},"{each.get("company", "")}"'
        for each in homes
    ]
    sheet = "\n".join([",".join(COLUMNS), *rows]).encode()
    with acting(keeper):
        import_register(read_register({SheetKind.HOMES: sheet}, BEGINS.date()), by=keeper, at=BEGINS)
        return {
            str(each["reference"]): housing.find_home(keeper, str(each["reference"]))[0].public_id for each in homes
        }

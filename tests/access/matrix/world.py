"""The rows of the matrix stand for records; these are they. One provider, told through the real operations, once.

Every record says who may know of it and which part they play in it, because the story made it so: what the matrix
expects is worked out from that and from WHO_MAY, never asked of the code under test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from access.matrix.people import of_the_cast
from access.matrix.record import Filled, Record
from access.matrix.story import Cast, Story
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.organisation.models import Post, Proposal, User
from hearth.organisation.operations import add_user, answer, appoint, propose, switch_off
from hearth.organisation.terms import UserKind
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import LOCAL, local_day
from housing.estate import let, make_home
from on_duty import rota
from people.records import tenant


@dataclass(frozen=True)
class World:
    records: Mapping[str, Record]
    secret: str  # what a reporting link carries
    waiting: str  # the reference of a concern that waits
    decided: str  # and of one that was decided on
    ids: Mapping[str, int]  # of people, for forms that choose somebody
    arguments: Mapping[str, object]  # what stands in an address beside the record
    forms: dict[tuple[str, str], Filled] = field(default_factory=dict)  # of an address and a record, as filled in

    def soon(self, name: str) -> Filled:
        """A day within the next weeks, as the three boxes of a form send it."""
        return _in_boxes(name, local_day(now() + timedelta(days=20)))

    def today(self, name: str) -> Filled:
        """Today, where a day before the record began is refused as well as one to come."""
        return _in_boxes(name, local_day(now()))


def _in_boxes(name: str, day: date) -> Filled:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def built() -> World:
    """Build it, committed, in the database Django is pointed at."""
    at = office_hours()
    _three_more(at)
    cast = Cast()
    rota(cast, ("lead", 1), ("deputy", 2), start=at - timedelta(hours=1), hours=24 * 30)
    with transaction.atomic():
        home = make_home(cast.register_keeper, "4 Juniper Court", reference="H-4")
        person = tenant(cast.register_keeper, "Declan Heath", "P-4")
        let(cast.register_keeper, home, person, reference="T-4")
    story = Story(cast, at, home, person)
    records = story.told()
    ids = {name: getattr(cast, name).id for name in ("worker", "owner", "lead")}
    return World(
        records,
        story.secret,
        story.reference(records["waiting"].public_id),
        story.reference(story.decided),
        ids,
        {
            "person": person.public_id,
            "channel": "phone",
            "key": "triage",
            "kind": "limit",
            "which": "case.target",
            "name": "manchester-2025",
            "number": 1,
            "concern": story.joined,
        },
    )


def office_hours() -> datetime:
    """Noon of a working day some days ago: by night more rings, and whoever is rung sees more."""
    at, days = (now() - timedelta(days=3)).astimezone(LOCAL).replace(hour=12), WorkingCalendar()
    while not days.is_working(at.date()):
        at -= timedelta(days=1)
    return at


def _three_more(at: datetime) -> None:
    administrator, lead = of_the_cast("administrator"), of_the_cast("lead")
    with acting_as(administrator), transaction.atomic():
        leaver = add_user(email="leaver@ashgrove.example", name="Leaver", kind=UserKind.EMPLOYEE)
        switch_off(leaver, at=at)
    for name, post in (("colleague", "case-worker"), ("other_worker", "case-worker"), ("guest", "")):
        with acting_as(administrator), transaction.atomic():
            user = add_user(
                email=f"{name}@ashgrove.example", name=name.replace("_", " ").title(), kind=UserKind.EMPLOYEE
            )
            asked = _asked_for(user, post, at) if post else None
        if asked:
            with acting_as(lead), transaction.atomic():
                answer(asked, agreed=True, answered_by=lead.id, at=at)
                appoint(user, asked.post, starts_at=asked.starts_at)
    with acting_as(administrator), transaction.atomic():
        _asked_for(User.objects.get(name="Guest"), "champion", at)


def _asked_for(user: User, post: str, at: datetime) -> Proposal:
    return propose(
        user, Post.objects.get(key=post), starts_at=at - timedelta(days=365), ends_at=None, is_cover=False,
        asked_by=of_the_cast("administrator").id, at=at,
    )  # fmt: skip

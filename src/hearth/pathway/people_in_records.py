"""Who is in a concern or case, told to the ledger. A record about a colleague's own is shut to all but the leads."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from django.db import connection, transaction

from hearth.access.terms import Part, Viewer
from hearth.organisation.queries import people_in_parts
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.notices import notify
from hearth.outbound.queries.on_call import shut_to
from hearth.outbound.terms import NoticeWords
from hearth.pathway.ages import require_age
from hearth.people import operations as people
from hearth.people.models import Person, Relationship, Role
from hearth.people.queries import is_close_to_staff
from hearth.people.terms import (
    Asked,
    Birth,
    Capacity,
    Channel,
    ContactRule,
    Hours,
    Interpreter,
    PartPlayed,
    Source,
    Tie,
)
from hearth.timescales.operations import happened


class AboutPeople(Protocol):
    """A concern or case in which people play their parts."""

    ledger_kind: ClassVar[str]

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> uuid.UUID: ...
    @property
    def circle_id(self) -> int: ...


@dataclass(frozen=True)
class Put:
    """Somebody was put into a record. `is_shut`: it is now for the leads and its own team alone."""

    role: Role
    is_shut: bool


@transaction.atomic
def put_person(about: AboutPeople, person: Person, part: PartPlayed, *, by: Viewer, at: datetime) -> Put:
    """Say which part somebody of the register plays, and restrict the record where he is close to a colleague."""
    require_age(about, person.birth, part, field="part", at=at)
    role = people.add_role(about, person, part, by=by, at=at)
    facts = {"part": part.value, "from_register": person.from_register}
    happened("person.added", about=about, by=by, at=at, facts=facts)
    return Put(role, is_shut=keep_from_colleagues(about, [person.pk], by=by, at=at))


@transaction.atomic
def put_known_person(
    about: AboutPeople,
    *,
    name: str,
    known_as: str,
    birth: Birth,
    part: PartPlayed,
    by: Viewer,
    at: datetime,
    key: uuid.UUID,
) -> Put:
    """Somebody known only from this record, with the part he plays in it."""
    require_age(about, birth, part, field="part", at=at)
    role = people.add_known_person(about, name=name, known_as=known_as, birth=birth, part=part, by=by, at=at, key=key)
    if role.recorded_at == at:
        happened("person.added", about=about, by=by, at=at, facts={"part": part.value, "from_register": False})
    return Put(role, is_shut=False)


@transaction.atomic
def change_part(about: AboutPeople, role: Role, part: PartPlayed, *, by: Viewer, at: datetime) -> Role:
    """End one part somebody plays and begin another."""
    require_age(about, role.person.birth, part, field="becomes", at=at)
    begun = people.change_part(role, part, by=by, at=at)
    facts = {"part": part.value, "before": role.part}
    happened("person.part_changed", about=about, by=by, at=at, facts=facts)
    return begun


@transaction.atomic
def say_part_was_wrong(about: AboutPeople, role: Role, *, why: str, by: Viewer, at: datetime) -> None:
    """Say that a part was put down for the wrong person."""
    people.mark_role_wrong(role, by=by, at=at)
    happened("person.part_wrong", about=about, by=by, at=at, facts={"part": role.part}, why=why)


@transaction.atomic
def say_relationship(
    about: AboutPeople, person: Person, tie: Tie, other: Person, *, by: Viewer, at: datetime, since: date | None = None
) -> bool:
    """Say what two people are to each other; whether the record is shut because one of them is close to a colleague."""
    people.relate(about, person, tie, other, by=by, at=at, since=since)
    happened("person.related", about=about, by=by, at=at, facts={"tie": tie.value})
    return keep_from_colleagues(about, [person.pk, other.pk], by=by, at=at)


@transaction.atomic
def end_relationship(about: AboutPeople, tie_id: int, *, until: date, by: Viewer, at: datetime) -> None:
    """Say since when two people in a record are no longer that to each other."""
    row = Relationship.objects.select_for_update().filter(pk=tie_id, circle_id=about.circle_id, until=None).first()
    if row is None:
        raise NotPossible("This has been ended already.")
    if until > at.date():
        raise NotPossible("The day you entered lies in the future.", field="until")
    people.end_relationship(row, until=until, version=row.version, by=by)
    happened("person.tie_ended", about=about, by=by, at=at, facts={"tie": row.tie})


@transaction.atomic
def say_who_lives_there(
    about: AboutPeople,
    household_id: int,
    person: Person,
    *,
    visits_only: bool,
    since: date | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Say that somebody lives in or visits a household, as this record has it."""
    people.say_who_lives_there(about, household_id, person, visits_only=visits_only, since=since, by=by, at=at)
    happened("person.placed", about=about, by=by, at=at, facts={"visits_only": visits_only})


@transaction.atomic
def keep_wish(
    about: AboutPeople,
    person: Person,
    *,
    asked: Asked,
    words: str,
    said_at: datetime,
    told_by: Source,
    by: Viewer,
    at: datetime,
    key: uuid.UUID,
) -> None:
    """Keep what somebody wishes, word for word, or why nobody knows."""
    wish = people.record_wish(
        about, person, words=words, said_at=said_at, told_by=told_by, asked=asked, by=by, at=at, idempotency_key=key
    )
    if wish.recorded_at == at:
        facts = {"asked": asked.value, "told_by": told_by.value}
        happened("person.wish_recorded", about=about, by=by, at=at, facts=facts)


@transaction.atomic
def keep_safe_contact(
    about: AboutPeople,
    person: Person,
    channel: Channel,
    rule: ContactRule,
    *,
    by: Viewer,
    at: datetime,
    hours: Hours | None = None,
    value: str = "",
    code_word: str = "",
    replaces: int | None = None,
) -> None:
    """Say whether one way to reach somebody is safe. Where and how stays sealed, also in the ledger."""
    people.set_safe_contact(
        about, person, channel, rule, by=by, at=at, hours=hours, value=value, code_word=code_word, replaces=replaces
    )
    facts = {"channel": channel.value, "rule": rule.value}
    happened("person.safe_contact_set", about=about, by=by, at=at, facts=facts)


@transaction.atomic
def keep_needs(
    about: AboutPeople,
    person: Person,
    *,
    language: str,
    interpreter: Interpreter,
    needs: str,
    replaces: int | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Keep in which language and with what help somebody is spoken to."""
    people.record_needs(
        about, person, language=language, interpreter=interpreter, needs=needs, replaces=replaces, by=by, at=at
    )
    happened("person.needs_recorded", about=about, by=by, at=at, facts={"interpreter": interpreter.value})


@transaction.atomic
def keep_capacity(
    about: AboutPeople,
    person: Person,
    *,
    decision: str,
    outcome: Capacity,
    why: str,
    help_given: str,
    best_interests: str,
    assessed_on: date,
    assessed_by: str,
    by: Viewer,
    at: datetime,
    key: uuid.UUID,
) -> None:
    """Keep whether somebody could make one decision at one time."""
    kept = people.record_capacity(
        about, person, decision=decision, outcome=outcome, why=why, help_given=help_given,
        best_interests=best_interests, assessed_on=assessed_on, assessed_by=assessed_by, by=by, at=at, key=key,
    )  # fmt: skip
    if kept.recorded_at == at:
        happened("person.capacity_recorded", about=about, by=by, at=at, facts={"outcome": outcome.value})


@transaction.atomic
def keep_from_colleagues(about: AboutPeople, people_ids: Iterable[int], *, by: Viewer, at: datetime) -> bool:
    """Restrict the record where one of these people works with us or is close to a colleague, and tell its holders.

    The leads get their place before any post loses its own, so that nobody is left without the record; where every
    lead is close to the person, the post for allegations about leads gets it. Row security shuts the colleague himself
    out in the same transaction.
    """
    if not any(is_close_to_staff(one) for one in people_ids):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select hearth.wall_off(%s, %s)", [about.circle_id, at])
        (holders,) = cursor.fetchone()
    if holders is None:
        return False
    happened("person.record_restricted", about=about, by=by, at=at)
    never = shut_to(about.circle_id)
    for user_id, _ in people_in_parts([Part(holder) for holder in holders], at=at):
        if user_id not in never:
            notify(
                user_id, NoticeWords.RECORD_RESTRICTED, key=f"restricted:{about.circle_id}:{user_id}", at=at,
                about_kind=about.ledger_kind, about=about.public_id, circle=about.circle_id,
            )  # fmt: skip
    return True

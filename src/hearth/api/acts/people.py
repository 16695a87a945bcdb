"""Who is in a record: the parts they play, what they are to one another, where they live, and whom a worker knows."""

import uuid

from django.utils import timezone
from ninja.responses import Status

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.terms import Act
from hearth.api.acts.of_records import of_records
from hearth.api.acts.people_here import somebody_in
from hearth.api.door import Asked
from hearth.api.house import Wrong, one_key
from hearth.api.once import IdempotencyKey
from hearth.api.shapes import in_record
from hearth.api.shapes import people as shapes
from hearth.api.shown import people as shown
from hearth.concerns.terms import NothingCalled
from hearth.housing.households import household_now
from hearth.ledger.operations import record_read
from hearth.pathway import people_in_records as acts
from hearth.pathway.conflicts import declare_conflict, declare_conflict_unnamed
from hearth.pathway.records import Record
from hearth.people.queries import Somebody, person, role_of, ties_to_end, who_is_who
from hearth.people.terms import Birth, NoSuchPerson

TAG = "People in a record"
KEEP = Act.KEEP_PEOPLE


@of_records("GET", "/people", Act.READ_PEOPLE, gives={200: in_record.People}, tag=TAG)
def read_people(request: Asked, record: Record) -> in_record.People:
    """Everybody in the record: the parts they play, their wishes, how to reach and speak with them, decisions."""
    people = who_is_who(request.viewer, record)
    ids = [(record.ledger_kind, record.id), *(("person", each.id) for each in people)]
    record_read("people.read", about=record, ids=ids, durable=record.restricted)
    return in_record.People(people=shown.in_record(request.viewer, record, people))


@of_records("POST", "/people", KEEP, gives={201: shapes.PutIn}, tag=TAG)
def put_person(
    request: Asked, record: Record, putting: shapes.PuttingIn, idempotency_key: IdempotencyKey
) -> Status[shapes.PutIn]:
    """Put somebody into the record with the part they play there. Close to a colleague, it is restricted."""
    by, at, key = request.viewer, clock.now(), one_key(putting.key, idempotency_key)
    if (putting.person is None) is not bool(putting.name):
        raise Wrong("person", "Send either `person`, their id in the register, or `name`.")
    if putting.person is not None:
        put = acts.put_person(record, _registered(request, putting.person), putting.part, by=by, at=at)
    else:
        age = putting.age
        seen = Birth(age_about=age, age_seen_on=at.date()) if age is not None else Birth()
        put = acts.put_known_person(
            record, name=putting.name, known_as=putting.known_as, birth=seen, part=putting.part, by=by, at=at, key=key
        )
    return Status(201, shapes.PutIn(person=put.role.person.public_id, is_restricted=put.is_shut))


@of_records("POST", "/people/part", KEEP, gives={204: None}, tag=TAG)
def change_part(request: Asked, record: Record, changing: shapes.ChangingPart) -> Status[None]:
    """Say that somebody plays another part now, or that a part was put down for the wrong person."""
    by, at = request.viewer, clock.now()
    who = somebody_in(by, record, changing.person)
    try:
        role = role_of(by, record, who, changing.part)
    except NoSuchPerson:
        raise Wrong("part", "They do not play this part now.") from None
    if changing.becomes is not None:
        acts.change_part(record, role, changing.becomes, by=by, at=at)
    elif changing.why:
        acts.say_part_was_wrong(record, role, why=changing.why, by=by, at=at)
    else:
        raise Wrong("why", "Write why it was wrong, or send `becomes`.")
    return Status(204, None)


@of_records("POST", "/people/ties", KEEP, gives={201: shapes.Tied}, tag=TAG)
def relate(request: Asked, record: Record, tying: shapes.Tying) -> Status[shapes.Tied]:
    """Say what somebody is to somebody else in the record. Close to a colleague, it is restricted."""
    by = request.viewer
    who, other = somebody_in(by, record, tying.person), somebody_in(by, record, tying.other, "other")
    is_shut = acts.say_relationship(record, who, tying.tie, other, since=tying.since, by=by, at=clock.now())
    return Status(201, shapes.Tied(is_restricted=is_shut))


@of_records("POST", "/people/ties/end", KEEP, gives={204: None}, tag=TAG)
def end_tie(request: Asked, record: Record, ending: shapes.EndingTie) -> Status[None]:
    """Say since when somebody is no longer that to somebody else. Whoever was close stays shut out."""
    by = request.viewer
    who, other = somebody_in(by, record, ending.person), somebody_in(by, record, ending.other, "other")
    ties = ties_to_end(by, record, who)
    tie = next((each for each in ties if each.other_id == other.pk and each.tie == ending.tie), None)
    if tie is None:
        raise Wrong("tie", "This record does not say that of them now.")
    acts.end_relationship(record, tie.id, until=ending.until, by=by, at=clock.now())
    return Status(204, None)


@of_records("POST", "/people/household", KEEP, gives={204: None}, tag=TAG, needs=(Act.SEARCH_REGISTER,))
def place_person(request: Asked, record: Record, placing: shapes.Placing) -> Status[None]:
    """Say that somebody lives in or visits the household of the record's home. The register is not changed by it."""
    by, at = request.viewer, clock.now()
    check(by, Act.SEARCH_REGISTER)
    today = timezone.localdate(at)
    household = household_now(by, record.home_id, on=today) if record.home_id is not None else None
    if household is None:
        raise Wrong("body", "This record has no home that the register knows a household of.")
    who = somebody_in(by, record, placing.person)
    acts.say_who_lives_there(
        record, household, who, visits_only=placing.visits_only, since=placing.since, by=by, at=at
    )  # fmt: skip
    return Status(204, None)


@of_records("POST", "/conflicts", Act.DECLARE_CONFLICT, gives={204: None}, tag=TAG)
def say_one_knows(request: Asked, record: Record, knowing: shapes.Knowing) -> Status[None]:
    """Say that the token's owner knows somebody in this record. It is shut to them at once, and the leads are told."""
    if knowing.person is None:
        declare_conflict_unnamed(record, by=request.viewer, at=clock.now())
        return Status(204, None)
    who = somebody_in(request.viewer, record, knowing.person)
    declare_conflict(record, who, why=knowing.why, by=request.viewer, at=clock.now())
    return Status(204, None)


def _registered(request: Asked, public_id: uuid.UUID) -> Somebody:
    try:
        return person(request.viewer, public_id)
    except NoSuchPerson as attempt:
        missing = "There is nobody of this id whom you may know."
        raise NothingCalled("person", missing, attempt=attempt, asked_for=public_id) from None

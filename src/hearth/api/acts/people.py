"""Who is in a record and what it says of them: parts, wishes, safe contact, capacity."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import somebody_in
from hearth.api.door import Asked
from hearth.api.house import IdempotencyKey, Wrong, one_key, operation
from hearth.api.shapes import people as shapes
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.ledger.operations import record_read
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.pathway import people_in_records as acts
from hearth.pathway.people_in_records import AboutPeople
from hearth.people.queries import person
from hearth.people.terms import Birth, ContactRule, Hours, NoSuchPerson

TAG = "People in a record"
CASES, TRIAGE = Scope.CASES_WRITE, Scope.TRIAGE
KEEP = Act.KEEP_PEOPLE


@operation("POST", "/cases/{uuid:case_id}/people", KEEP, CASES, gives={201: shapes.PutIn}, also=(409,), tag=TAG)
def put_person_in_case(
    request: Asked, case_id: uuid.UUID, putting: shapes.PuttingIn, idempotency_key: IdempotencyKey
) -> Status[shapes.PutIn]:
    """Put somebody into a case with the part they play there. Where they are close to a colleague it is restricted."""
    case = case_for(request.viewer, case_id, act=KEEP)
    return _put(request, case, putting, one_key(putting.key, idempotency_key))


@operation("POST", "/concerns/{uuid:concern_id}/people", KEEP, TRIAGE, gives={201: shapes.PutIn}, also=(409,), tag=TAG)
def put_person_in_concern(
    request: Asked, concern_id: uuid.UUID, putting: shapes.PuttingIn, idempotency_key: IdempotencyKey
) -> Status[shapes.PutIn]:
    """Put somebody into a concern with the part they play there. Close to a colleague, it is restricted."""
    concern = concern_for(request.viewer, concern_id, act=KEEP)
    return _put(request, concern, putting, one_key(putting.key, idempotency_key))


def _put(request: Asked, record: AboutPeople, putting: shapes.PuttingIn, key: uuid.UUID) -> Status[shapes.PutIn]:
    by, at = request.viewer, clock.now()
    if (putting.person is None) is not bool(putting.name):
        raise Wrong("person", "Send either `person`, their id in the register, or `name`.")
    try:
        if putting.person is not None:
            put = acts.put_person(record, person(by, putting.person), putting.part, by=by, at=at)
        else:
            age = putting.age
            seen = Birth(age_about=age, age_seen_on=at.date()) if age is not None else Birth()
            put = acts.put_known_person(
                record, name=putting.name, known_as=putting.known_as, birth=seen, part=putting.part, by=by, at=at,
                key=key,
            )  # fmt: skip
    except NoSuchPerson:
        raise Wrong("person", "There is nobody of this id whom you may know.") from None
    except NotPossible as problem:
        raise Wrong("name", str(problem)) from problem
    return Status(201, shapes.PutIn(person=put.role.person.public_id, is_restricted=put.is_shut))


@operation("POST", "/cases/{uuid:case_id}/wishes", KEEP, CASES, gives={204: None}, also=(409,), tag=TAG)
def keep_wish(
    request: Asked, case_id: uuid.UUID, wishing: shapes.Wishing, idempotency_key: IdempotencyKey
) -> Status[None]:
    """Keep what somebody wants, word for word, or why nobody knows. It is added to, never changed."""
    case = case_for(request.viewer, case_id, act=KEEP)
    who = somebody_in(request.viewer, case, wishing.person)
    try:
        acts.keep_wish(
            case, who, asked=wishing.asked, words=wishing.words, said_at=wishing.said_at, told_by=wishing.told_by,
            by=request.viewer, at=clock.now(), key=one_key(wishing.key, idempotency_key),
        )  # fmt: skip
    except NotPossible as problem:
        raise Wrong("words", str(problem)) from problem
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/safe-contact", KEEP, CASES, gives={204: None}, also=(409,), tag=TAG)
def keep_safe_contact(request: Asked, case_id: uuid.UUID, reaching: shapes.ReachingSafely) -> Status[None]:
    """Say whether one way to reach somebody is safe. Where somebody else said so meanwhile, both are answered."""
    case = case_for(request.viewer, case_id, act=KEEP)
    who = somebody_in(request.viewer, case, reaching.person)
    between = reaching.rule is ContactRule.ONLY_BETWEEN and reaching.from_time and reaching.until_time
    hours = Hours(reaching.from_time, reaching.until_time) if between else None  # type: ignore[arg-type]  # both are there
    try:
        acts.keep_safe_contact(
            case, who, reaching.channel, reaching.rule, hours=hours, value=reaching.value,
            code_word=reaching.code_word, replaces=reaching.version, by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except NotPossible as problem:
        raise Wrong("rule", str(problem)) from problem
    except ChangedMeanwhile:
        record_read("people.read", about=case, ids=[("person", who.pk)], durable=case.restricted)
        raise
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/capacity", KEEP, CASES, gives={204: None}, also=(409,), tag=TAG)
def keep_capacity(
    request: Asked, case_id: uuid.UUID, deciding: shapes.DecidingCapacity, idempotency_key: IdempotencyKey
) -> Status[None]:
    """Keep whether somebody could make one decision, and what shows it."""
    case = case_for(request.viewer, case_id, act=KEEP)
    who = somebody_in(request.viewer, case, deciding.person)
    told = deciding.model_dump(exclude={"key", "person"})
    try:
        acts.keep_capacity(
            case, who, **told, by=request.viewer, at=clock.now(), key=one_key(deciding.key, idempotency_key)
        )
    except NotPossible as problem:
        raise Wrong("decision", str(problem)) from problem
    return Status(204, None)

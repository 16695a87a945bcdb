"""What a record says of somebody in it: wishes, safe contact, how to speak with them, capacity."""

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act
from hearth.api.acts.of_records import of_records
from hearth.api.acts.people_here import somebody_in
from hearth.api.door import Asked
from hearth.api.house import one_key
from hearth.api.once import IdempotencyKey
from hearth.api.shapes import people as shapes
from hearth.ledger.operations import record_read
from hearth.organisation.terms import ChangedMeanwhile
from hearth.pathway import people_in_records as acts
from hearth.pathway.records import Record
from hearth.people.queries import Somebody
from hearth.people.terms import ContactRule, Hours

TAG = "People in a record"
KEEP = Act.KEEP_PEOPLE


@of_records("POST", "/wishes", KEEP, gives={204: None}, tag=TAG)
def keep_wish(request: Asked, record: Record, wishing: shapes.Wishing, idempotency_key: IdempotencyKey) -> Status[None]:
    """Keep what somebody wants, word for word, or why nobody knows. It is added to, never changed."""
    who = somebody_in(request.viewer, record, wishing.person)
    acts.keep_wish(
        record, who, asked=wishing.asked, words=wishing.words, said_at=wishing.said_at, told_by=wishing.told_by,
        by=request.viewer, at=clock.now(), key=one_key(wishing.key, idempotency_key),
    )  # fmt: skip
    return Status(204, None)


@of_records("POST", "/safe-contact", KEEP, gives={204: None}, tag=TAG)
def keep_safe_contact(request: Asked, record: Record, reaching: shapes.ReachingSafely) -> Status[None]:
    """Say whether one way to reach somebody is safe. Where somebody else said so meanwhile, both are answered."""
    who = somebody_in(request.viewer, record, reaching.person)
    try:
        acts.keep_safe_contact(
            record, who, reaching.channel, reaching.rule, hours=_hours(reaching), value=reaching.value,
            code_word=reaching.code_word, replaces=reaching.version, by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        _looked(record, who)
        raise
    return Status(204, None)


@of_records("POST", "/needs", KEEP, gives={204: None}, tag=TAG)
def keep_needs(request: Asked, record: Record, speaking: shapes.Speaking) -> Status[None]:
    """Say in which language and with what help somebody is spoken to. Never through family, friends or a child."""
    who = somebody_in(request.viewer, record, speaking.person)
    try:
        acts.keep_needs(
            record, who, language=speaking.language, interpreter=speaking.interpreter, needs=speaking.needs,
            replaces=speaking.version, by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        _looked(record, who)
        raise
    return Status(204, None)


@of_records("POST", "/capacity", KEEP, gives={204: None}, tag=TAG)
def keep_capacity(
    request: Asked, record: Record, deciding: shapes.DecidingCapacity, idempotency_key: IdempotencyKey
) -> Status[None]:
    """Keep whether somebody could make one decision, and what shows it."""
    who = somebody_in(request.viewer, record, deciding.person)
    told, key = deciding.model_dump(exclude={"key", "person"}), one_key(deciding.key, idempotency_key)
    acts.keep_capacity(record, who, **told, by=request.viewer, at=clock.now(), key=key)
    return Status(204, None)


def _hours(reaching: shapes.ReachingSafely) -> Hours | None:
    """The only hours at which contact is safe, where the rule is about hours."""
    if reaching.rule is not ContactRule.ONLY_BETWEEN or reaching.from_time is None or reaching.until_time is None:
        return None
    return Hours(reaching.from_time, reaching.until_time)


def _looked(record: Record, who: Somebody) -> None:
    """Both texts are answered: what somebody else said is read with that."""
    record_read("people.read", about=record, ids=[("person", who.pk)], durable=record.restricted)

"""What leaves: decided first, queued with the act that caused it, sent by the jobs process through one exit."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from hearth.access import identity, keys
from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.sealed import CannotOpen, seal, unseal
from hearth.access.terms import Act, Viewer
from hearth.ledger.operations import record
from hearth.organisation.models import User
from hearth.organisation.terms import NotPossible
from hearth.outbound.gateways import NotSent, SwitchedOff, send_email, send_text
from hearth.outbound.models import Attempt, Decision, Message, Notice
from hearth.outbound.queries.messages import dead_letter
from hearth.outbound.rules import KEPT_AFTERWARDS, MOST_TRIES, next_try
from hearth.outbound.terms import ENCLOSING, Channel, DeadLetter, DecisionKind, State, Words
from hearth.outbound.words import body, subject

ADDRESSES = "addresses.key"


@transaction.atomic
def decide(
    *,
    kind: DecisionKind,
    channel: Channel,
    words: Words,
    address: str,
    is_allowed: bool,
    why: str,
    at: datetime,
    to: int | None = None,
    rests_on: tuple[str, int] | None = None,
) -> UUID:
    """Write down that one message may leave to one address, or may not, and the record that rests on."""
    who = _who()
    rests_on_kind, rests_on_id = rests_on or ("", None)
    with as_the_house():
        made = Decision.objects.create(
            kind=kind.value, channel=channel.value, words=words.value, user_id=to, address_digest=_digest(address),
            is_allowed=is_allowed, why=why, rests_on_kind=rests_on_kind, rests_on_id=rests_on_id,
            made_by_id=who, made_at=at,
        )  # fmt: skip
    return made.id


@transaction.atomic
def withdraw(decision: UUID, *, at: datetime) -> None:
    """Take a decision back: a message that still waits will not leave."""
    with as_the_house():
        Decision.objects.filter(pk=decision, withdrawn_at=None).update(withdrawn_at=at)


@transaction.atomic
def queue(
    decision: UUID, *, channel: Channel, words: Words, address: str, key: str, at: datetime,
    to: int | None = None, is_urgent: bool = False, enclosed: str = "",
) -> bool:  # fmt: skip
    """Put a decided message into the outbox, once for each key. Says whether it was put there now."""
    who, made = _who(), uuid4()
    inside = seal(enclosed, table="outbound_message", row=str(made), column="enclosed") if enclosed else None
    row = Message(
        id=made, decision_id=decision, key=key, channel=channel.value, words=words.value, user_id=to,
        address=seal(address, table="outbound_message", row=str(made), column="address"),
        address_digest=_digest(address), enclosed=inside, is_urgent=is_urgent, made_by_id=who, made_at=at,
        next_try_at=at,
    )  # fmt: skip
    with as_the_house():
        if Message.objects.filter(key=key).exists():
            return False
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if Message.objects.filter(key=key).exists():
                return False  # another process was quicker by a moment
            raise
    return True


@transaction.atomic
def tell_staff(
    user_id: int, *, address: str, channel: Channel, words: Words, key: str, at: datetime, is_urgent: bool = False,
    enclosed: str = "",
) -> bool:  # fmt: skip
    """Queue a message without content to a member of staff. Says whether it was queued now."""
    with as_the_house():
        if Message.objects.filter(key=key).exists():
            return False
    decision = decide(
        kind=DecisionKind.STAFF_NOTICE, channel=channel, words=words, address=address, is_allowed=True,
        why="no_content", to=user_id, at=at,
    )  # fmt: skip
    return queue(
        decision, channel=channel, words=words, address=address, key=key, at=at, to=user_id, is_urgent=is_urgent,
        enclosed=enclosed,
    )  # fmt: skip


@transaction.atomic
def send_way_in(user: User, *, link: str, words: Words, key: str, at: datetime) -> bool:
    """Queue the letter that lets somebody set a password, to the address he signs in with and to no other."""
    decision = decide(
        kind=DecisionKind.OWN_ACCOUNT, channel=Channel.EMAIL, words=words, address=user.email, is_allowed=True,
        why="own_address", to=user.pk, at=at,
    )  # fmt: skip
    return queue(
        decision, channel=Channel.EMAIL, words=words, address=user.email, key=key, at=at, to=user.pk,
        is_urgent=True, enclosed=link,
    )  # fmt: skip


@transaction.atomic
def try_again(message: UUID, *, by: Viewer, at: datetime) -> None:
    """Let a message that did not leave be tried anew. One that enclosed something is made anew: that is gone."""
    check(by, Act.SEE_UNSENT)
    dead = dead_letter(by, message)
    if dead.state == State.WITHHELD or Words(dead.words) in ENCLOSING:
        raise NotPossible("This message is not sent again. What to do stands beside it.")
    _take_up(dead, State.WAITING, ended_at=None, next_try_at=at, tries=0, problem="")
    _keep("message.tried_again", dead, at)


@transaction.atomic
def told_by_telephone(message: UUID, *, by: Viewer, at: datetime) -> None:
    """Say that whoever was to read a message has been told by telephone instead."""
    check(by, Act.SEE_UNSENT)
    dead = dead_letter(by, message)
    _take_up(dead, State.TOLD)
    _keep("message.told_by_telephone", dead, at)


def _take_up(dead: DeadLetter, state: State, **more: object) -> None:
    """Only one of two who take a message up at once does so."""
    with as_the_house():
        mine = Message.objects.filter(pk=dead.id, state=dead.state)
        if not mine.update(state=state.value, **more):
            raise NotPossible("Somebody else has taken this message up.")


def _keep(act: str, dead: DeadLetter, at: datetime) -> None:
    record(act, about=None, happened_at=at, facts={"words": dead.words, "who": dead.user_id})


@transaction.atomic
def deliver(*, at: datetime) -> UUID | None:
    """Send the next message that is due. The only way out of the house. None when nothing is due.

    The row stays locked while it is sent: a worker that dies lets go of it, and another sends it again with the same
    Message-ID. So a message leaves at least once, and is written down as sent exactly once.
    """
    due = Message.objects.select_for_update(skip_locked=True).filter(state=State.WAITING, next_try_at__lte=at)
    message = due.order_by("-is_urgent", "next_try_at", "id").first()
    if message is None:
        return None
    if not Decision.objects.filter(pk=message.decision_id, is_allowed=True, withdrawn_at=None).exists():
        _end(message, State.WITHHELD, "decision_withdrawn", at)
        return message.id
    message.tries += 1
    try:
        _send(message)
    except SwitchedOff:
        _end(message, State.SWITCHED_OFF, "channel_off", at)
    except NotSent as problem:
        _note_failure(message, problem, at)
    else:
        Attempt.objects.create(message=message, at=at, was_sent=True)
        _end(message, State.SENT, "", at)
    return message.id


@transaction.atomic
def remove_old(*, at: datetime) -> int:
    """Remove messages that ended and notices that were given weeks ago. The decisions stay. For the jobs process."""
    before = at - KEPT_AFTERWARDS
    Attempt.objects.filter(message__ended_at__lte=before).delete()
    gone, _each = Message.objects.filter(ended_at__lte=before).delete()
    return gone + Notice.objects.filter(at__lte=before).delete()[0]


def _send(message: Message) -> None:
    words = Words(message.words)
    try:
        to = unseal(bytes(message.address), table="outbound_message", row=str(message.id), column="address")
        text = body(words, _enclosed_in(message))
    except CannotOpen:
        raise NotSent("address-does-not-open", for_good=True) from None
    if not hmac.compare_digest(_digest(to), message.address_digest):
        raise NotSent("address-was-changed", for_good=True)
    match Channel(message.channel):
        case Channel.EMAIL:
            send_email(message=message.id, to=to, subject=subject(words), body=text, made_at=message.made_at)
        case Channel.TEXT:
            send_text(message=message.id, to=to, body=text)


def _enclosed_in(message: Message) -> str:
    if message.enclosed is None:
        return ""
    return unseal(bytes(message.enclosed), table="outbound_message", row=str(message.id), column="enclosed")


def _note_failure(message: Message, problem: NotSent, at: datetime) -> None:
    Attempt.objects.create(message=message, at=at, was_sent=False, problem=problem.problem)
    if problem.for_good or message.tries >= MOST_TRIES:
        _end(message, State.FAILED, problem.problem, at)
        return
    message.next_try_at, message.problem = next_try(message.tries, at), problem.problem
    message.save(update_fields=["tries", "next_try_at", "problem"])


def _end(message: Message, state: State, problem: str, at: datetime) -> None:
    message.state, message.problem, message.ended_at, message.enclosed = state.value, problem, at, None
    message.save(update_fields=["state", "problem", "ended_at", "tries", "enclosed"])


def _who() -> int | None:
    viewer = identity.current()
    return viewer.id if viewer and viewer is not identity.HOUSE else None


def _digest(address: str) -> str:
    """Binds a decision to its address without keeping the address: a plain digest of a phone number is guessed."""
    return hmac.new(keys.key(ADDRESSES), address.strip().lower().encode(), hashlib.sha256).hexdigest()

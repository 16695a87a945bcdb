"""What people do with a concern: tell it, add to it, say they are still worried, answer."""

import uuid
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from hearth.access.operations import PlaceInCircle, begin_circle, check, require_identity
from hearth.access.terms import Act, CircleKind, Part, Reach, Viewer
from hearth.concerns.models import Addition, Concern, ReportingLink, Worry
from hearth.concerns.receipts import code_for, digest_of
from hearth.concerns.terms import (
    MAY_MOVE_TO,
    MOST_SHORT,
    MOST_SIGNS,
    MOST_WORDS,
    AlreadyLogged,
    Came,
    Knows,
    NotComplete,
    Place,
    Stage,
    Told,
)
from hearth.housing.models import Home
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.ledger.transactions import all_or_nothing
from hearth.organisation.terms import ChangedMeanwhile
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.timescales.operations import happened


@all_or_nothing
def log_concern(
    told: Told,
    *,
    by: Viewer,
    at: datetime,
    key: uuid.UUID,
    came_by: Came,
    receiver: Part,
    link: ReportingLink | None = None,
    triage_due_at: datetime | None = None,
) -> tuple[Concern, bool]:
    """Keep what was told, in a circle of its own. Returns the concern and whether it is new.

    The same key twice is one concern. `receiver` is the post's part that reads it where it is about somebody who works
    for us: such a concern is restricted before its first word is saved.
    """
    check(by, Act.LOG_CONCERN)
    _complete(told)
    earlier, entity = _logged_before(by, key, told.home_id)
    if earlier is not None:
        if _says_otherwise(earlier, told):
            raise AlreadyLogged
        return earlier, False
    circle, reference = begin_circle(
        CircleKind.CONCERN, "C", restricted=told.is_restricted, places=_places(told, receiver, link, by), by=by, at=at,
        entity=entity or (link.entity_id if link else None),
    )  # fmt: skip
    concern = Concern(
        reference=reference, circle_id=circle, idempotency_key=key, reported_by_id=by.id, link=link, came_by=came_by,
        logged_at=at, restricted=told.is_restricted, triage_due_at=triage_due_at,
        receipt_digest=digest_of(code_for(by.id, key)) if link else "", **_told_columns(told),
    )  # fmt: skip
    return insert(concern), True


def _places(told: Told, receiver: Part, link: ReportingLink | None, by: Viewer) -> list[PlaceInCircle]:
    """Who has a place in a concern's circle from the first: its reporter, and whoever is to read it.

    What is restricted has nobody else, so whoever hears it works on it: a place that may let others in.
    """
    if told.is_restricted:
        reads = PlaceInCircle(Part.WORKS_ON_IT, receiver, why="concern about somebody who works with us")
    else:
        reads = PlaceInCircle(Part.INVITED, Part.INTAKE, why="until triage")
    return [reads] if link else [PlaceInCircle(Part.REPORTED_IT, by.id, Reach.OWN_WORDS), reads]


def _logged_before(by: Viewer, key: uuid.UUID, home_id: int | None) -> tuple[Concern | None, int | None]:
    """The concern of this key, if this sender sent it before, and whose home it is about: one company's of the group.

    Two sendings at once wait for each other here.
    """
    with connection.cursor() as cursor:
        # A link's identity reads nothing back but the very concern whose key it still holds.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0)), set_config('hearth.key', %s, true),"
            " (select entity_id from housing_home where id = %s)",
            [f"{by.id}:{key}", str(key), home_id],
        )
        *_told, entity = cursor.fetchone()
        cursor.execute(
            "select 1 from concerns_concern where reported_by_id = %s and idempotency_key = %s", [by.id, key]
        )
        is_known = cursor.fetchone()
    return (Concern.objects.get(reported_by_id=by.id, idempotency_key=key) if is_known else None), entity


def _complete(told: Told) -> None:
    if not told.noticed.strip():
        raise NotComplete("noticed", "Write what you saw, heard or were told")
    if len(told.noticed) > MOST_WORDS:
        raise NotComplete("noticed", f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    if told.place is Place.HOME and told.home_id is None:
        raise NotComplete("place", "Choose the home, or say that it is somewhere else")
    if told.place is Place.ELSEWHERE and not told.elsewhere.strip():
        raise NotComplete("elsewhere", "Write where it is")
    if told.place is not Place.HOME and told.home_id is not None:
        raise NotComplete("place", "You named a home and said that it is somewhere else. Leave one of the two out")
    if told.place is not Place.ELSEWHERE and told.elsewhere:
        raise NotComplete("elsewhere", "You wrote where it is and chose another answer. Leave one of the two out")
    if len(told.signs) > MOST_SIGNS:
        raise NotComplete("signs", f"Choose at most {MOST_SIGNS} signs")
    if told.agreed and told.knows != Knows.YES:
        raise NotComplete("knows", "Say whether the person knows that you are telling us")
    for name in ("thinks", "did", "wishes"):
        if len(getattr(told, name)) > MOST_WORDS:
            raise NotComplete(name, f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    for name in ("elsewhere", "who", "contact", "something_else", "parent_why_not"):
        if len(getattr(told, name)) > MOST_SHORT:
            raise NotComplete(name, f"Write at most {MOST_SHORT} characters here. Nothing has been cut off.")


def _says_otherwise(earlier: Concern, told: Told) -> bool:
    """Whether any answer differs from the one kept: danger answered yes afterwards must not pass for the same form.

    The home may have been corrected since; it is compared only while nobody has touched the concern.
    """
    columns = _told_columns(told)
    if earlier.version > 1:
        del columns["home_id"]
    return any(getattr(earlier, name) != said for name, said in columns.items())


def _told_columns(told: Told) -> dict[str, object]:
    columns = {name: getattr(told, name) for name in Told.__dataclass_fields__ if name != "about_the_lead"}
    return {**columns, "signs": list(told.signs), "vulnerable": list(told.vulnerable)}


@transaction.atomic
def start_looking(concern: Concern, *, by: Viewer, at: datetime) -> None:
    """Say that somebody is looking at the concern; the reporter sees it. Looking twice changes nothing."""
    check(by, Act.COMPLETE_CONCERN, concern)
    if Stage(concern.stage) is Stage.RECEIVED:
        move(concern, to=Stage.LOOKED_AT, looked_at_by_id=by.id)
        happened("concern.looked_at", about=concern, by=by, at=at)


@transaction.atomic
def add_to_concern(concern: Concern, *, text: str, by: Viewer, at: datetime) -> Addition:
    """Write something more to a concern. What was told first stays as it was."""
    check(by, Act.COMPLETE_CONCERN, concern)
    if not text.strip():
        raise NotComplete("text", "Write what you want to add")
    addition = insert(Addition(circle_id=concern.circle_id, concern=concern, added_by_id=by.id, added_at=at, text=text))
    happened("concern.completed", about=concern, by=by, at=at)
    return addition


@transaction.atomic
def set_home(concern: Concern, home: Home | None, *, why: str, version: int, by: Viewer, at: datetime) -> Addition:
    """Say which home of ours a concern is about, or that it is about none. What was told stays; how one knows is added.

    The record stays with the company it came to, whose policy it has been under from the first.
    """
    check(by, Act.COMPLETE_CONCERN, concern)
    before = concern.home
    if before == home:
        raise NotComplete("home", "The concern is about this home already. Choose another, or leave it as it is.")
    if not why.strip():
        raise NotComplete("why", "Write how you know which home it is")
    if len(why) > MOST_WORDS:
        raise NotComplete("why", f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    if not Concern.objects.filter(pk=concern.pk, version=version).update(home=home, version=F("version") + 1):
        raise _home_changed(concern, home)
    concern.home, concern.version = home, version + 1
    addition = insert(Addition(
        circle_id=concern.circle_id, concern=concern, added_by_id=by.id, added_at=at, text=why, home=home,
        home_before=before,
    ))  # fmt: skip
    facts: dict[str, Fact] = {"ours": home is not None, "corrected": before is not None}
    happened("concern.home_set", about=concern, by=by, at=at, facts=facts, why=why)
    return addition


def _home_changed(concern: Concern, home: Home | None) -> ChangedMeanwhile:
    now_there = Concern.objects.select_related("home").get(pk=concern.pk)
    theirs, yours = (each.address if each else "" for each in (now_there.home, home))
    return ChangedMeanwhile(theirs={"home": theirs}, yours={"home": yours}, version=now_there.version)


@transaction.atomic
def still_worried(concern: Concern, *, why: str, by: Viewer, at: datetime, key: uuid.UUID) -> Worry:
    """Say that one is still worried. It goes to a lead who did not decide, with a clock of its own."""
    if concern.link_id is None or concern.reported_by_id != by.id:  # else PostgreSQL asks for the receipt's key
        check(by, Act.STILL_WORRIED, concern)
    require_identity(by)
    if not why.strip():
        raise NotComplete("why", "Write in a sentence what still worries you")
    earlier = Worry.objects.filter(raised_by_id=by.id, idempotency_key=key).first()
    if earlier is not None:
        return earlier
    worry = insert(
        Worry(
            circle_id=concern.circle_id, concern=concern, idempotency_key=key, raised_by_id=by.id, raised_at=at, why=why
        )
    )
    happened("concern.still_worried", about=concern, by=by, at=at)
    return worry


@transaction.atomic
def answer_worry(worry: Worry, *, answer: str, by: Viewer, at: datetime, decided_by: frozenset[int]) -> None:
    """Answer a reporter who is still worried. `decided_by` are those who decided: none of them may answer."""
    check(by, Act.ANSWER_WORRY, worry)
    if by.id in decided_by:
        raise NotComplete("answer", "You decided on this concern, so another lead must answer")
    if not answer.strip():
        raise NotComplete("answer", "Write your answer")
    done = Worry.objects.filter(pk=worry.pk, answered_at=None).update(
        answered_by_id=by.id, answered_at=at, answer=answer
    )
    if not done:
        raise NotComplete("answer", "Somebody has already answered this")
    happened("concern.worry_answered", about=worry.concern, by=by, at=at)
    take_as_read(worry.public_id, NoticeWords.STILL_WORRIED, at=at)
    if worry.concern.link_id is None:  # whoever came by a link reads it with the code of his receipt
        notify(
            worry.raised_by_id, NoticeWords.FEEDBACK, key=f"worry-answered:{worry.public_id}", at=at,
            circle=worry.circle_id,
        )  # fmt: skip


def move(concern: Concern, *, to: Stage, **columns: object) -> None:
    """Move a concern on. The table of moves decides; a concern moved meanwhile by somebody else is not moved."""
    if to not in MAY_MOVE_TO[Stage(concern.stage)]:
        raise NotComplete("stage", "Somebody has already decided on this concern")
    moved = Concern.objects.filter(pk=concern.pk, version=concern.version).update(
        stage=to, version=F("version") + 1, **columns
    )
    if not moved:
        raise NotComplete("stage", "Somebody else changed this concern meanwhile. Look at it again.")
    for name, value in {"stage": to, "version": concern.version + 1, **columns}.items():
        setattr(concern, name, value)

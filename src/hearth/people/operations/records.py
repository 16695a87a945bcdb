"""What people record about people in one concern or case. `pathway` joins these with the ledger."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from hearth.access.operations import check
from hearth.access.sealed import seal
from hearth.access.terms import Act, InACircle, Viewer
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.people import names
from hearth.people.models import Person, Relationship, Role, SafeContact, SaidToLiveThere, Wish
from hearth.people.queries import CONTACT_TABLE, opened
from hearth.people.rules import ANSWERS
from hearth.people.terms import (
    Asked,
    Birth,
    Channel,
    ContactRule,
    Hours,
    PartPlayed,
    SafeToContact,
    Source,
    Tie,
)

NOBODY_KNOWN = Birth()


@transaction.atomic
def add_known_person(
    about: InACircle,
    *,
    name: str,
    part: PartPlayed,
    by: Viewer,
    at: datetime,
    known_as: str = "",
    birth: Birth = NOBODY_KNOWN,
    checked: bool = False,
    key: uuid.UUID | None = None,
) -> Role:
    """Somebody known only from this record, with the part they play in it. Nobody outside its circle learns of them.

    `checked` says that the caller has already passed its own gate, as logging a concern has. Sent twice with one
    random key by one person about one record, it is one person. Whoever sends a key that somebody else has used, or
    the id of somebody he may not know of, learns nothing by it.
    """
    if not checked:
        check(by, Act.KEEP_PEOPLE, about)
    typed, also = names.as_typed(name), names.as_typed(known_as)
    if not typed:
        raise NotPossible("Enter the person's name, or how you would know them, such as “older boy, about 12”.")
    if max(len(typed), len(also)) > names.LONGEST:
        raise NotPossible(f"A name may have at most {names.LONGEST} characters.")
    public_id = uuid.uuid5(key, f"{by.id}:{circle_of(about)}") if key else uuid.uuid4()
    if key and (before := Role.objects.filter(circle_id=circle_of(about), person__public_id=public_id).first()):
        return before
    values = [
        public_id, typed, also, *search_words(typed, also),
        birth.born_on, birth.age_about, birth.age_seen_on,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select hearth.add_known_person(%s, %s, %s, %s, %s, %s, %s, %s)", values)
        (person_id,) = cursor.fetchone()
    return _add_role(about, person_id, part, by=by, at=at)


def add_role(about: InACircle, person: Person, part: PartPlayed, *, by: Viewer, at: datetime) -> Role:
    """Say which part a person plays in one record. It is said again for every record, never copied.

    The database shuts out in the same transaction whoever is that person, close to them or in conflict about them.
    """
    check(by, Act.KEEP_PEOPLE, about)
    return _add_role(about, person.pk, part, by=by, at=at)


def mark_role_wrong(role: Role, *, by: Viewer, at: datetime) -> None:
    """Say that a part was put down for the wrong person. The row stays; whoever it shut out is worked out nightly."""
    check(by, Act.KEEP_PEOPLE, role)
    if not Role.objects.filter(pk=role.pk, wrong_since=None).update(wrong_since=at):
        raise ChangedMeanwhile("This part has already been marked as wrong.")


@transaction.atomic
def change_part(role: Role, part: PartPlayed, *, by: Viewer, at: datetime) -> Role:
    """End one part somebody plays and begin another. What he was before stays on record."""
    check(by, Act.KEEP_PEOPLE, role)
    if role.part == part:
        raise NotPossible("Choose a part the person does not play already.")
    if not Role.objects.filter(pk=role.pk, wrong_since=None, ended_at=None).update(ended_at=at):
        raise ChangedMeanwhile("Somebody else has changed this part. Look at it again.")
    row, _ = Role.objects.get_or_create(
        circle_id=role.circle_id, about_kind=role.about_kind, about_id=role.about_id, person_id=role.person_id,
        part=part.value, wrong_since=None, ended_at=None, defaults={"recorded_by_id": by.id, "recorded_at": at},
    )  # fmt: skip
    return row


def relate(
    about: InACircle,
    person: Person,
    tie: Tie,
    other: Person,
    *,
    by: Viewer,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
) -> Relationship:
    """Record that `person` is `tie` to `other`; the other way round follows."""
    check(by, Act.KEEP_PEOPLE, about)
    if person.pk == other.pk:
        raise NotPossible("Choose two different people.")
    first, kind, second = (person, tie, other) if person.pk < other.pk else (other, ANSWERS[tie], person)
    try:
        with transaction.atomic():
            return Relationship.objects.create(
                circle_id=circle_of(about), person=first, tie=kind.value, other=second, since=since, until=until,
                recorded_by_id=by.id, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as problem:
        raise NotPossible("This relationship is already recorded here, or its end lies before its start.") from problem


def end_relationship(row: Relationship, *, until: date, version: int, by: Viewer) -> None:
    """Say since when two people are no longer that to each other. It goes on shutting colleagues out."""
    check(by, Act.KEEP_PEOPLE, row)
    if row.since and until < row.since:
        raise NotPossible("The end lies before the start.", field="until")
    rows = Relationship.objects.filter(pk=row.pk, version=version)
    if not rows.update(until=until, version=version + 1):
        now = Relationship.objects.get(pk=row.pk)
        theirs = {"until": now.until.isoformat() if now.until else ""}
        raise ChangedMeanwhile(theirs=theirs, yours={"until": until.isoformat()}, version=now.version)


def say_who_lives_there(
    about: InACircle,
    household_id: int,
    person: Person,
    *,
    by: Viewer,
    at: datetime,
    visits_only: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> SaidToLiveThere:
    """Record that this concern or case places somebody in a household. The register is not changed by it."""
    check(by, Act.KEEP_PEOPLE, about)
    before = SaidToLiveThere.objects.filter(circle_id=circle_of(about), household_id=household_id, person=person)
    if same := before.filter(visits_only=visits_only, since=since, until=until).first():
        return same
    return SaidToLiveThere.objects.create(
        circle_id=circle_of(about), household_id=household_id, person=person, visits_only=visits_only,
        since=since, until=until, recorded_by_id=by.id, recorded_at=at,
    )  # fmt: skip


def record_wish(
    about: InACircle,
    person: Person,
    *,
    words: str,
    said_at: datetime,
    told_by: Source,
    by: Viewer,
    at: datetime,
    asked: Asked = Asked.SAID,
    idempotency_key: uuid.UUID | None = None,
) -> Wish:
    """Record what somebody wishes, word for word, or why nobody knows. Sent twice with one key, it is recorded once."""
    check(by, Act.KEEP_PEOPLE, about)
    if not words.strip():
        raise NotPossible("Enter what the person wishes, in their own words, or why it is not known.")
    if said_at > at:
        raise NotPossible("The day the person said it lies in the future.")
    if idempotency_key and (
        before := Wish.objects.filter(recorded_by_id=by.id, idempotency_key=idempotency_key).first()
    ):
        return before
    return Wish.objects.create(
        circle_id=circle_of(about), about_kind=about.ledger_kind, about_id=about.id, person=person, words=words,
        said_at=said_at, asked=asked.value, told_by=told_by.value, recorded_by_id=by.id, recorded_at=at,
        idempotency_key=idempotency_key,
    )  # fmt: skip


@transaction.atomic
def set_safe_contact(
    about: InACircle,
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
) -> SafeContact:
    """Say whether one way to reach a person is safe. `replaces` is the version it was written over."""
    check(by, Act.KEEP_PEOPLE, about)
    _check_rule(rule, hours, code_word)
    before = SafeContact.objects.select_for_update().filter(
        circle_id=circle_of(about), person=person, channel=channel.value, ended_at=None
    )
    last = before.first()
    if (last.version if last else None) != replaces:
        yours = SafeToContact.text_of(rule, hours, value, code_word)
        theirs = opened(last).texts if last else {}
        raise ChangedMeanwhile(theirs=theirs, yours=yours, version=last.version if last else None)
    before.update(ended_at=at)
    public_id = uuid.uuid4()
    return SafeContact.objects.create(
        circle_id=circle_of(about), public_id=public_id, person=person, channel=channel.value, rule=rule.value,
        from_time=hours.start if hours else None, until_time=hours.end if hours else None,
        value=_sealed(public_id, "value", value), code_word=_sealed(public_id, "code_word", code_word),
        recorded_by_id=by.id, recorded_at=at, version=(last.version + 1 if last else 1),
    )  # fmt: skip


def search_words(name: str, known_as: str) -> tuple[str, str]:
    """What PostgreSQL keeps of a name so that it can be found: the plain words, and how they are said."""
    both = f"{name} {known_as}"
    return " ".join(names.words(both)), " ".join(names.all_sounds(both))


def circle_of(about: InACircle) -> int:
    if about.circle_id is None:
        raise NotPossible("This record has no circle, so nothing confidential can hang on it.")
    return about.circle_id


def _add_role(about: InACircle, person_id: int, part: PartPlayed, *, by: Viewer, at: datetime) -> Role:
    row, _ = Role.objects.get_or_create(
        circle_id=circle_of(about), about_kind=about.ledger_kind, about_id=about.id, person_id=person_id,
        part=part.value, wrong_since=None, ended_at=None, defaults={"recorded_by_id": by.id, "recorded_at": at},
    )  # fmt: skip
    return row


def _check_rule(rule: ContactRule, hours: Hours | None, code_word: str) -> None:
    if (rule is ContactRule.ONLY_BETWEEN) != (hours is not None):
        raise NotPossible("Enter the hours for “only between”, and for no other rule.")
    if rule is ContactRule.CODE_WORD and not code_word.strip():
        raise NotPossible("Enter the code word.")


def _sealed(public_id: uuid.UUID, column: str, text: str) -> bytes | None:
    return seal(text, table=CONTACT_TABLE, row=str(public_id), column=column) if text else None

"""Questions about people. Hidden and missing answer alike: NoSuchPerson, or nothing."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from hearth.access import identity
from hearth.access.queries import visible
from hearth.access.sealed import unseal
from hearth.access.terms import Act, InACircle, Viewer
from hearth.ledger.asking import Asked
from hearth.people import names
from hearth.people.models import (
    CapacityDecision,
    Communication,
    HouseholdMember,
    Person,
    Relationship,
    Role,
    SafeContact,
    SaidToLiveThere,
    Wish,
)
from hearth.people.rules import ANSWERS, strictest
from hearth.people.terms import (
    Channel,
    ContactRule,
    Hours,
    KnownTie,
    NoSuchPerson,
    PartPlayed,
    Playing,
    SafeToContact,
    Tie,
)

# Somebody, as pages hold him: they never touch models.
type Somebody = Person

# What the ways in call this row; they reach no table.
type ARole = Role
type AWish = Wish
type TheirNeeds = Communication
type ACapacity = CapacityDecision

MOST_CANDIDATES = 200
MOST_SHOWN = 25
SHORTEST = 2
CONTACT_TABLE = "people_safecontact"
ROLES = Asked(
    lambda kind, about: (
        Role.objects.filter(about_kind=kind, about_id=about, wrong_since=None)
        .select_related("person")
        .order_by("recorded_at", "id")
    ),
    given=2,
)


def person(viewer: Viewer, public_id: uuid.UUID | str) -> Person:
    """The person, or NoSuchPerson."""
    try:
        return visible(Person.objects.all(), to=viewer, act=Act.SEARCH_REGISTER).get(public_id=public_id)
    except (Person.DoesNotExist, ValueError):
        raise NoSuchPerson from None


def person_in(viewer: Viewer, about: InACircle, public_id: uuid.UUID | str) -> Person:
    """The person in one record, for whoever plays a part in it."""
    try:
        rows = visible(Person.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
        return rows.filter(pk__in=_roles_in(about).values("person_id")).get(public_id=public_id)
    except (Person.DoesNotExist, ValueError):
        raise NoSuchPerson from None


def persons(viewer: Viewer, ids: Iterable[int]) -> dict[int, Person]:
    """These people by id, as far as this viewer may know of them."""
    identity.require(viewer)
    return {one.pk: one for one in Person.objects.filter(pk__in=set(ids))}


def find_people(viewer: Viewer, name: str) -> list[Person]:
    """People whose name is like what was typed, best first; spelling and accents may differ."""
    rows = visible(Person.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    asked = names.words(name[: names.LONGEST])
    if sum(map(len, asked)) < SHORTEST:
        return []
    found = rows.filter(pk__in=_candidates(asked))
    scored = [(names.likeness(name, f"{one.name} {one.known_as}"), one) for one in found]
    good = [(score, one) for score, one in scored if score >= names.GOOD_ENOUGH]
    good.sort(key=lambda pair: (-pair[0], len(pair[1].name_plain), pair[1].name_plain, pair[1].pk))
    return [one for _, one in good[:MOST_SHOWN]]


def roles_in(viewer: Viewer, about: InACircle) -> list[Role]:
    """Who plays which part in one concern or case."""
    visible(Role.objects.none(), to=viewer, act=Act.READ_PEOPLE, about=about)
    return ROLES(about.ledger_kind, about.id)


def who_is_who(viewer: Viewer, about: InACircle) -> list[Playing]:
    """Everybody in one concern or case with the parts he plays there, those we are worried about first."""
    found: dict[int, list[Role]] = {}
    for role in roles_in(viewer, about):
        found.setdefault(role.person_id, []).append(role)
    order = list(PartPlayed)
    everybody = [_playing(rows) for rows in found.values()]
    return sorted(everybody, key=lambda one: min((order.index(part) for part in one.parts), default=len(order)))


def circles_with(viewer: Viewer, people: Iterable[int], *, limit: int = MOST_SHOWN) -> list[int]:
    """The circles of the records in which any of these people plays a part, the newest first, of those one may see."""
    identity.require(viewer)
    rows = Role.objects.filter(person_id__in=set(people), wrong_since=None).order_by("-recorded_at", "-id")
    return list(dict.fromkeys(rows.values_list("circle_id", flat=True)[:limit]))


def role_of(viewer: Viewer, about: InACircle, somebody: Person, part: PartPlayed) -> Role:
    """The part somebody plays now in one record, or NoSuchPerson."""
    rows = visible(_roles_in(about), to=viewer, act=Act.READ_PEOPLE, about=about)
    found = rows.filter(person=somebody, part=part.value, ended_at=None).first()
    if found is None:
        raise NoSuchPerson
    return found


def roles_of(viewer: Viewer, somebody: Person) -> list[Role]:
    """Every part a person plays in records this viewer may see. There is no total of the others."""
    rows = visible(Role.objects.all(), to=viewer, act=Act.READ_PEOPLE)
    return list(rows.filter(person=somebody, wrong_since=None).order_by("-recorded_at", "-id"))


def ties_of(viewer: Viewer, somebody: Person, *, about: InACircle | None = None) -> list[KnownTie]:
    """What others are to a person, seen from his side, as far as this viewer's records say. `about` is the record he is
    met in: a place in it suffices to ask."""
    rows = visible(Relationship.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    rows = rows.filter(Q(person=somebody) | Q(other=somebody), wrong_since=None).order_by("since", "id")
    return [_seen_from(row, somebody.pk) for row in rows]


def ties_to_end(viewer: Viewer, about: InACircle, somebody: Person) -> list[KnownTie]:
    """What this one record says others are to him now, for whoever may say that it has ended."""
    rows = visible(Relationship.objects.all(), to=viewer, act=Act.KEEP_PEOPLE, about=about)
    mine = rows.filter(Q(person=somebody) | Q(other=somebody), circle=about.circle_id, wrong_since=None, until=None)
    return [_seen_from(row, somebody.pk) for row in mine.order_by("since", "id")]


def household_of(viewer: Viewer, somebody: Person, *, on: date) -> list[HouseholdMember]:
    """With whom a person of the register lives on a day, himself among them."""
    rows = visible(HouseholdMember.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    there = rows.filter(living_there(on), person=somebody).values("household_id")
    return list(rows.filter(living_there(on), household_id__in=there).select_related("person").order_by("since", "id"))


def said_to_live_with(viewer: Viewer, household_ids: Iterable[int]) -> list[SaidToLiveThere]:
    """Whom the records this viewer may see place in these households beside the register's members."""
    rows = visible(SaidToLiveThere.objects.all(), to=viewer, act=Act.READ_PEOPLE)
    return list(rows.filter(household_id__in=list(household_ids)).select_related("person").order_by("since", "id"))


def wishes_in(viewer: Viewer, about: InACircle) -> list[Wish]:
    """What people wish, word for word, newest last."""
    rows = visible(Wish.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    return list(
        rows.filter(about_kind=about.ledger_kind, about_id=about.id)
        .select_related("person", "recorded_by")
        .order_by("id")
    )


def needs_of(viewer: Viewer, about: InACircle, somebody: Person) -> Communication | None:
    """In which language and with what help somebody is spoken to, as one record says."""
    rows = visible(Communication.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    rows = rows.select_related("recorded_by")
    return rows.filter(circle=about.circle_id, person=somebody, ended_at=None).first()


def capacity_in(viewer: Viewer, about: InACircle, somebody: Person) -> list[CapacityDecision]:
    """Which decisions somebody could and could not make, as one record says, newest first."""
    rows = visible(CapacityDecision.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    kept = rows.filter(about_kind=about.ledger_kind, about_id=about.id, person=somebody)
    return list(kept.select_related("recorded_by").order_by("-assessed_on", "-id"))


def safe_contacts(viewer: Viewer, somebody: Person, *, about: InACircle | None = None) -> list[SafeToContact]:
    """How a person may be reached, as far as this viewer's records say."""
    rows = visible(SafeContact.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    rows = rows.select_related("recorded_by").filter(person=somebody, ended_at=None)
    return [opened(row) for row in rows.order_by("channel", "id")]


def safe_contacts_before(viewer: Viewer, about: InACircle, somebody: Person) -> list[SafeToContact]:
    """What one record said before of how a person may be reached, newest first. Nothing of it is ever overwritten."""
    rows = visible(SafeContact.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    rows = rows.select_related("recorded_by").filter(circle=about.circle_id, person=somebody, ended_at__isnull=False)
    return [opened(row) for row in rows.order_by("-ended_at", "-id")]


def needs_before(viewer: Viewer, about: InACircle, somebody: Person) -> list[Communication]:
    """What one record said before of how a person is spoken to, newest first."""
    rows = visible(Communication.objects.all(), to=viewer, act=Act.READ_PEOPLE, about=about)
    rows = rows.select_related("recorded_by").filter(circle=about.circle_id, person=somebody, ended_at__isnull=False)
    return list(rows.order_by("-ended_at", "-id"))


def contact_rule(somebody: int, channel: Channel) -> tuple[ContactRule | None, list[Hours]]:
    """The strictest rule of all records about one way to reach a person, and the hours that hold.

    For sending only: the answer must not depend on who sends. It does not say which record the rule comes from.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select rule, from_time, until_time from hearth.contact_rules(%s, %s)", [somebody, channel.value]
        )
        found = cursor.fetchall()
    hours = [Hours(start, end) for _, start, end in found if start is not None]
    return strictest({ContactRule(rule) for rule, _, _ in found}), hours


def is_close_to_staff(person_id: int) -> bool:
    """Whether a person works with us or is close to somebody who does: their records are restricted."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.is_close_to_staff(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def living_there(on: date) -> Q:
    """The members who live in a household on a day."""
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gte=on))


def _roles_in(about: InACircle) -> QuerySet[Role]:
    return Role.objects.filter(about_kind=about.ledger_kind, about_id=about.id, wrong_since=None)


def _playing(rows: list[Role]) -> Playing:
    one = rows[0].person
    now = tuple(PartPlayed(row.part) for row in rows if row.ended_at is None)
    before = tuple(PartPlayed(row.part) for row in rows if row.ended_at is not None)
    return Playing(one.pk, one.public_id, one.name, one.known_as, one.birth, one.from_register, now, before)


def _seen_from(row: Relationship, somebody: int) -> KnownTie:
    if row.other_id == somebody:
        return KnownTie(row.pk, row.person_id, Tie(row.tie), row.since, row.until)
    return KnownTie(row.pk, row.other_id, ANSWERS[Tie(row.tie)], row.since, row.until)


def opened(row: SafeContact) -> SafeToContact:
    """A rule about one way to reach somebody, with what is sealed in it."""
    return SafeToContact(
        id=row.pk,
        channel=Channel(row.channel),
        rule=ContactRule(row.rule),
        hours=row.hours,
        value=_unsealed(row, "value", row.value),
        code_word=_unsealed(row, "code_word", row.code_word),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
        ended_at=row.ended_at,
        version=row.version,
        circle_id=row.circle_id,
    )


def _unsealed(row: SafeContact, column: str, sealed: "bytes | memoryview[int] | None") -> str:
    return "" if sealed is None else unseal(bytes(sealed), table=CONTACT_TABLE, row=str(row.public_id), column=column)


def _candidates(asked: list[str]) -> list[int]:
    starts = " ".join(asked)
    words = " & ".join(f"'{word}':*" for word in asked)
    heard = [said for word in asked if (said := _either(names.sounds(word)))]
    # A person whose every word sounds like what was asked comes before one who shares a single word.
    all_of = " & ".join(heard) if len(heard) == len(asked) else None
    any_of = " | ".join(heard) or None
    statement = "select hearth.find_people(%s, %s::tsquery, %s::tsquery, %s::tsquery, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [starts, words, all_of, any_of, MOST_CANDIDATES])
        return list(cursor.fetchone()[0])


def _either(keys: frozenset[str]) -> str:
    return "(" + " | ".join(f"'{key}'" for key in sorted(keys)) + ")" if keys else ""

"""Questions about homes, who lives in them, hazards and markers."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from hearth.access.identity import as_the_house
from hearth.access.models import Circle
from hearth.access.queries import CompanyName, visible
from hearth.access.terms import Act, InACircle, Viewer
from hearth.housing import addresses
from hearth.housing.models import Hazard, Home, Marker, Tenancy
from hearth.housing.terms import FoundPerson, HazardKind, NoSuchHazard, NoSuchHome, NoSuchMarker
from hearth.people import queries as people
from hearth.people.models import HouseholdMember, Person

MOST_CANDIDATES = 200
MOST_SHOWN = 25

# What the ways in call these rows; they reach no table.
type AHome = Home
type AHazard = Hazard
type AMarker = Marker
LONGEST_QUESTION = 200
MOST_REVIEWED = 100
BY_POSTCODE = "select id from housing_home where postcode = %s and id <> all(%s) limit %s"
BY_WORDS = "select id from housing_home where address_words @@ %s::tsquery and id <> all(%s) limit %s"
BY_SOUND = "select id from housing_home where address_said @@ %s::tsquery and id <> all(%s) limit %s"
BY_NUMBER_AND_SOUND = (
    "select id from housing_home where address_words @@ %s::tsquery and address_said @@ %s::tsquery"
    " and id <> all(%s) limit %s"
)


def home(viewer: Viewer, public_id: uuid.UUID | str) -> Home:
    """The home, or NoSuchHome."""
    try:
        return visible(Home.objects.all(), to=viewer, act=Act.FIND_HOME).get(public_id=public_id)
    except (Home.DoesNotExist, ValidationError, ValueError):
        raise NoSuchHome from None


def home_numbered(viewer: Viewer, home_id: int | None) -> Home:
    """The home of a record one holds, or NoSuchHome."""
    rows = visible(Home.objects.all(), to=viewer, act=Act.FIND_HOME)
    found = rows.filter(pk=home_id).first() if home_id is not None else None
    if found is None:
        raise NoSuchHome
    return found


def find_home(viewer: Viewer, text: str, *, on: date | None = None) -> list[Home]:
    """Homes like what was typed - an address, a postcode, a UPRN, the landlord's reference - best first.

    Spelling may differ. It answers with homes alone and tells nobody who lives there, or whether anybody does.
    """
    rows = visible(Home.objects.all(), to=viewer, act=Act.FIND_HOME)
    if on:
        rows = rows.filter(Q(until=None) | Q(until__gte=on))
    asked = text[:LONGEST_QUESTION].replace("\0", " ").strip()
    exact = _by_number(asked)
    if exact and (found := list(rows.filter(exact)[:MOST_SHOWN])):
        return found
    code, rest = addresses.take_postcode(asked)
    started = "" if code else addresses.start_of_postcode(asked)
    if started or (code and not addresses.words(rest)):
        return list(
            rows.filter(postcode__startswith=code or started).order_by("postcode", "address_plain", "id")[:MOST_SHOWN]
        )
    return _best(rows.filter(pk__in=_candidates(rest, code)), addresses.words(rest), code)


def homes_of_block(viewer: Viewer, block: Home) -> list[Home]:
    """The homes within a block or estate."""
    rows = visible(Home.objects.all(), to=viewer, act=Act.FIND_HOME)
    return list(rows.filter(parent=block).order_by("address_plain", "id"))


def tenancies_of(viewer: Viewer, of: Home) -> list[Tenancy]:
    """Every tenancy of a home, newest first."""
    rows = visible(Tenancy.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    return list(rows.filter(home=of).order_by("-since", "-id"))


def people_at(viewer: Viewer, of: Home, *, on: date) -> list[HouseholdMember]:
    """Who of the register lives in a home on a day."""
    rows = visible(HouseholdMember.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    there = Tenancy.objects.filter(_runs(on), home=of).values("household_id")
    members = rows.filter(people.living_there(on), household_id__in=there)
    return list(members.select_related("person").order_by("since", "id"))


def homes_of(viewer: Viewer, who: Iterable[Person], *, on: date) -> dict[int, Home]:
    """The home each of these people lives in on a day, by the person's id."""
    rows = visible(HouseholdMember.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    lives = dict(
        rows.filter(people.living_there(on), person__in=list(who))
        .order_by("since", "id")
        .values_list("person_id", "household_id")
    )
    running = Tenancy.objects.filter(_runs(on), household_id__in=set(lives.values())).select_related("home")
    homes = {tenancy.household_id: tenancy.home for tenancy in running.order_by("since", "id")}
    return {person: homes[household] for person, household in lives.items() if household in homes}


def find_people(viewer: Viewer, name: str, *, on: date) -> list[FoundPerson]:
    """People whose name is like what was typed, best first, with the home they live in on the day."""
    found = people.find_people(viewer, name)
    homes = homes_of(viewer, found, on=on)
    return [_found(one, homes.get(one.pk)) for one in found]


def hazard(viewer: Viewer, public_id: uuid.UUID | str, *, act: Act = Act.READ_HAZARD) -> Hazard:
    """The hazard, or NoSuchHazard."""
    try:
        rows = visible(Hazard.objects.all(), to=viewer, act=act)
        return rows.select_related("home").get(public_id=public_id)
    except (Hazard.DoesNotExist, ValidationError, ValueError):
        raise NoSuchHazard from None


def open_hazards(viewer: Viewer, *, at: Home | None = None) -> list[Hazard]:
    """Hazards not yet closed, those known longest first; of one home where one is named."""
    rows = visible(Hazard.objects.all(), to=viewer, act=Act.READ_HAZARD).filter(closed_at=None)
    if at is not None:
        rows = rows.filter(home=at)
    rows = rows.annotate(company=CompanyName("circle_id"))
    return list(rows.select_related("home").order_by("aware_at", "id"))


def kinds_known(of: Home) -> frozenset[HazardKind]:
    """What repairs know to be unsafe in a home. The house asks: whoever tells of more need not see it."""
    with transaction.atomic(savepoint=False), as_the_house():
        return frozenset(
            HazardKind(kind) for kind in Hazard.objects.filter(home=of, closed_at=None).values_list("kind", flat=True)
        )


def markers_on(viewer: Viewer, *, home: Home | None = None, person: Person | None = None, on: date) -> list[Marker]:
    """The words this viewer must see before acting at a home or towards a person. Never why."""
    rows = visible(Marker.objects.all(), to=viewer, act=Act.SEE_MARKERS)
    rows = rows.filter(home=home) if home is not None else rows.filter(person=person)
    return list(rows.filter(taken_off_at=None, until__gte=on).order_by("kind", "id"))


def markers_in(viewer: Viewer, about: InACircle) -> list[Marker]:
    """The markers one record has put, those that still stand first."""
    rows = visible(Marker.objects.all(), to=viewer, act=Act.KEEP_MARKERS, about=about)
    mine = rows.filter(circle=about.circle_id).select_related("home", "person")
    return list(mine.order_by("taken_off_at", "until", "id"))


def marker_in(viewer: Viewer, about: InACircle, public_id: uuid.UUID | str) -> Marker:
    """A marker of one record that still stands, or NoSuchMarker."""
    rows = visible(Marker.objects.all(), to=viewer, act=Act.KEEP_MARKERS, about=about)
    found = rows.filter(circle=about.circle_id, public_id=public_id, taken_off_at=None).first()
    if found is None:
        raise NoSuchMarker
    return found


def markers_to_review(viewer: Viewer, *, limit: int = MOST_REVIEWED) -> list[Marker]:
    """Markers of the records this viewer is in that have not been taken off, the soonest day first."""
    rows = visible(Marker.objects.filter(taken_off_at=None), to=viewer, act=Act.SEE_MARKERS)
    mine = rows.filter(circle__in=Circle.objects.all()).select_related("home", "person")
    return list(mine.order_by("until", "id")[:limit])


def _runs(on: date) -> Q:
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gte=on))


def _by_number(asked: str) -> Q | None:
    number = addresses.uprn(asked)
    by_reference = Q(reference__iexact=asked) if asked and " " not in asked else None
    if number and by_reference is not None:
        return Q(uprn=number) | by_reference
    return by_reference


def _candidates(rest: str, code: str) -> list[int]:
    """At most 200 homes by words, else by how the words are said; numbers must be the same while any home has them."""
    words = addresses.words(rest)
    numbered = " & ".join(f"'{word}'" for word in words if addresses.is_number(word))
    exact = " & ".join(f"'{word}'" if addresses.is_number(word) else f"'{word}':*" for word in words)
    heard = [f"({' | '.join(keys)})" for word in words if (keys := [f"'{key}'" for key in addresses.sounds(word)])]
    said_all, said_any = " & ".join(heard), " | ".join(heard)
    asked = [(BY_POSTCODE, [code])] if code else []
    if words:
        asked.append((BY_WORDS, [exact]))
    if heard and numbered:
        asked += [(BY_NUMBER_AND_SOUND, [numbered, said_all]), (BY_NUMBER_AND_SOUND, [numbered, said_any])]
    if heard:
        asked += [(BY_SOUND, [said_all]), (BY_SOUND, [said_any])]
    return _ids(asked)


def _ids(asked: list[tuple[str, list[str]]]) -> list[int]:
    found: list[int] = []
    with connection.cursor() as cursor:
        for statement, values in asked:
            if len(found) < MOST_SHOWN:
                cursor.execute(statement, [*values, found, MOST_CANDIDATES - len(found)])
                found += [row[0] for row in cursor.fetchall()]
    return found


def _best(rows: QuerySet[Home], asked: list[str], code: str) -> list[Home]:
    scored = []
    for row in rows:
        score = addresses.likeness(asked, f"{row.address} {row.reference}")
        if code and row.postcode == code:
            score = (1 + score) / 2
        if score >= addresses.GOOD_ENOUGH:
            scored.append((-score, len(row.address_plain), row.address_plain, row.pk, row))
    scored.sort(key=lambda entry: entry[:4])
    return [row for *_, row in scored[:MOST_SHOWN]]


def _found(one: Person, lives_at: Home | None) -> FoundPerson:
    return FoundPerson(
        person_id=one.pk,
        public_id=one.public_id,
        name=one.name,
        known_as=one.known_as,
        birth=one.birth,
        from_register=one.from_register,
        home_id=lives_at.pk if lives_at else None,
        home_public_id=lives_at.public_id if lives_at else None,
        address=lives_at.address if lives_at else "",
    )

"""Questions about who lives where over time, as the register tells it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.housing.models import Home, Tenancy, TenancyMember
from hearth.housing.terms import Let, Resident, Stay
from hearth.people.models import HouseholdMember, Person


def households_of(viewer: Viewer, of: Home) -> list[Let]:
    """Every tenancy of a home with those who live or lived there under it, newest first."""
    rows = visible(Tenancy.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    tenancies = list(rows.filter(home=of).order_by("-since", "-id"))
    members: dict[int, list[HouseholdMember]] = {}
    for row in (
        HouseholdMember.objects.filter(household_id__in=[tenancy.household_id for tenancy in tenancies])
        .select_related("person")
        .order_by("until", "since", "id")
    ):
        members.setdefault(row.household_id, []).append(row)
    signed = _signed(tenancies)
    return [_let(tenancy, members.get(tenancy.household_id, []), signed) for tenancy in tenancies]


def household_now(viewer: Viewer, home_id: int, *, on: date) -> int | None:
    """The household that lives in a home on a day, where the register knows of one."""
    rows = visible(Tenancy.objects.filter(home_id=home_id), to=viewer, act=Act.SEARCH_REGISTER)
    running = rows.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gte=on))
    return running.order_by("-since", "-id").values_list("household_id", flat=True).first()


def stays_of(viewer: Viewer, who: Person) -> list[Stay]:
    """Every home somebody of the register lives or lived in, newest first."""
    rows = visible(HouseholdMember.objects.all(), to=viewer, act=Act.SEARCH_REGISTER)
    members = {row.household_id: row for row in rows.filter(person=who).order_by("until", "since", "id")}
    tenancies = list(Tenancy.objects.filter(household_id__in=members).select_related("home").order_by("-since", "-id"))
    signed = _signed(tenancies)
    return [_stay(tenancy, members[tenancy.household_id], signed) for tenancy in tenancies]


def _signed(tenancies: Iterable[Tenancy]) -> set[tuple[int, int]]:
    rows = TenancyMember.objects.filter(tenancy__in=list(tenancies))
    return set(rows.values_list("tenancy_id", "person_id"))


def _let(tenancy: Tenancy, members: Iterable[HouseholdMember], signed: set[tuple[int, int]]) -> Let:
    residents = tuple(
        Resident(
            person_id=row.person_id,
            public_id=row.person.public_id,
            name=row.person.name,
            known_as=row.person.known_as,
            birth=row.person.birth,
            signed=(tenancy.pk, row.person_id) in signed,
            since=row.since,
            until=row.until,
        )
        for row in members
    )
    return Let(
        tenancy.reference, tenancy.tenure, tenancy.kind, tenancy.household_id, tenancy.since, tenancy.until, residents
    )


def _stay(tenancy: Tenancy, lived: HouseholdMember, signed: set[tuple[int, int]]) -> Stay:
    return Stay(
        home_public_id=tenancy.home.public_id,
        address=tenancy.home.address,
        tenancy=tenancy.reference,
        tenure=tenancy.tenure,
        household_id=tenancy.household_id,
        signed=(tenancy.pk, lived.person_id) in signed,
        since=lived.since or tenancy.since,
        until=lived.until or tenancy.until,
    )

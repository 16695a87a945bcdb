"""People of an import and where they live: what would change, and changing it."""

from datetime import date

from hearth.housing.imports.plans import Fields, Plan, add_all, change_all, differs
from hearth.housing.imports.tenancies import Tenancies
from hearth.housing.imports.terms import PersonRow, Sheet, SheetKind
from hearth.housing.models import TenancyMember
from hearth.people.models import HouseholdMember, Person
from hearth.people.operations import search_words

PLAIN = ("known_as", "born_on", "phone", "email")
NAMES = frozenset({"name", "first", "last"})

type Stay = tuple[str, str]  # tenancy reference, person reference
type Kept = dict[Stay, tuple[int, date | None, date | None]]


class People:
    """The people that are kept, those of the file, and where both meet."""

    def __init__(self, sheet: Sheet[PersonRow], tenancies: Tenancies) -> None:
        self.plan = Plan(SheetKind.PEOPLE)
        kept = Person.objects.filter(from_register=True).values("id", "reference", "name", *PLAIN)
        self._kept: dict[str, Fields] = {row["reference"]: row for row in kept.iterator()}
        self._said = [name for name in PLAIN if name in sheet.columns]
        self._says = sheet.columns
        self._tenancies = tenancies
        self._lives, self._signed = _lives(), _signed()
        self._new: dict[str, PersonRow] = {}
        self._changed: dict[str, PersonRow] = {}
        self._stays: dict[Stay, PersonRow] = {}
        for row in sheet.rows:
            self._sort(row)

    def has(self, reference: str) -> bool:
        """Whether there is such a person in the register, or will be."""
        return reference in self._kept or reference in self._new

    def write(self, ids: dict[str, tuple[int, int]]) -> None:
        """Add and change people, then where they live and what they signed."""
        made = [Person(from_register=True, reference=row.reference, **self._fields(row)) for row in self._new.values()]
        persons = {reference: row["id"] for reference, row in self._kept.items()}
        persons |= {person.reference: person.pk for person in add_all(Person, made)}
        changed = [(_int(persons[row.reference]), self._fields(row)) for row in self._changed.values()]
        change_all(Person, changed, versioned=True)
        living, signing = [], []
        for (tenancy, reference), row in self._stays.items():
            tenancy_id, household_id = ids[tenancy]
            who, days = _int(persons[reference]), {"since": row.since, "until": self._end(row)}
            if (tenancy, reference) not in self._lives:
                living.append(HouseholdMember(household_id=household_id, person_id=who, **days))
            if row.signed and (tenancy, reference) not in self._signed:
                signing.append(TenancyMember(tenancy_id=tenancy_id, person_id=who, **days))
        add_all(HouseholdMember, living)
        add_all(TenancyMember, signing)
        change_all(HouseholdMember, self._moved(self._lives))
        change_all(TenancyMember, self._moved(self._signed))

    def _sort(self, row: PersonRow) -> None:
        if row.tenancy and not self._tenancies.has(row.tenancy):
            problem = "No tenancy has this reference."
            what_to_do = "Add the tenancy to the file of tenancies, or correct it."
            self.plan.fault(row.row, "tenancy reference", problem, what_to_do, row.tenancy)
            return
        end = self._end(row)
        if row.since and end and end < row.since:
            self.plan.fault(
                row.row, "moved in", "The person moves in after the tenancy has ended.", "Correct the date."
            )
            return
        kept = self._kept.get(row.reference)
        is_new = kept is None and row.reference not in self._new
        is_other = kept is not None and differs(kept, self._facts(row))
        self.plan.sort(row.row, is_new=is_new, is_changed=is_other or self._stays_otherwise(row))
        if is_new:
            self._new[row.reference] = row
        elif is_other:
            self._changed.setdefault(row.reference, row)
        if row.tenancy:
            self._stays[row.tenancy, row.reference] = row

    def _stays_otherwise(self, row: PersonRow) -> bool:
        if not row.tenancy:
            return False
        stay = (row.tenancy, row.reference)
        lives, signed = self._lives.get(stay), self._signed.get(stay)
        return lives is None or self._days_differ(lives, row) or (row.signed and signed is None)

    def _days_differ(self, kept: tuple[int, date | None, date | None], row: PersonRow) -> bool:
        return kept[1:] != (self._start(row, kept[1]), self._end(row, kept[2]))

    def _moved(self, kept: Kept) -> list[tuple[int, Fields]]:
        return [
            (kept[stay][0], {"since": self._start(row, kept[stay][1]), "until": self._end(row, kept[stay][2])})
            for stay, row in self._stays.items()
            if stay in kept and self._days_differ(kept[stay], row)
        ]

    def _start(self, row: PersonRow, kept: date | None) -> date | None:
        return row.since if "since" in self._says else kept

    def _end(self, row: PersonRow, kept: date | None = None) -> date | None:
        """When somebody leaves: as the file says, else with the tenancy, which nobody outlives."""
        said = row.until if "until" in self._says else kept
        return said or (self._tenancies.end_of(row.tenancy) if row.tenancy else None)

    def _facts(self, row: PersonRow) -> Fields:
        return {"name": row.name, **{name: getattr(row, name) for name in self._said}}

    def _fields(self, row: PersonRow) -> Fields:
        kept_as = self._kept.get(row.reference, {}).get("known_as", "")
        plain, sounds = search_words(row.name, row.known_as if "known_as" in self._said else str(kept_as))
        return {**self._facts(row), "name_plain": plain, "name_sounds": sounds}


def _lives() -> Kept:
    rows = HouseholdMember.objects.order_by("until", "id").values_list(
        "household__tenancies__reference", "person__reference", "id", "since", "until"
    )
    kept: Kept = {}
    for tenancy, person, pk, since, until in rows.iterator():
        if tenancy:
            kept[tenancy, person] = (pk, since, until)  # whoever came back: the stay that still runs stands last
    return kept


def _signed() -> Kept:
    rows = TenancyMember.objects.values_list("tenancy__reference", "person__reference", "id", "since", "until")
    return {(tenancy, person): (pk, since, until) for tenancy, person, pk, since, until in rows.iterator()}


def _int(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101  the column is a key
    return value

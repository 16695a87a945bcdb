"""Tenancies of an import: what would change, and changing it. Each tenancy has a household of its own."""

from datetime import date

from hearth.housing.imports.homes import Known
from hearth.housing.imports.plans import Fields, Plan, add_all, change_all, differs
from hearth.housing.imports.terms import Sheet, SheetKind, TenancyRow
from hearth.housing.models import Tenancy
from hearth.people.models import Household

PLAIN = ("kind", "tenure", "since", "until")


class Tenancies:
    """The tenancies that are kept, those of the file, and where both meet."""

    def __init__(self, sheet: Sheet[TenancyRow], homes: Known) -> None:
        self.plan = Plan(SheetKind.TENANCIES)
        kept = Tenancy.objects.values("id", "reference", "home_id", "household_id", *PLAIN)
        self._kept: dict[str, Fields] = {row["reference"]: row for row in kept.iterator()}
        self._said = [name for name in PLAIN if name in sheet.columns]
        self._homes = homes
        self._new: list[TenancyRow] = []
        self._changed: list[TenancyRow] = []
        self._ends: dict[str, date | None] = {key: _day(row["until"]) for key, row in self._kept.items()}
        for row in sheet.rows:
            self._sort(row)

    def has(self, reference: str) -> bool:
        """Whether there is such a tenancy, or will be."""
        return reference in self._ends

    def end_of(self, reference: str) -> date | None:
        """When a tenancy ends, after the import."""
        return self._ends[reference]

    def write(self, homes: Known) -> dict[str, tuple[int, int]]:
        """Add and change tenancies; returns every tenancy's id and household by its reference."""
        households = add_all(Household, [Household() for _ in self._new])
        made = [
            Tenancy(reference=row.reference, household=household, home_id=_int(_id(homes, row)), **self._plain(row))
            for row, household in zip(self._new, households, strict=True)
        ]
        ids = {key: (_int(row["id"]), _int(row["household_id"])) for key, row in self._kept.items()}
        ids |= {tenancy.reference: (tenancy.pk, tenancy.household_id) for tenancy in add_all(Tenancy, made)}
        changed = [(ids[row.reference][0], {"home": _id(homes, row), **self._plain(row)}) for row in self._changed]
        change_all(Tenancy, changed, versioned=True)
        return ids

    def _sort(self, row: TenancyRow) -> None:
        if not self._homes.has(row.home, row.home_uprn):
            problem = "No home has this reference or UPRN."
            self.plan.fault(
                row.row, "home reference", problem, "Add the home to the file of homes, or correct it.", row.home
            )
            return
        kept = self._kept.get(row.reference)
        home = self._homes.id_of(row.home, row.home_uprn)
        is_changed = kept is not None and (home != kept["home_id"] or differs(kept, self._plain(row)))
        self.plan.sort(row.row, is_new=kept is None, is_changed=is_changed)
        if kept is None:
            self._new.append(row)
        elif is_changed:
            self._changed.append(row)
        if kept is None or "until" in self._said:
            self._ends[row.reference] = row.until

    def _plain(self, row: TenancyRow) -> Fields:
        return {name: getattr(row, name) for name in self._said}


def _id(homes: Known, row: TenancyRow) -> int | None:
    return homes.id_of(row.home, row.home_uprn)


def _int(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101  the column is a key
    return value


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None

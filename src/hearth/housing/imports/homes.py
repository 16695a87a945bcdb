"""Homes of an import: what would change, and changing it."""

from collections.abc import Mapping

from hearth.housing import addresses
from hearth.housing.imports.plans import Fields, Plan, add_all, change_all, differs
from hearth.housing.imports.terms import HomeRow, Sheet, SheetKind
from hearth.housing.models import Home
from hearth.organisation.models import Entity

LINES = ("line_1", "line_2", "line_3", "town", "postcode")
PLAIN = ("kind", *LINES, "until")


class Homes:
    """The homes that are kept, the homes of the file, and where both meet."""

    def __init__(self, sheet: Sheet[HomeRow]) -> None:
        self.plan = Plan(SheetKind.HOMES)
        kept = Home.objects.values("id", "reference", "uprn", "parent_id", "entity", *PLAIN)
        self._kept: dict[int, Fields] = {row["id"]: row for row in kept.iterator()}
        self._by_reference = {str(row["reference"]): pk for pk, row in self._kept.items() if row["reference"]}
        self._by_uprn = {str(row["uprn"]): pk for pk, row in self._kept.items() if row["uprn"]}
        self._said = [name for name in PLAIN if name in sheet.columns]
        self._says_block = "block" in sheet.columns
        self._says_company = "company" in sheet.columns
        self._companies = {name.casefold(): pk for name, pk in Entity.objects.values_list("name", "id")}
        self._new: list[tuple[HomeRow, Fields]] = []
        self._changed: list[tuple[int, Fields]] = []
        self._blocks: list[tuple[HomeRow, int | None]] = []
        references = {row.reference for row in sheet.rows} | self._by_reference.keys()
        for row in sheet.rows:
            self._sort(row, references)

    @property
    def known(self) -> "Known":
        """Every home by its reference and UPRN, those of the file among them (with no id yet)."""
        by_reference: dict[str, int | None] = dict(self._by_reference)
        by_uprn: dict[str, int | None] = dict(self._by_uprn)
        for row, _ in self._new:
            by_reference.setdefault(row.reference, None)
            by_uprn.setdefault(row.uprn, None)
        return Known(by_reference, by_uprn)

    def write(self) -> None:
        """Add and change homes, then say which block each belongs to."""
        added = add_all(Home, [Home(**_columns(fields)) for _, fields in self._new])
        change_all(Home, self._changed, versioned=True)
        for home in added:
            if home.reference:
                self._by_reference[home.reference] = home.pk
            if home.uprn:
                self._by_uprn[home.uprn] = home.pk
        blocks: list[tuple[int, Fields]] = []
        for row, _ in self._blocks:
            home_id, block_id = self._find(row), self._by_reference.get(row.block)
            if home_id is not None and self._kept.get(home_id, {}).get("parent_id") != block_id:
                blocks.append((home_id, {"parent": block_id}))
        change_all(Home, blocks)

    def _sort(self, row: HomeRow, references: set[str]) -> None:
        by_reference, by_uprn = self._by_reference.get(row.reference), self._by_uprn.get(row.uprn)
        if by_reference and by_uprn and by_reference != by_uprn:
            self.plan.fault(
                row.row, "uprn", "Another home has this UPRN.", "Correct the UPRN or the reference.", row.uprn
            )
            return
        if row.block and (row.block not in references or row.block == row.reference):
            problem = "No other home, block or estate has this reference."
            self.plan.fault(row.row, "block reference", problem, "Add the block to the file, or correct it.", row.block)
            return
        if row.company and row.company.casefold() not in self._companies:
            what_to_do = "Correct it, or name the company with its first team under Posts."
            self.plan.fault(row.row, "company", "No company of the group has this name.", what_to_do, row.company)
            return
        pk = by_reference or by_uprn
        fields = self._fields(row, self._kept.get(pk) if pk else None)
        other_block = self._says_block and pk is not None and self._block_of(pk) != row.block
        is_changed = pk is not None and differs(
            self._kept[pk], {k: v for k, v in fields.items() if k in self._kept[pk]}
        )
        self.plan.sort(row.row, is_new=pk is None, is_changed=is_changed or other_block)
        if pk is None:
            self._new.append((row, fields))
        elif is_changed:
            self._changed.append((pk, fields))
        if self._says_block and (pk is None or other_block):
            self._blocks.append((row, pk))

    def _find(self, row: HomeRow) -> int | None:
        return self._by_reference.get(row.reference) or self._by_uprn.get(row.uprn)

    def _block_of(self, pk: int) -> str:
        parent = self._kept[pk]["parent_id"]
        return str(self._kept[parent]["reference"]) if isinstance(parent, int) else ""

    def _fields(self, row: HomeRow, kept: Mapping[str, object] | None) -> Fields:
        said: Fields = {name: getattr(row, name) for name in self._said}
        said["reference"] = row.reference or str((kept or {}).get("reference", ""))
        said["uprn"] = row.uprn or str((kept or {}).get("uprn", ""))
        if self._says_company:
            said["entity"] = self._companies.get(row.company.casefold())
        whole = " ".join(str(said.get(name, (kept or {}).get(name, "")) or "") for name in LINES)
        said["address_plain"] = " ".join(addresses.words(whole))
        said["address_sounds"] = " ".join(addresses.sounds(whole))
        return said


def _columns(fields: Fields) -> Fields:
    """What a new home is made with: its company by its id."""
    return {"entity_id" if name == "entity" else name: value for name, value in fields.items()}


class Known:
    """Homes by what a tenancy may call them."""

    def __init__(self, by_reference: Mapping[str, int | None], by_uprn: Mapping[str, int | None]) -> None:
        self._by_reference, self._by_uprn = by_reference, by_uprn

    def has(self, reference: str, uprn: str) -> bool:
        """Whether there is such a home, or will be."""
        return (reference in self._by_reference) if reference else (uprn in self._by_uprn)

    def id_of(self, reference: str, uprn: str) -> int | None:
        """The home's id, once it is written."""
        return self._by_reference.get(reference) if reference else self._by_uprn.get(uprn)

"""Each of the four files, read to the end: usable rows on one side, what is wrong with the others on the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hearth.housing.imports import values
from hearth.housing.imports.reading import Reading
from hearth.housing.imports.terms import Cells, Fault, HomeRow, PersonRow, Sheet, SheetKind, StaffRow, TenancyRow, Wrong
from hearth.housing.terms import HomeKind, TenancyKind, Tenure
from hearth.organisation.terms import UserKind

HOME_KINDS = {
    "": HomeKind.HOME, "home": HomeKind.HOME, "house": HomeKind.HOME, "flat": HomeKind.HOME, "dwelling": HomeKind.HOME,
    "bungalow": HomeKind.HOME, "maisonette": HomeKind.HOME, "bedsit": HomeKind.HOME, "block": HomeKind.BLOCK,
    "building": HomeKind.BLOCK, "estate": HomeKind.ESTATE, "scheme": HomeKind.ESTATE, "communal": HomeKind.COMMUNAL,
    "communal area": HomeKind.COMMUNAL, "other": HomeKind.OTHER, "garage": HomeKind.OTHER,
}  # fmt: skip
TENANCY_KINDS = {
    "": TenancyKind.OTHER, "sole": TenancyKind.SOLE, "single": TenancyKind.SOLE, "no": TenancyKind.SOLE,
    "joint": TenancyKind.JOINT, "yes": TenancyKind.JOINT, "other": TenancyKind.OTHER,
}  # fmt: skip
TENURES = {
    "": Tenure.NOT_KNOWN, "social rent": Tenure.SOCIAL_RENT, "general needs": Tenure.SOCIAL_RENT,
    "secure": Tenure.SOCIAL_RENT, "assured": Tenure.SOCIAL_RENT, "assured shorthold": Tenure.SOCIAL_RENT,
    "starter": Tenure.SOCIAL_RENT, "introductory": Tenure.SOCIAL_RENT, "affordable rent": Tenure.AFFORDABLE_RENT,
    "affordable": Tenure.AFFORDABLE_RENT, "supported": Tenure.SUPPORTED, "supported housing": Tenure.SUPPORTED,
    "sheltered": Tenure.SUPPORTED, "temporary": Tenure.TEMPORARY, "temporary accommodation": Tenure.TEMPORARY,
    "licence": Tenure.LICENCE, "shared ownership": Tenure.SHARED_OWNERSHIP, "leasehold": Tenure.LEASEHOLD,
    "leaseholder": Tenure.LEASEHOLD, "private rent": Tenure.PRIVATE_RENT, "market rent": Tenure.PRIVATE_RENT,
}  # fmt: skip
SIGNED = {
    "": "no", "tenant": "yes", "main tenant": "yes", "lead tenant": "yes", "joint tenant": "yes", "sole tenant": "yes",
    "leaseholder": "yes", "household": "no", "household member": "no", "occupant": "no", "child": "no", "partner": "no",
    "lodger": "no", "dependant": "no", "other": "no",
}  # fmt: skip
STAFF_KINDS = {
    "": UserKind.EMPLOYEE, "employee": UserKind.EMPLOYEE, "permanent": UserKind.EMPLOYEE, "staff": UserKind.EMPLOYEE,
    "fixed term": UserKind.EMPLOYEE, "agency": UserKind.AGENCY, "temp": UserKind.AGENCY,
    "contractor": UserKind.CONTRACTOR, "volunteer": UserKind.VOLUNTEER, "board": UserKind.BOARD,
    "board member": UserKind.BOARD, "auditor": UserKind.AUDITOR, "guest": UserKind.GUEST,
}  # fmt: skip


class _Taker:
    """Takes one row's cells and notes which of them cannot be used."""

    def __init__(self, reading: Reading, cells: Cells) -> None:
        self.reading, self.row, self.cells = reading, cells.row, cells.cells
        self.is_spoiled = False

    def take[Value](self, key: str, how: Callable[[str], Value], otherwise: Value) -> Value:
        cell = self.cells.get(key, "")
        try:
            return how(cell)
        except Wrong as wrong:
            self.spoil(key, wrong, cell)
            return otherwise

    def spoil(self, key: str, wrong: Wrong, cell: str = "") -> None:
        self.is_spoiled = True
        self.reading.fault(self.row, key, wrong.problem, wrong.what_to_do, cell)

    def words(self, key: str, longest: int) -> str:
        return self.take(key, lambda cell: values.text(cell, longest), "")

    def code(self, key: str, known: dict[str, str], otherwise: str | None = None) -> str:
        return str(self.take(key, lambda cell: values.one_of(cell, known, otherwise), ""))

    def name(self) -> str:
        if "name" in self.cells:
            return self.take("name", lambda cell: values.needed(cell, 200, "The name"), "")
        whole = f"{self.cells.get('first', '')} {self.cells.get('last', '')}"
        return self.take("last", lambda _: values.needed(whole, 200, "The name"), "")

    def days(self, since: str, until: str) -> tuple[date | None, date | None]:
        first, last = self.take(since, values.day, None), self.take(until, values.day, None)
        self.take(until, lambda _: values.in_order(first, last), None)
        return first, last


def read_homes(content: bytes) -> Sheet[HomeRow]:
    """The homes of a file."""
    return _read(SheetKind.HOMES, content, _home, lambda row: (row.key, row.uprn and f"uprn:{row.uprn}"))


def read_tenancies(content: bytes) -> Sheet[TenancyRow]:
    """The tenancies of a file."""
    return _read(SheetKind.TENANCIES, content, _tenancy, lambda row: (row.reference,))


def read_people(content: bytes, today: date) -> Sheet[PersonRow]:
    """The people of a file. Somebody with several tenancies stands in several rows."""
    read = _read(
        SheetKind.PEOPLE, content, lambda taker: _person(taker, today), lambda row: (f"{row.reference}\0{row.tenancy}",)
    )
    return _without_contradictions(read)


def read_staff(content: bytes) -> Sheet[StaffRow]:
    """The colleagues of a file."""
    return _read(SheetKind.STAFF, content, _staff, lambda row: (row.email.lower(),))


def _read[Row: (HomeRow, TenancyRow, PersonRow, StaffRow)](
    kind: SheetKind, content: bytes, parse: Callable[[_Taker], Row], keys: Callable[[Row], tuple[str, ...]]
) -> Sheet[Row]:
    reading = Reading(kind, content)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for cells in reading.rows():
        taker = _Taker(reading, cells)
        row = parse(taker)
        before = next((seen[key] for key in keys(row) if key and key in seen), None)
        if taker.is_spoiled:
            continue
        if before is not None:
            reading.fault(row.row, "", f"This is the same as row {before}.", "Keep one of the two rows.")
            continue
        seen.update({key: row.row for key in keys(row) if key})
        rows.append(row)
    return Sheet(kind, tuple(rows), tuple(reading.faults), reading.digest, reading.columns)


def _without_contradictions(sheet: Sheet[PersonRow]) -> Sheet[PersonRow]:
    """Leave out the rows that say of one person what an earlier row says otherwise."""
    first: dict[str, PersonRow] = {}
    kept, faults = [], list(sheet.faults)
    for row in sheet.rows:
        before = first.setdefault(row.reference, row)
        if (row.name, row.born_on) == (before.name, before.born_on):
            kept.append(row)
            continue
        problem = f"Row {before.row} gives this person another name or date of birth."
        faults.append(Fault(sheet.kind, row.row, "", problem, "Correct one of the two rows."))
    return replace(sheet, rows=tuple(kept), faults=tuple(faults))


def _home(taker: _Taker) -> HomeRow:
    reference, uprn = taker.take("reference", values.reference, ""), taker.take("uprn", values.uprn, "")
    if not (reference or uprn or taker.is_spoiled):
        taker.spoil("reference", Wrong("The home has neither a reference nor a UPRN.", "Fill in one of the two."))
    return HomeRow(
        row=taker.row,
        reference=reference,
        uprn=uprn,
        kind=taker.code("kind", dict(HOME_KINDS), HomeKind.HOME),
        block=taker.take("block", values.reference, ""),
        line_1=taker.take("line_1", lambda cell: values.needed(cell, 120, "The first line of the address"), ""),
        line_2=taker.words("line_2", 120),
        line_3=taker.words("line_3", 120),
        town=taker.words("town", 80),
        postcode=taker.take("postcode", values.postcode, ""),
        company=taker.words("company", 200),
        until=taker.take("until", values.day, None),
    )


def _tenancy(taker: _Taker) -> TenancyRow:
    since, until = taker.days("since", "until")
    home, home_uprn = taker.take("home", values.reference, ""), taker.take("home_uprn", values.uprn, "")
    if not (home or home_uprn or taker.is_spoiled):
        taker.spoil("home", Wrong("The tenancy names no home.", "Enter the home's reference or UPRN."))
    return TenancyRow(
        row=taker.row,
        reference=taker.take("reference", lambda cell: values.needed(values.reference(cell), 50, "The reference"), ""),
        home=home,
        home_uprn=home_uprn,
        kind=taker.code("kind", dict(TENANCY_KINDS), TenancyKind.OTHER),
        tenure=taker.code("tenure", dict(TENURES), Tenure.NOT_KNOWN),
        since=since,
        until=until,
    )


def _person(taker: _Taker, today: date) -> PersonRow:
    since, until = taker.days("since", "until")
    return PersonRow(
        row=taker.row,
        reference=taker.take("reference", lambda cell: values.needed(values.reference(cell), 50, "The reference"), ""),
        name=taker.name(),
        known_as=taker.words("known_as", 200),
        born_on=taker.take("born_on", lambda cell: values.birthday(cell, today), None),
        phone=taker.take("phone", values.phone, ""),
        email=taker.take("email", values.email, ""),
        tenancy=taker.take("tenancy", values.reference, ""),
        signed=taker.code("signed", SIGNED, "no") == "yes",
        since=since,
        until=until,
    )


def _staff(taker: _Taker) -> StaffRow:
    starts, left = taker.days("starts", "left")
    ends = taker.take("ends", values.day, None)
    taker.take("ends", lambda _: values.in_order(starts, ends), None)
    email = taker.take("email", lambda cell: values.email(values.needed(cell, 254, "The e-mail address")), "")
    posts = taker.words("posts", 1000)
    return StaffRow(
        row=taker.row,
        email=email.lower(),
        name=taker.name(),
        kind=taker.code("kind", dict(STAFF_KINDS)),
        employer=taker.words("employer", 200),
        posts=tuple(post.strip() for post in posts.replace("|", ";").split(";") if post.strip()),
        starts=starts,
        ends=ends,
        left=left,
        person=taker.take("person", values.reference, ""),
    )

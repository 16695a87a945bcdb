"""The invented provider's homes, tenancies and people, brought in as its register keeper would bring them in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn
from hearth.housing.imports.files import read_register
from hearth.housing.imports.operations import import_register
from hearth.housing.imports.terms import SheetKind
from hearth.organisation.queries import user_called

# reference, kind, block, address line 1, postcode. Postcodes of M99 are nobody's home.
HOMES = (
    ("JC", "block", "", "Juniper Court", "M99 1AA"),
    *((f"JC-{number}", "home", "JC", f"Flat {number}, Juniper Court", "M99 1AA") for number in range(1, 7)),
    ("RW", "estate", "", "Rowan Walk", "M99 2BB"),
    *((f"RW-{number}", "home", "RW", f"{number} Rowan Walk", "M99 2BB") for number in (3, 5, 7, 9, 12, 14)),
    ("AH", "block", "", "Alder House extra care", "M99 3CC"),
    *((f"AH-{number}", "home", "AH", f"Flat {number}, Alder House", "M99 3CC") for number in range(1, 5)),
)
# tenancy and home, tenure, started, ended
TENANCIES = (
    ("T-101", "JC-1", "social rent", "2012-04-02", ""),
    ("T-103", "JC-3", "social rent", "2018-09-17", ""),
    ("T-098", "JC-4", "social rent", "2003-06-09", "2019-11-10"),
    ("T-104", "JC-4", "social rent", "2020-01-13", ""),
    ("T-209", "RW-9", "social rent", "2016-02-08", ""),
    ("T-212", "RW-12", "social rent", "2009-10-05", ""),
    ("T-214", "RW-14", "affordable rent", "2021-07-12", ""),
    ("T-302", "AH-2", "supported", "2022-03-07", ""),
)
# reference, name, known as, born (years ago, month, day), telephone, tenancy, tenant or household
PEOPLE = (
    ("P-01", "Margaret Oduya", "", (71, 3, 9), "01632 960021", "T-101", "tenant"),
    ("P-02", "Siân Llwyd", "", (44, 8, 21), "01632 960022", "T-103", "tenant"),
    ("P-03", "Walter Finch", "", (83, 1, 30), "", "T-098", "tenant"),
    ("P-04", "Leah Ashby", "", (29, 5, 4), "01632 960023", "T-104", "tenant"),
    ("P-05", "Mia Ashby", "", (8, 2, 11), "", "T-104", "household"),
    ("P-06", "Theo Ashby", "", (2, 9, 26), "", "T-104", "household"),
    ("P-07", "Nora Heath", "", (38, 11, 2), "01632 960024", "T-209", "tenant"),
    ("P-08", "Sam Heath", "", (11, 4, 15), "", "T-209", "household"),
    ("P-09", "Arthur Pell", "Artie", (58, 7, 19), "01632 960025", "T-212", "tenant"),
    ("P-10", "Declan Heath", "", (41, 6, 6), "01632 960026", "T-214", "tenant"),
    ("P-11", "Ivy Calder", "", (88, 12, 1), "", "T-302", "tenant"),
)
RELATIVE = "P-10"
SIGN_IN = "declan.heath@larchfield.example"


def bring_in(cast: Mapping[str, SignedIn], *, at: datetime) -> None:
    """Bring in the register, then the one colleague who is a tenant too."""
    keeper, administrator = cast["register-keeper"], cast["administrator"]
    declan = user_called(SIGN_IN)
    files = {SheetKind.HOMES: _homes(), SheetKind.TENANCIES: _tenancies(), SheetKind.PEOPLE: _people(at.date())}
    staff = _csv(("e-mail", "name", "own person reference"), [(declan.email, declan.name, RELATIVE)])
    for by, contents in ((keeper, files), (administrator, {SheetKind.STAFF: staff})):
        with acting_as(by), transaction.atomic():
            import_register(read_register(contents, at.date()), by=by, at=at)


def _homes() -> bytes:
    headings = ("home reference", "kind", "block reference", "address line 1", "town", "postcode")
    return _csv(headings, [(ref, kind, block, line, "Larchfield", code) for ref, kind, block, line, code in HOMES])


def _tenancies() -> bytes:
    return _csv(("tenancy reference", "home reference", "tenure", "start date", "end date"), TENANCIES)


def _people(today: date) -> bytes:
    headings = ("person reference", "name", "known as", "date of birth", "phone", "tenancy reference", "role")
    rows = [
        (ref, name, known_as, f"{today.year - years}-{month:02}-{day:02}", phone, tenancy, part)
        for ref, name, known_as, (years, month, day), phone, tenancy, part in PEOPLE
    ]
    return _csv(headings, rows)


def _csv(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    quoted = (",".join(f'"{cell}"' for cell in row) for row in (headings, *rows))
    return ("\n".join(quoted) + "\n").encode()

"""The columns each file may have, and what housing systems call them."""

import re

from hearth.housing.imports.terms import SheetKind

NOT_A_LETTER = re.compile(r"[^a-z0-9]+")

# our key -> what we call it to people, and the other names it is known by. Compared without case and punctuation.
COLUMNS: dict[SheetKind, dict[str, tuple[str, tuple[str, ...]]]] = {
    SheetKind.HOMES: {
        "reference": ("home reference", ("property reference", "property ref", "prop ref", "asset id", "home ref")),
        "uprn": ("uprn", ("unique property reference number", "national uprn", "os uprn")),
        "kind": ("kind", ("property type", "asset type", "type", "home kind")),
        "block": ("block reference", ("block ref", "parent reference", "parent asset", "block", "building reference")),
        "line_1": ("address line 1", ("address 1", "address1", "line 1", "address", "street address")),
        "line_2": ("address line 2", ("address 2", "address2", "line 2")),
        "line_3": ("address line 3", ("address 3", "address3", "line 3", "locality")),
        "town": ("town", ("town or city", "city", "post town")),
        "postcode": ("postcode", ("post code", "pcode", "postal code")),
        "company": ("company", ("landlord", "group company", "subsidiary", "owning company")),
        "until": ("left the stock", ("sold or demolished", "end date", "disposal date", "date disposed")),
    },
    SheetKind.TENANCIES: {
        "reference": ("tenancy reference", ("tenancy ref", "tenancy id", "agreement reference", "ten ref")),
        "home": ("home reference", ("property reference", "property ref", "prop ref", "asset id", "home ref")),
        "home_uprn": ("uprn", ("unique property reference number", "national uprn", "os uprn")),
        "kind": ("sole or joint", ("tenancy kind", "joint", "joint tenancy", "sole joint")),
        "tenure": ("tenure", ("tenancy type", "tenure type", "agreement type")),
        "since": ("start date", ("tenancy start", "start", "from", "commencement date", "tenancy start date")),
        "until": ("end date", ("tenancy end", "end", "until", "termination date", "tenancy end date")),
    },
    SheetKind.PEOPLE: {
        "reference": ("person reference", ("person ref", "person id", "tenant id", "customer id", "client id")),
        "name": ("name", ("full name", "person name", "tenant name", "customer name")),
        "first": ("first name", ("forename", "forenames", "given name", "first names")),
        "last": ("last name", ("surname", "family name")),
        "known_as": ("known as", ("preferred name", "alias", "also known as")),
        "born_on": ("date of birth", ("dob", "birth date", "born")),
        "phone": ("phone", ("telephone", "mobile", "phone number", "contact number")),
        "email": ("e-mail", ("email", "email address", "e mail address")),
        "tenancy": ("tenancy reference", ("tenancy ref", "tenancy id", "agreement reference", "ten ref")),
        "signed": ("tenant or household", ("role", "relationship to tenant", "person role", "occupant type")),
        "since": ("moved in", ("from", "start date", "date moved in", "since")),
        "until": ("moved out", ("until", "end date", "date moved out", "left")),
    },
    SheetKind.STAFF: {
        "email": ("e-mail", ("email", "email address", "e mail address", "work email")),
        "name": ("name", ("full name", "staff name", "employee name")),
        "first": ("first name", ("forename", "given name")),
        "last": ("last name", ("surname", "family name")),
        "kind": ("kind", ("worker type", "employment type", "contract type")),
        "employer": ("employer", ("company", "organisation", "agency")),
        "posts": ("post", ("posts", "job title", "role", "position")),
        "starts": ("started", ("start date", "date started", "from")),
        "ends": ("last day in post", ("post ends", "post end date", "appointment ends", "end of appointment")),
        "left": ("left", ("leaving date", "end date", "date left", "until")),
        "person": ("own person reference", ("own tenant reference", "own person ref", "is tenant")),
    },
}  # fmt: skip

# Columns without which a file cannot be used: any one of each group.
NEEDED: dict[SheetKind, tuple[tuple[str, ...], ...]] = {
    SheetKind.HOMES: (("reference", "uprn"), ("line_1",), ("postcode",)),
    SheetKind.TENANCIES: (("reference",), ("home", "home_uprn"), ("since",)),
    SheetKind.PEOPLE: (("reference",), ("name", "last")),
    SheetKind.STAFF: (("email",), ("name", "last")),
}


def label(kind: SheetKind, key: str) -> str:
    """What we call a column to people."""
    return COLUMNS[kind][key][0]


def key_of(kind: SheetKind, heading: str) -> str:
    """Our key for a heading of a file, or nothing where we do not know it."""
    return _KEYS[kind].get(_plain(heading), "")


def _plain(heading: str) -> str:
    return NOT_A_LETTER.sub(" ", heading.casefold()).strip()


_KEYS: dict[SheetKind, dict[str, str]] = {
    kind: {_plain(name): key for key, (called, others) in columns.items() for name in (called, *others)}
    for kind, columns in COLUMNS.items()
}

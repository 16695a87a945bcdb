"""What may stand in a cell, and what to do where it does not. Each raises Wrong in words for whoever made the file."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from hearth.housing import addresses
from hearth.housing.imports.terms import Wrong
from hearth.people import names

FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y%m%d")
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ]\d{2}")
LOOKS_LIKE_A_DATE = re.compile(r"\d{1,4}[/.\- ]?(\d{1,2}|[A-Za-z]{3,9})[/.\- ]?\d{1,4}")
EMAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']{1,185}\.[^@\s,;<>\"'.]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 ()\-./extEXT#]{4,38}")
FIRST_YEAR, LAST_YEAR = 1850, 2150
OLDEST = 125
NO_DATE = frozenset({"", "-", "n/a", "na", "none", "null", "01/01/1900", "1900-01-01", "31/12/9999", "9999-12-31"})


def text(cell: str, longest: int) -> str:
    """Words as they stand, in one Unicode form."""
    kept = names.as_typed(" ".join(cell.split()))
    if len(kept) > longest:
        raise Wrong(f"This is longer than {longest} characters.", "Shorten it.")
    return kept


def needed(cell: str, longest: int, what: str) -> str:
    """Words that must be there."""
    kept = text(cell, longest)
    if not kept:
        raise Wrong(f"{what} is missing.", "Fill it in, or remove the row.")
    return kept


def reference(cell: str) -> str:
    """A reference of the landlord's, as it stands."""
    kept = text(cell, 50)
    if re.fullmatch(r"[0-9.]+E\+[0-9]+", kept):
        raise Wrong("The spreadsheet has rounded this number.", "Format the column as text, enter it again and save.")
    return kept


def uprn(cell: str) -> str:
    """A unique property reference number, or nothing."""
    if not cell:
        return ""
    found = addresses.uprn(reference(cell).removesuffix(".0"))
    if not found:
        raise Wrong("This is not a UPRN.", "Enter up to 12 digits, or leave the cell empty.")
    return found


def postcode(cell: str) -> str:
    """A whole postcode, or nothing."""
    if not cell:
        return ""
    found = addresses.postcode(cell)
    if not found or len(cell) > 20:
        raise Wrong("This is not a postcode.", "Enter it whole, such as M14 4AA, or leave the cell empty.")
    return found


@lru_cache(maxsize=50_000)
def day(cell: str) -> date | None:
    """A day written the British way, the international way or by a spreadsheet; nothing where there is none."""
    plain = MIDNIGHT.sub("", cell.strip())
    if plain.casefold() in NO_DATE:
        return None
    for form in FORMS:
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
        raise Wrong(f"The year {found.year} cannot be right.", "Enter the date as day/month/year, such as 31/01/1980.")
    if SHORT_YEAR.fullmatch(plain):
        raise Wrong("The year has two digits, so the century is not known.", "Enter it with four, such as 31/01/1980.")
    if LOOKS_LIKE_A_DATE.fullmatch(plain):
        raise Wrong("There is no such day.", "Enter a day that exists, as day/month/year, such as 31/01/1980.")
    raise Wrong("This is not a date.", "Enter it as day/month/year, such as 31/01/1980, or leave the cell empty.")


def birthday(cell: str, today: date) -> date | None:
    """A date of birth that somebody living can have."""
    found = day(cell)
    if found and found > today:
        raise Wrong("This date of birth lies in the future.", "Correct the date.")
    if found and today.year - found.year > OLDEST:
        raise Wrong(f"Nobody is older than {OLDEST}.", "Correct the date, or leave the cell empty.")
    return found


def email(cell: str) -> str:
    """An e-mail address, or nothing."""
    plain = cell.strip()
    if plain and (not EMAIL.fullmatch(plain) or len(plain) > 254):
        raise Wrong("This is not an e-mail address.", "Enter one address, such as name@example.org, or leave it empty.")
    return plain


def phone(cell: str) -> str:
    """A telephone number as written, or nothing."""
    plain = " ".join(cell.split())
    if plain and not PHONE.fullmatch(plain):
        raise Wrong("This is not a telephone number.", "Enter one number, or leave the cell empty.")
    return plain


def one_of(cell: str, words: Mapping[str, str], otherwise: str | None = None) -> str:
    """The code of a word people use, whatever its case; `otherwise` where the cell is empty or says nothing we know."""
    found = words.get(" ".join(re.sub(r"[^a-z ]+", " ", cell.casefold()).split()))
    if found is not None:
        return found
    if otherwise is not None:
        return otherwise
    raise Wrong("This word is not known.", f"Enter one of: {', '.join(sorted(set(words) - {''}))}.")


def in_order(since: date | None, until: date | None) -> None:
    """Refuse an end before its start."""
    if since and until and until < since:
        raise Wrong("This end lies before its start.", "Correct one of the two dates.")

"""From the bytes of a file to rows of cells. Plain Python: no file can crash it, only be refused in words."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator

from hearth.housing.imports.columns import COLUMNS, NEEDED, key_of, label
from hearth.housing.imports.terms import CannotRead, Cells, Fault, SheetKind

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 300_000
LONGEST_CELL = 1_000
SHOWN_OF_A_CELL = 60
DELIMITERS = ",;\t|"
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Reading:
    """One file being read: its columns, its rows and what is wrong with the rows that cannot be used."""

    def __init__(self, kind: SheetKind, content: bytes) -> None:
        self.kind = kind
        self.digest = hashlib.sha256(content).hexdigest()
        self.faults: list[Fault] = []
        text = decoded(content)
        self._records = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        self._row = 0
        self._keys = self._headings()

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(key for key in self._keys if key)

    def rows(self) -> Iterator[Cells]:
        """The rows that can be used, with their number in the file. The headings are row 1."""
        for record in self._all_records():
            if record is None or not any(cell.strip() for cell in record):
                continue
            if self._row > MOST_ROWS:
                raise CannotRead(f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts.")
            if cells := self._cells(record):
                yield Cells(self._row, cells)

    def fault(self, row: int, key: str, problem: str, what_to_do: str, cell: str = "") -> None:
        """Note what is wrong in a row."""
        called = label(self.kind, key) if key else ""
        self.faults.append(Fault(self.kind, row, called, problem, what_to_do, cell[:SHOWN_OF_A_CELL]))

    def _cells(self, record: list[str]) -> dict[str, str] | None:
        width = len(self._keys)
        while len(record) > width and not record[-1].strip():
            record.pop()
        if len(record) != width:
            columns = f"This row has {len(record)} cells, the headings have {width}."
            self.fault(
                self._row, "", columns, "Put quotation marks around cells that hold a comma, then save it again."
            )
            return None
        cells = {key: _unwrapped(cell) for key, cell in zip(self._keys, record, strict=True) if key}
        spoiled = False
        for key, cell in cells.items():
            if len(cell) > LONGEST_CELL:
                self.fault(
                    self._row, key, "This cell is far too long.", f"Shorten it to {LONGEST_CELL} characters.", cell
                )
                spoiled = True
            elif NOT_PRINTABLE.search(cell):
                what = "This cell holds a character that cannot be read."
                self.fault(self._row, key, what, "Type the cell again.", NOT_PRINTABLE.sub("?", cell))
                spoiled = True
        return None if spoiled else cells

    def _headings(self) -> list[str]:
        first = next(self._all_records(), None)
        if not first or not any(cell.strip() for cell in first):
            raise CannotRead("The file is empty. Its first row must hold the headings.")
        keys = [key_of(self.kind, heading[:LONGEST_CELL]) for heading in first]
        while keys and not keys[-1] and not first[len(keys) - 1].strip():
            keys.pop()
        for key in {key for key in keys if key}:
            if keys.count(key) > 1:
                raise CannotRead(f"Two columns mean “{label(self.kind, key)}”. Remove one of them.")
        missing = [group for group in NEEDED[self.kind] if not set(group) & set(keys)]
        if missing:
            wanted = ", ".join(" or ".join(f"“{label(self.kind, key)}”" for key in group) for group in missing)
            known = ", ".join(f"“{called}”" for called, _ in COLUMNS[self.kind].values())
            raise CannotRead(f"The file has no column {wanted}. The columns it may have are {known}.")
        return keys

    def _all_records(self) -> Iterator[list[str] | None]:
        while True:
            self._row += 1
            try:
                yield next(self._records)
            except StopIteration:
                return
            except csv.Error:
                self.fault(
                    self._row, "", "This row cannot be read.", "Check its quotation marks and how long its cells are."
                )
                yield None


def decoded(content: bytes) -> str:
    """The text of a file in whatever encoding spreadsheets write."""
    if len(content) > MOST_BYTES:
        raise CannotRead(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts.")
    if content.startswith(b"PK\x03\x04"):
        raise CannotRead("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and choose that file.")
    encodings = [encoding for mark, encoding in MARKS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotRead("The letters of the file cannot be read. Save it as “CSV UTF-8” and choose it again.")


def _delimiter(text: str) -> str:
    first = text[:10_000].split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _unwrapped(cell: str) -> str:
    """The cell without stray spaces, and without the ="0123" by which spreadsheets keep a leading nought."""
    plain = cell.strip()
    found = AS_TEXT.fullmatch(plain)
    return found[1].strip() if found else plain

"""What was wrong, as a file for whoever made the register: row, column, what to do."""

import csv
import io
from collections.abc import Iterable

from hearth.housing.imports.terms import Fault

HEADINGS = ("File", "Row", "Column", "What is wrong", "What to do", "What the cell says")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def as_csv(faults: Iterable[Fault]) -> bytes:
    """The faults as a CSV file that a spreadsheet opens without running anything in it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for fault in sorted(faults, key=lambda fault: (fault.sheet.value, fault.row, fault.column)):
        row = (fault.sheet.value, str(fault.row), fault.column, fault.problem, fault.what_to_do, fault.cell)
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(STARTS_A_FORMULA) else cell

"""Files for a spreadsheet: exactly what the page tells."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A file to download, in the alphabet spreadsheets expect, in which no cell runs as a formula."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")  # spreadsheets take a file without it for another alphabet
    written = csv.writer(answer)
    written.writerow(columns)
    written.writerows([_plain(cell) for cell in row] for row in rows)
    return answer


def _plain(cell: str) -> str:
    """What a spreadsheet would run as a formula is kept as words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

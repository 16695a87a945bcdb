"""Finds the line on which something is written in a TOML file, so that an error can name it."""

import re
from collections.abc import Iterator

type Path = tuple[str | int, ...]

HEADER = re.compile(r"\s*\[(\[)?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
LONG_STRING = re.compile(r'"""|\'\'\'')


def lines_of(text: str) -> dict[Path, int]:
    """The line of each table and of each key in it; array tables are numbered from nought."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in lines_outside_long_strings(text):
        if header := HEADER.match(line):
            table = table_path(header[2].split("."), counts, is_array=bool(header[1]))
            found[table] = number
        elif key := KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def table_path(names: list[str], counts: dict[Path, int], *, is_array: bool) -> Path:
    """Where a header stands: `[[rule.band]]` is a band of the rule last begun."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, names[-1])
    if is_array:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def lines_outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    """Each line that does not begin inside a multi-line string, with its number."""
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not closing:
            yield number, line
        rest = line
        while rest:
            if closing:
                _, ended, rest = rest.partition(closing)
                closing = "" if ended else closing
            elif opening := LONG_STRING.search(rest):
                closing, rest = opening[0], rest[opening.end() :]
            else:
                break

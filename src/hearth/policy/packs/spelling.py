"""How ids and codes may be spelt: they stand in addresses and are kept beside records, so they are short and plain."""

import re
from collections.abc import Mapping

from hearth.policy.packs.reading import Table

# A clause may be called as the policy prints it: "4.1.1a", "3(2)", "Section 5". Everything else has a plain code.
AS_PRINTED = re.compile(r"[^\W_][\w.()– -]*")
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# A post stands in an address as one word without a dot.
ONE_WORD = re.compile(r"[A-Za-z0-9_-]+")
SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "clause": (AS_PRINTED, "letters, digits, spaces and . - ( )"),
    "post": (ONE_WORD, "letters of the alphabet, digits, - and _"),
}
OTHERWISE = (PLAIN, "letters of the alphabet, digits and . - _")
# As long as what keeps them beside a record.
LONGEST: Mapping[str, int] = {"clause": 40, "rule": 80, "post": 80, "agency": 30}
LONGEST_ELSE = 60
LONGEST_TEXT: Mapping[tuple[str, str], int] = {
    ("pack", "title"): 200, ("pack", "version"): 40, ("post", "title"): 200, ("route", "name"): 200,
}  # fmt: skip


def check_spelling(section: str, keys: str, table: Table) -> None:
    """Complain of ids and codes no address or record could hold, and of titles that are too long."""
    for key in keys.split():
        written = table.values.get(key)
        if isinstance(written, str) and written.strip() and key != "what":
            _check(section, key, " ".join(written.split()), table)
    for (where, key), most in LONGEST_TEXT.items():
        written = table.values.get(key)
        if where == section and isinstance(written, str) and len(written) > most:
            table.complain(key, f"“{key}” is too long: it may have {most} characters, and has {len(written)}")


def _check(section: str, key: str, written: str, table: Table) -> None:
    pattern, may_have = SHAPES.get(section, OTHERWISE)
    listed = table.values.get("list") if section == "word" else ""
    most = LONGEST.get(str(listed or section), LONGEST_ELSE)
    if not pattern.fullmatch(written):
        table.complain(
            key, f"“{written}” cannot be the {key} of a {section}: it begins with a letter or digit and has {may_have}"
        )
    if len(written) > most:
        table.complain(key, f"the {key} of a {section} has at most {most} characters; this has {len(written)}")

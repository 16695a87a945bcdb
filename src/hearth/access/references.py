"""References people say aloud, such as C-7KQ4-M2."""

import re

from django.db import connection

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
FORM = re.compile(rf"([A-Z])-?([{ALPHABET}]{{4}})-?([{ALPHABET}]{{2}})")


class NotAReference(ValueError):
    """What was typed cannot be a reference: the message says what to do."""


def claim(prefix: str) -> str:
    """A new reference: random, and nobody else's for ever."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.claim_reference(%s)", [prefix])
        return str(cursor.fetchone()[0])


def read(typed: str) -> str:
    """The reference somebody typed or heard, in its own form; NotAReference where a character is wrong."""
    found = FORM.fullmatch(re.sub(r"[\s–—]+", "-", typed.strip()).upper().replace("--", "-"))
    if found is None or not _is_checked(found[2] + found[3]):
        raise NotAReference("Check the reference. It looks like C-7KQ4-M2.")
    return f"{found[1]}-{found[2]}-{found[3]}"


def _is_checked(characters: str) -> bool:
    total = 0
    for place, character in enumerate(reversed(characters)):
        value = ALPHABET.index(character) * (2 if place % 2 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return total % len(ALPHABET) == 0

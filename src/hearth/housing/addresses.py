"""Addresses compared as people write them. Plain Python; PostgreSQL only stores what is computed here."""

import re

from hearth.people import names

# Ways to write the same word. "St" is a street and a saint alike, so both are kept as "st".
SHORT = {
    "street": "st", "saint": "st", "str": "st", "road": "rd", "avenue": "ave", "av": "ave", "lane": "ln", "court": "ct",
    "crt": "ct", "close": "cl", "drive": "dr", "drv": "dr", "gardens": "gdns", "gdn": "gdns", "garden": "gdns",
    "square": "sq", "place": "pl", "crescent": "cres", "terrace": "ter", "terr": "ter", "house": "hse",
    "apartment": "flat", "apt": "flat", "grove": "gr", "grv": "gr", "mount": "mt", "walk": "wlk", "buildings": "bldgs",
    "building": "bldgs", "and": "&",
    "upper": "upr", "lower": "lwr", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})")
OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*([0-9][A-Z]?))?")
UPRN = re.compile(r"[0-9]{1,12}")
NUMBERED = re.compile(r"[0-9]")
GOOD_ENOUGH = 0.8


def postcode(typed: str) -> str:
    """A whole postcode in its usual form, M14 4AA, or nothing where it is none."""
    found = POSTCODE.fullmatch(re.sub(r"[^A-Z0-9]", "", typed.upper()))
    return f"{found[1]} {found[2]}" if found else ""


def start_of_postcode(typed: str) -> str:
    """What was typed, where it can be the beginning of a postcode: M14 4, or M14."""
    found = OUTWARD.fullmatch(typed.strip().upper())
    return f"{found[1]} {found[2] or ''}".rstrip() if found else ""


def uprn(typed: str) -> str:
    """A unique property reference number without leading zeros, or nothing where it is none."""
    digits = typed.strip()
    return digits.lstrip("0") if UPRN.fullmatch(digits) else ""


def take_postcode(typed: str) -> tuple[str, str]:
    """The postcode somebody wrote within an address, and what is left of the address."""
    upper = typed.upper()
    found = re.search(rf"\b{POSTCODE.pattern}\b", upper)
    if not found:
        return "", typed
    return f"{found[1]} {found[2]}", f"{typed[: found.start()]} {typed[found.end() :]}"


def words(address: str) -> list[str]:
    """The words of an address, each once and in its shortest form."""
    plain = names.plain(address.replace("/", " "))
    return list(dict.fromkeys(SHORT.get(word, word) for word in plain.split() if SHORT.get(word, word) != "&"))


def sounds(address: str) -> list[str]:
    """How the words of an address may be said; numbers are not."""
    return sorted({key for word in words(address) for key in names.sounds(word)})


def is_number(word: str) -> bool:
    """Whether a word is a number or carries one: 12, 12a, 3rd."""
    return bool(NUMBERED.search(word))


def likeness(asked: list[str], address: str) -> float:
    """How well an address answers the words asked for. A number is the same or it is not."""
    kept = words(address)
    if not asked or not kept:
        return 0.0
    scores = [float(word in kept) if is_number(word) else names.likeness(word, " ".join(kept)) for word in asked]
    return sum(scores) / len(scores)

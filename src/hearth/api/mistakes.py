"""What pydantic found, said as sentences. What was sent is never repeated: it may be somebody's words."""

from collections.abc import Iterable, Mapping
from typing import Any

from hearth.api.problems import Mistake

SENTENCES = {
    "missing": "Send this.",
    "extra_forbidden": "There is no field of this name.",
    "string_too_short": "Write something here.",
    "string_too_long": "Use {max_length:,} characters or fewer. Nothing has been cut off.",
    "too_long": "Send at most {max_length}.",
    "too_short": "Send at least {min_length}.",
    "enum": "Send one of: {expected}.",
    "literal_error": "Send one of: {expected}.",
    "greater_than_equal": "Send a number of {ge} or more.",
    "less_than_equal": "Send a number of {le} or less.",
    "timezone_aware": "Send the time with its offset, such as 2026-12-03T14:10:00Z.",
}
KINDS = {
    "string": "Send text.",
    "int": "Send a whole number.",
    "bool": "Send true or false.",
    "uuid": "Send an id, such as 8c1c0f5e-6c3d-4c58-9f0e-0d4f3a1b2c3d.",
    "date": "Send a day, such as 2026-12-03.",
    "datetime": "Send a time with its offset, such as 2026-12-03T14:10:00Z.",
    "list": "Send a list.",
    "dict": "Send an object.",
    "model": "Send an object.",
}


def mistakes(found: Iterable[Mapping[str, Any]]) -> list[Mistake]:
    """Each mistake with its place, once."""
    said = [Mistake(where=_where(each["loc"]), sentence=_sentence(each)) for each in found]
    return list(dict.fromkeys(said))


def _where(place: tuple[str | int, ...]) -> str:
    source, *inside = place
    if source == "body":
        inside = inside[1:]  # the name of our own parameter
    return ".".join(str(part) for part in inside) or "body"


def _sentence(found: Mapping[str, Any]) -> str:
    kind, context = str(found["type"]), found.get("ctx") or {}
    if kind in SENTENCES:
        return SENTENCES[kind].format(**context)
    if kind == "value_error":
        return str(context.get("error", "This cannot be kept."))
    head = kind.split("_")[0]
    return KINDS.get(head, "This cannot be read.")

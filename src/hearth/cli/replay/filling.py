"""What a file says, made into the values that operations take."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from hearth.cli.replay.files import Given


class NotThere(Exception):
    """What a file gives is not what the act takes; the message says which."""


def filled[T](kind: type[T], given: Given, *, leave: Collection[str] = (), **more: object) -> T:
    """A dataclass of the domain with what the file gives. `leave` names what the act itself takes."""
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # T is a dataclass of some app's terms
    values = {name: value for name, value in given.items() if name not in leave}
    if unknown := sorted(set(values) - known):
        raise NotThere(f"{', '.join(unknown)} means nothing here")
    try:
        return kind(**{name: answered(hints[name], value, name) for name, value in values.items()}, **more)
    except TypeError as problem:
        raise NotThere(f"something it needs is not given: {problem}") from problem


def answered(hint: object, value: object, name: str) -> object:
    """One answer in the type the field takes."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(answered(get_args(hint)[0], each, name) for each in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return chosen(hint, value, name)
    if hint is datetime and isinstance(value, datetime):
        from hearth.policy.durations import LOCAL

        return value if value.tzinfo else value.replace(tzinfo=LOCAL)
    return value


def chosen[E: Enum](kind: type[E], value: object, name: str) -> E:
    """One of the words a field may hold."""
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(str(each.value) for each in kind)
        raise NotThere(f"{name} is “{value}”, which is none of {words}") from None


def text(given: Given, name: str, otherwise: str | None = None) -> str:
    """Words the act needs."""
    value = given.get(name, otherwise)
    if not isinstance(value, str):
        raise NotThere(f"{name} is missing")
    return value


def day(given: Given, name: str) -> date:
    """A day the act needs."""
    value = given.get(name)
    if not isinstance(value, date):
        raise NotThere(f"{name} is a day, such as 2026-12-03")
    return value

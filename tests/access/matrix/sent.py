"""What somebody may send instead of what is meant: nothing, nonsense, what is stale, what names nobody's record."""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DAY, MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT.*")
NOT_AN_ID_OF_A_RECORD = {"key", "form_key"}
# Answers that are codes or names without being one of a list that the door itself looks at.
NAMED = {"ground", "clause", "harm", "level", "reference", "email"}

Sent = Mapping[str, Any]
Change = Callable[[Sent], Sent]


def nothing(sent: Sent) -> Sent:
    """Not one answer."""
    return {}


def nonsense(sent: Sent) -> Sent:
    """Every answer what nothing could be read from, and one that nobody asked for."""
    return dict.fromkeys([*sent, "nobody_asked"], "\0" + "x" * 200)


def stale(sent: Sent) -> Sent:
    """As somebody would send it who opened the form long ago."""
    return {name: _each(name, value, _long_ago) for name, value in sent.items()}


def strange(sent: Sent) -> Sent:
    """Whole, but every record, person and code it names is nobody's."""
    return {name: _each(name, value, _nobodys) for name, value in sent.items()}


def whole(sent: Sent) -> Sent:
    """As it is meant."""
    return sent


BESIDE_WHOLE: tuple[Change, ...] = (nothing, nonsense, stale, strange)
UNREADABLE = frozenset({nothing, nonsense})


def _each(name: str, value: Any, change: Callable[[str, Any], Any]) -> Any:
    if isinstance(value, Mapping):
        return {inner: _each(inner, one, change) for inner, one in value.items()}
    return [change(name, one) for one in value] if isinstance(value, list) else change(name, value)


def _long_ago(name: str, value: Any) -> Any:
    if name.endswith("version"):
        return type(value)(9999)
    if name.endswith("-year"):
        return "2001"
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return "2001-02-03T10:00:00Z"
    return "2001-02-03" if isinstance(value, str) and DAY.fullmatch(value) else value


def _nobodys(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in NOT_AN_ID_OF_A_RECORD:
        return value
    if ID.fullmatch(value):
        return str(uuid.uuid4())
    return "C-2222-22" if name in NAMED else value

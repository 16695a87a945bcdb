"""What somebody searched for, kept sealed in his own session: no address on screen or in a log says it."""

import base64
import uuid
from dataclasses import dataclass

from hearth.access.sealed import CannotOpen, seal, unseal
from hearth.web.middleware import Page

SESSION_KEY = "asked"
MOST_KEPT = 10
NAME, PLACE = "name", "place"


@dataclass(frozen=True)
class Asked:
    """The words of one search."""

    name: str
    place: str


def keep(request: Page, asked: Asked) -> uuid.UUID:
    """Keep a search and say under which id it is asked for. Only the last few are kept."""
    key = uuid.uuid4()
    kept: dict[str, dict[str, str]] = dict(request.session.get(SESSION_KEY, {}))
    kept[str(key)] = {NAME: _sealed(key, NAME, asked.name), PLACE: _sealed(key, PLACE, asked.place)}
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_KEPT:])
    return key


def asked_before(request: Page, key: uuid.UUID) -> Asked | None:
    """The search of that id, where this session still has it."""
    kept: dict[str, str] | None = request.session.get(SESSION_KEY, {}).get(str(key))
    if kept is None:
        return None
    try:
        return Asked(_opened(key, NAME, kept[NAME]), _opened(key, PLACE, kept[PLACE]))
    except (CannotOpen, KeyError, ValueError):
        return None


def _sealed(key: uuid.UUID, column: str, words: str) -> str:
    return base64.b64encode(seal(words, table=SESSION_KEY, row=str(key), column=column)).decode()


def _opened(key: uuid.UUID, column: str, kept: str) -> str:
    return unseal(base64.b64decode(kept), table=SESSION_KEY, row=str(key), column=column)

"""A policy comes into force in the middle of a story."""

from collections.abc import Callable, Mapping
from pathlib import Path

from hearth.cli.replay.filling import NotThere, text
from hearth.cli.replay.founding import policy_of
from hearth.cli.replay.stage import Doing
from hearth.organisation.queries import companies
from hearth.timescales.operations import adopt_policy


def adopt(doing: Doing) -> None:
    """For the organisation, or for one company of the group."""
    chain = policy_of(Path(text(doing.given, "pack")), text(doing.given, "otherwise", ""))
    adopt_policy(chain, by=doing.by, at=doing.at, entity=_company(text(doing.given, "company", "")))


def _company(named: str) -> int | None:
    found = [pk for pk, name in companies().items() if name == named]
    if named and not found:
        raise NotThere(f"no company is called “{named}”")
    return found[0] if found else None


ACTS: Mapping[str, Callable[[Doing], None]] = {"adopt_policy": adopt}

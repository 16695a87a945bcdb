"""A case is taken on, worked, handed on and closed."""

import uuid
from collections.abc import Callable, Mapping

from hearth.cases import queries
from hearth.cases.folder import folder
from hearth.cases.operations import afterwards, closing, handing_over, judging, working
from hearth.cases.terms import ContactMade, Ending, Risk
from hearth.cli.replay.filling import NotThere, chosen, filled, text
from hearth.cli.replay.stage import Doing
from hearth.policy.durations import local_day


def take_case(doing: Doing) -> None:
    """Accept what was offered."""
    offered = queries.offered_to_me(doing.by)
    if not offered:
        raise NotThere(f"{doing.written.by} has been offered no case")
    handing_over.accept(offered[0], by=doing.by, at=doing.at)


def record_contact(doing: Doing) -> None:
    """A contact or the attempt at one."""
    made = filled(ContactMade, {"happened_at": doing.at, **doing.given}, leave=("about",))
    working.record_contact(doing.about(), made, by=doing.by, at=doing.at, key=uuid.uuid4())


def band_risk(doing: Doing) -> None:
    """Judge the risk anew."""
    risk = chosen(Risk, doing.given.get("risk"), "risk")
    judging.set_risk(doing.about(), risk=risk, why=text(doing.given, "why"), by=doing.by, at=doing.at)


def support_in_place(doing: Doing) -> None:
    """A resolution is found and the support runs."""
    closing.support_in_place(doing.about(), why=text(doing.given, "why"), by=doing.by, at=doing.at)


def ask_to_close(doing: Doing) -> None:
    """Ask for a case to be closed."""
    ending = filled(Ending, doing.given, leave=("about",))
    closing.ask_to_close(doing.about(), ending, by=doing.by, at=doing.at)


def close_case(doing: Doing) -> None:
    """Close what was asked for; as a second person where the act says so."""
    closure = folder(doing.by, doing.about()).closure
    if closure is None:
        raise NotThere("nobody has asked to close this case")
    closing.close(closure, by=doing.by, at=doing.at, approves=doing.given.get("approves") is True)


def say_how_it_was(doing: Doing) -> None:
    """How a closed case was for those it was about, or why they could not be asked."""
    told = {name: str(doing.given.get(name, "")) for name in ("said", "why_not")}
    afterwards.ask_how_it_was(doing.about(), **told, on=local_day(doing.at), by=doing.by, at=doing.at)


ACTS: Mapping[str, Callable[[Doing], None]] = {
    "take_case": take_case,
    "record_contact": record_contact,
    "band_risk": band_risk,
    "support_in_place": support_in_place,
    "ask_to_close": ask_to_close,
    "close_case": close_case,
    "say_how_it_was": say_how_it_was,
}

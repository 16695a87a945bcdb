"""What a record says about people: who is in it, what they want, how they are reached, what they could decide."""

import uuid
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from hearth.cli.replay.filling import NotThere, chosen, text
from hearth.cli.replay.stage import Doing
from hearth.pathway import people_in_records as acts
from hearth.people import queries
from hearth.people.terms import (
    Asked,
    Birth,
    Capacity,
    Channel,
    ContactRule,
    Hours,
    Interpreter,
    PartPlayed,
    Source,
    Tie,
)


def put_down_person(doing: Doing) -> None:
    """Somebody known only from this record, with the part they play in it."""
    name, age = text(doing.given, "name"), doing.given.get("age")
    seen = Birth(age_about=age, age_seen_on=doing.at.date()) if isinstance(age, int) else Birth()
    put = acts.put_known_person(
        doing.about(), name=name, known_as=text(doing.given, "known_as", ""), birth=seen,
        part=chosen(PartPlayed, doing.given.get("part"), "part"), by=doing.by, at=doing.at, key=uuid.uuid4(),
    )  # fmt: skip
    doing.stage.persons[name] = put.role.person_id


def relate(doing: Doing) -> None:
    """Say what somebody in the record is to somebody else in it."""
    tie = chosen(Tie, doing.given.get("tie"), "tie")
    other = doing.stage.somebody(doing.by, text(doing.given, "other"))
    acts.say_relationship(doing.about(), _who(doing), tie, other, by=doing.by, at=doing.at)


def keep_wish(doing: Doing) -> None:
    """What somebody wants, word for word, or why nobody knows."""
    acts.keep_wish(
        doing.about(), _who(doing), asked=chosen(Asked, doing.given.get("asked", Asked.SAID.value), "asked"),
        words=text(doing.given, "words"), said_at=doing.at,
        told_by=chosen(Source, doing.given.get("told_by", Source.THE_PERSON.value), "told_by"), by=doing.by,
        at=doing.at, key=uuid.uuid4(),
    )  # fmt: skip


def keep_safe_contact(doing: Doing) -> None:
    """Whether one way to reach somebody is safe, over what this record said of it before."""
    record, who = doing.about(), _who(doing)
    channel = chosen(Channel, doing.given.get("channel"), "channel")
    kept = queries.safe_contacts(doing.by, who, about=record)
    last = next((each for each in kept if each.channel is channel and each.circle_id == record.circle_id), None)
    acts.keep_safe_contact(
        record, who, channel, chosen(ContactRule, doing.given.get("rule"), "rule"), hours=_hours(doing),
        value=text(doing.given, "value", ""), code_word=text(doing.given, "code_word", ""),
        replaces=last.version if last else None, by=doing.by, at=doing.at,
    )  # fmt: skip


def keep_needs(doing: Doing) -> None:
    """In which language and with what help somebody is spoken to."""
    record, who = doing.about(), _who(doing)
    last = queries.needs_of(doing.by, record, who)
    acts.keep_needs(
        record, who, language=text(doing.given, "language", ""),
        interpreter=chosen(Interpreter, doing.given.get("interpreter"), "interpreter"),
        needs=text(doing.given, "needs", ""), replaces=last.version if last else None, by=doing.by, at=doing.at,
    )  # fmt: skip


def keep_capacity(doing: Doing) -> None:
    """Whether somebody could make one decision now, and what shows it."""
    acts.keep_capacity(
        doing.about(), _who(doing), decision=text(doing.given, "decision"),
        outcome=chosen(Capacity, doing.given.get("outcome"), "outcome"), why=text(doing.given, "why"),
        help_given=text(doing.given, "help_given", ""), best_interests=text(doing.given, "best_interests", ""),
        assessed_on=doing.at.date(), assessed_by=text(doing.given, "assessed_by", doing.written.by), by=doing.by,
        at=doing.at, key=uuid.uuid4(),
    )  # fmt: skip


def _who(doing: Doing) -> Any:
    return doing.stage.somebody(doing.by, text(doing.given, "person"))


def _hours(doing: Doing) -> Hours | None:
    start, end = doing.given.get("from_time"), doing.given.get("until_time")
    if start is None and end is None:
        return None
    if not isinstance(start, time) or not isinstance(end, time):
        raise NotThere("from_time and until_time are times of day, such as 09:30:00")
    return Hours(start, end)


ACTS: Mapping[str, Callable[[Doing], None]] = {
    "put_down_person": put_down_person,
    "relate": relate,
    "keep_wish": keep_wish,
    "keep_safe_contact": keep_safe_contact,
    "keep_needs": keep_needs,
    "keep_capacity": keep_capacity,
}

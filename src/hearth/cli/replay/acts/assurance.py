"""Looking: somebody opens a record, a sample is drawn for an audit, and its reader let in for a while."""

from collections.abc import Callable, Mapping
from datetime import datetime

from hearth.assurance.access_log import draw_sample, samples
from hearth.cases.operations.placing import invite
from hearth.cli.replay.filling import NotThere, answered, day, text
from hearth.cli.replay.stage import Doing
from hearth.ledger.operations import record_read


def look(doing: Doing) -> None:
    """Open a record's page. The look is kept, and where it is refused the attempt."""
    kind, _ = doing.stage.record(text(doing.given, "about"))
    record = doing.about()
    record_read(f"{kind}.read", about=record, ids=[(kind, record.pk)], durable=True)


def draw(doing: Doing) -> None:
    """The database draws some of the cases closed in a month."""
    many = doing.given.get("many")
    drawn = draw_sample(day(doing.given, "month"), asked=many if isinstance(many, int) else 0, by=doing.by, at=doing.at)
    sample = next(each for each in samples(doing.by) if each.public_id == drawn)
    if not sample.references or not sample.is_unpicked:
        raise NotThere("the sample drew nothing, or not what its number says")


def let_in(doing: Doing) -> None:
    """Somebody may read a case for a while."""
    until = answered(datetime, doing.given.get("until"), "until")
    if not isinstance(until, datetime):
        raise NotThere("until is a day and a time")
    who = doing.stage.person(text(doing.given, "who"))
    invite(doing.about(), user_id=who.id, why=text(doing.given, "why"), until=until, by=doing.by, at=doing.at)


ACTS: Mapping[str, Callable[[Doing], None]] = {"look": look, "draw_sample": draw, "let_in": let_in}

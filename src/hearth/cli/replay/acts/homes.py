"""What is unsafe in a home, and the words others see before they act there."""

from collections.abc import Callable, Mapping

from hearth.access.terms import Part
from hearth.cli.replay.filling import NotThere, chosen, day, text
from hearth.cli.replay.stage import Doing
from hearth.housing import queries
from hearth.housing.operations import On, classify_hazard, put_marker, work_on_hazard
from hearth.housing.terms import HazardClass, HazardStep, MarkerKind


def find_hazard(doing: Doing) -> None:
    """The hazard that the concern opened by itself, as the repairs posts find it at a home."""
    found = queries.open_hazards(doing.by, at=doing.stage.home(doing.by, text(doing.given, "home")))
    if not found:
        raise NotThere(f"{doing.written.by} finds no hazard at that home")
    doing.call("hazard", found[0].public_id)


def classify(doing: Doing) -> None:
    """Say which class a hazard is of."""
    hazard = doing.about()
    hazard_class = chosen(HazardClass, doing.given.get("class"), "class")
    why = text(doing.given, "why")
    classify_hazard(hazard, hazard_class=hazard_class, why=why, version=hazard.version, by=doing.by, at=doing.at)


def work_on(doing: Doing) -> None:
    """Take the next step."""
    hazard, needed = doing.about(), doing.given.get("work_needed")
    work_on_hazard(
        hazard, chosen(HazardStep, doing.given.get("step"), "step"), done_at=doing.at, version=hazard.version,
        by=doing.by, at=doing.at, why=text(doing.given, "why", ""),
        work_needed=needed if isinstance(needed, bool) else None,
    )  # fmt: skip


def mark_home(doing: Doing) -> None:
    """Put words on a home for certain people and posts, without the reason."""
    shown: list[int | Part] = [doing.stage.person(str(name)).id for name in _list(doing, "people")]
    shown += [chosen(Part, part, "parts") for part in _list(doing, "parts")]
    put_marker(
        doing.about(), On(home=doing.stage.home(doing.by, text(doing.given, "home"))),
        kind=chosen(MarkerKind, doing.given.get("kind"), "kind"), words=text(doing.given, "words"),
        until=day(doing.given, "until"), shown_to=shown, by=doing.by, at=doing.at,
    )  # fmt: skip


def _list(doing: Doing, name: str) -> list[object]:
    value = doing.given.get(name, [])
    return value if isinstance(value, list) else [value]


ACTS: Mapping[str, Callable[[Doing], None]] = {
    "find_hazard": find_hazard,
    "classify_hazard": classify,
    "work_on_hazard": work_on,
    "mark_home": mark_home,
}

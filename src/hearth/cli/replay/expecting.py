"""What must be true after an act: a promise by its day, and how much of a record somebody sees."""

from datetime import date, datetime

from hearth.access.terms import NotHere, Refused
from hearth.cli.replay.files import Given
from hearth.cli.replay.filling import text
from hearth.cli.replay.stage import Stage, acting
from hearth.concerns import queries as concerns
from hearth.housing import queries as housing
from hearth.housing.terms import NoSuchHazard
from hearth.policy.durations import LOCAL
from hearth.timescales.queries import Promise, clocks_for

NOTHING = "nothing"
EXPECTED = ("due_day", "due_at", "state", "clause")


def clocks(stage: Stage, who: str, name: str, at: datetime) -> list[Promise]:
    """The promises made to a record, as somebody sees them."""
    by = stage.person(who)
    with acting(by):
        return clocks_for(by, stage.find(by, name), at=at)


def check_clock(stage: Stage, expected: Given, *, by: str, at: datetime) -> tuple[dict[str, object], str]:
    """One promise against what the file says of it: what it is, and a sentence where it is otherwise."""
    rule, about = text(expected, "clock"), text(expected, "about")
    found = [each for each in clocks(stage, text(expected, "who", by), about, at) if each.rule == rule]
    going = expected.get("state") == "not there"
    if not found:
        said: dict[str, object] = {"clock": rule, "about": about, "state": "not there"}
        return said, "" if going else f"{about} has no clock {rule}"
    told = as_told(about, found[0])
    wrong = [
        f"{name} is {told[name]}, not {value}"
        for name, value in ((key, _plain(expected[key])) for key in EXPECTED if key in expected)
        if told[name] != value
    ]
    return told, f"{about}, {rule}: {'; '.join(wrong)}" if wrong else ""


def as_told(about: str, promise: Promise) -> dict[str, object]:
    """A promise as it is printed."""
    due = promise.due_at.astimezone(LOCAL) if promise.due_at else None
    return {
        "about": about,
        "clock": promise.rule,
        "promise": promise.promise,
        "clause": promise.clause,
        "force": promise.force.value,
        "whose": promise.whose.value,
        "state": promise.state.value,
        "due_day": _plain(promise.due_day or (due.date() if due else None)),
        "due_at": _plain(due),
    }


def check_sees(stage: Stage, expected: Given, *, at: datetime) -> tuple[dict[str, object], str]:
    """How much somebody sees of a record, asked through the queries of the pages."""
    who, about = text(expected, "who"), text(expected, "about")
    reach, words = seen(stage, who, about, text(expected, "home", ""), at)
    told: dict[str, object] = {"who": who, "about": about, "sees": reach}
    if words:
        told["words"] = words
    wrong = []
    if reach != expected["sees"]:
        wrong.append(f"{who} sees {reach} of {about}, not {expected['sees']}")
    if "words" in expected and expected["words"] not in words:
        wrong.append(f"{who} does not read “{expected['words']}”")
    return told, "; ".join(wrong)


def seen(stage: Stage, who: str, about: str, home: str, at: datetime) -> tuple[str, list[str]]:
    """The widest way in: full, own words, the hazard, the words of a marker, or nothing."""
    by = stage.person(who)
    kind, public_id = stage.record(about)
    with acting(by):
        try:
            stage.find(by, about)
        except (NotHere, Refused, NoSuchHazard):
            pass
        else:
            return ("full" if kind != "hazard" else "hazard"), []
        if kind == "concern" and _own(stage, who, about, public_id):
            return "own words", []
        there = stage.home(by, home) if home else None
        words = [each.words for each in housing.markers_on(by, home=there, on=at.date())] if there else []
        return ("marker", words) if words else (NOTHING, [])


def _own(stage: Stage, who: str, about: str, public_id: object) -> bool:
    """Whether it is one's own concern; a link reads back what it has just sent, and nothing else."""
    by = stage.person(who)
    try:
        if who in stage.secrets:
            return concerns.just_sent(by, stage.keys[about]).public_id == public_id
        return any(each.public_id == public_id for each in concerns.my_concerns(by))
    except (NotHere, Refused):
        return False


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value

"""What must be recorded about somebody after an act: wishes, safe contact, capacity, as somebody sees them."""

from collections.abc import Callable, Mapping
from typing import Any

from hearth.cli.replay.files import Given
from hearth.cli.replay.filling import chosen, text
from hearth.cli.replay.stage import Stage, acting
from hearth.people import queries
from hearth.people.terms import Channel

NOTHING = "nothing"


def check_person(stage: Stage, expected: Given) -> tuple[dict[str, object], str]:
    """One thing a record says about somebody against what the file says of it."""
    who, name = text(expected, "who"), text(expected, "person")
    what = next(each for each in SAID if each in expected)
    by = stage.person(who)
    with acting(by):
        about, person = stage.find(by, text(expected, "about")), stage.somebody(by, name)
        said = SAID[what](by, about, person, expected)
    told: dict[str, object] = {"who": who, "person": name, "about": expected["about"], what: expected[what], "is": said}
    for also in ("decision", "code_word"):
        if also in expected:
            told[also] = expected[also]
    wanted = expected["rule" if what == "channel" else "outcome" if what == "decision" else what]
    return told, "" if said == wanted else f"{what} of {name} is {said}, not {wanted}"


def _wish(by: Any, about: Any, person: Any, expected: Given) -> str:
    kept = [each.words for each in queries.wishes_in(by, about) if each.person_id == person.pk]
    return kept[-1] if kept else NOTHING


def _channel(by: Any, about: Any, person: Any, expected: Given) -> str:
    """The rule that everything Hearth sends would ask, and the code word as this record has it."""
    channel = chosen(Channel, expected["channel"], "channel")
    rule, _ = queries.contact_rule(person.pk, channel)
    words = [each.code_word for each in queries.safe_contacts(by, person, about=about) if each.channel is channel]
    if "code_word" in expected and expected["code_word"] not in words:
        return f"without the code word {expected['code_word']}"
    return rule.value if rule else NOTHING


def _decision(by: Any, about: Any, person: Any, expected: Given) -> str:
    kept = [each for each in queries.capacity_in(by, about, person) if each.decision == expected["decision"]]
    return kept[0].outcome if kept else NOTHING


def _needs(by: Any, about: Any, person: Any, expected: Given) -> str:
    kept = queries.needs_of(by, about, person)
    return kept.interpreter if kept else NOTHING


SAID: Mapping[str, Callable[[Any, Any, Any, Given], str]] = {
    "wish": _wish,
    "channel": _channel,
    "decision": _decision,
    "interpreter": _needs,
}

"""What is different between two packs, in plain words: new, gone, and "1 working day → 4 hours"."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from hearth.policy.durations import Duration
from hearth.policy.packs.conditions import AllOf, AnyOf, AtLeast, Condition, Equals, OneOf, Present
from hearth.policy.packs.coverage import in_words as keeper_in_words
from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Band, Clause, Rung, Trigger
from hearth.policy.packs.words import Word

NOT_COMPARED = frozenset({"id", "code", "place"})
NAMED_BY = ("promise", "sentence", "label", "title", "name", "term", "text")
# How a field is called where it is not its own word.
CALLED = {
    "bands": "limit",
    "starts": "begins with",
    "stops": "is kept by",
    "ends": "is over with",
    "tell": "told when it is broken",
    "warn": "warnings",
    "extends": "may be given more time by",
    "due_on": "the day it is due stands in",
    "counts_from": "counts from",
    "about_holder": "a concern about the holder goes to",
    "local": "local word",
    "also": "asked for too by",
    "applies_to": "holds for promises that are",
    "legacy": "earlier words",
}

# What would read as a form's answer: how people say it.
SAID = {
    "danger now is yes": "somebody is in danger now",
    "mentions child is yes": "a child is mentioned",
    "children in household is yes": "children live there",
    "domestic abuse is yes": "domestic abuse is part of it",
}

# Something of a pack, or nothing where it is not there, with the pack.
type In = tuple[object, Pack]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone, or has something changed in it: (what of it, before, after)."""

    kind: str
    name: str
    called: str
    how: str
    changed: tuple[tuple[str, str, str], ...] = ()
    promise: str = ""
    why: str = ""
    """Why it is no longer there, where the new pack says so."""
    label: str = ""
    """How people call it, without its code; with its limit, where it has one and is new or gone."""

    def __str__(self) -> str:
        if not self.changed:
            return f"{self.how} {self.kind}: {self.called}" + (f" ({self.why})" if self.why else "")
        said = "; ".join(in_a_line(*each) for each in self.changed)
        words = f" ({self.promise})" if self.promise else ""
        return f"{self.kind} {self.name}{words}: {said}" if self.name else said


MANY = {
    "referring": "rules on telling",
    "training": "courses",
    "vetting": "checks before work",
    "retention": "times to keep",
    "basis": "lawful bases",
}
NEW, GONE, CHANGED = "new", "no longer a", "changed"


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Everything in which the new pack differs, section by section, in the order it is written there."""
    found: list[Difference] = []
    sections = _sections(new)
    for kind, before in _sections(old).items():
        after = sections[kind]
        both = {name: (before.get(name), after.get(name)) for name in _names(after, before)}
        found += [_one(kind, name, (was, old), (now, new)) for name, (was, now) in both.items()]
    found += _whole(old, new)
    return tuple(each for each in found if each.how != CHANGED or each.changed)


def in_short(found: Iterable[Difference]) -> str:
    """ "3 new gates, 1 changed clock": how many of what, the commonest first."""
    counted = Counter((each.how, each.kind) for each in found)
    said = [f"{number} {_how_many(how, kind, number)}" for (how, kind), number in counted.most_common()]
    return ", ".join(said) or "nothing is different"


def _how_many(how: str, kind: str, number: int) -> str:
    word = {NEW: "new", GONE: "taken out", CHANGED: "changed"}[how]
    return f"{word} {kind}" if number == 1 else f"{word} {_plural(kind)}"


def _plural(kind: str) -> str:
    return MANY.get(kind) or (f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s")


def in_a_line(what: str, before: str, after: str) -> str:
    """ "limit: 1 working day → 4 hours"; what is only there before or after says so."""
    if not before:
        return f"{what}: {after}"
    return f"{what}: {before} → {after}" if after else f"{what}: no longer {before}"


def _sections(pack: Pack) -> dict[str, Mapping[str, object]]:
    words = {f"{listed.name} {word.code}": word for listed in pack.words.values() for word in listed.words}
    clauses: Mapping[str, Clause] = pack.clauses
    things: dict[str, Mapping[str, object]] = {str(kind): named for kind, named in pack.things().items()}
    others = {
        "metric": pack.metrics,
        "audit": pack.audits,
        "wording": pack.wordings,
        "entity": pack.entities,
        "policy": pack.policies,
        "slip": pack.slips,
    }
    return {"clause": clauses, **things, "word": words, **others}


def _names(after: Mapping[str, object], before: Mapping[str, object]) -> Iterator[str]:
    yield from after
    yield from (name for name in before if name not in after)


def _one(kind: str, name: str, before: In, after: In) -> Difference:
    (was, _), (now, new) = before, after
    if was is None:
        return Difference(kind, name, _called(name, now), NEW, label=_label(now))
    if now is None:
        said = new.dropped.get(f"{'rule' if kind == KeeperKind.CLOCK else kind} {name}")
        why = f"{said.why}, {said.clause}" if said else ""
        return Difference(kind, name, _called(name, was), GONE, why=why, label=_label(was))
    words, changed = getattr(now, "promise", ""), tuple(_changes(before, after))
    return Difference(kind, name, _called(name, now), CHANGED, changed, words, label=_own_words(was))


def _called(name: str, thing: object) -> str:
    return " · ".join(filter(None, (name, _own_words(thing), in_words(getattr(thing, "bands", ())))))


def _label(thing: object) -> str:
    return ", ".join(filter(None, (_own_words(thing), in_words(getattr(thing, "bands", ())))))


def _own_words(thing: object) -> str:
    return str(next(filter(None, (getattr(thing, key, "") for key in NAMED_BY)), ""))


def _changes(before: In, after: In) -> Iterator[tuple[str, str, str]]:
    (then, old), (today, new) = before, after
    for field in fields(today):  # type: ignore[arg-type]  # every thing of a pack is a frozen dataclass
        if field.name in NOT_COMPARED:
            continue
        was, now = getattr(then, field.name), getattr(today, field.name)
        if was != now:
            called = CALLED.get(field.name, field.name.replace("_", " "))
            yield called, _read(field.name, was, old), _read(field.name, now, new)


def _read(field: str, value: object, pack: Pack) -> str:
    """What keeps a clause, and the promise something names, in the promise's own words."""
    if field == "kept_by" and isinstance(value, tuple):
        return ", ".join(keeper_in_words(each, pack) for each in value)
    if field in ("if_over", "target") and value in pack.rules:
        return pack.rules[str(value)].promise
    return in_words(value)


def _whole(old: Pack, new: Pack) -> Iterator[Difference]:
    """What a pack says once: its version, who is rung, who hears what, which grounds pause."""
    for kind, was, now in (
        ("title", old.title, new.title),
        ("policy", old.policy, new.policy),
        ("version", old.version, new.version),
        ("whole or partial", _whole_or_partial(old), _whole_or_partial(new)),
        ("nation", old.nation, new.nation),
        ("kind of provider", old.kind, new.kind),
        ("on-call", _on_call(old), _on_call(new)),
        ("to be read by", old.reading, new.reading),
        ("hears", _hears(old), _hears(new)),
        ("pause grounds", tuple(old.pause_grounds.values()), tuple(new.pause_grounds.values())),
        ("numbers that are not told", _not_told(old), _not_told(new)),
        ("what was kept late puts its clause at risk", _at_risk(old), _at_risk(new)),
    ):
        if (said := (in_words(was), in_words(now)))[0] != said[1]:
            yield Difference(kind, "", kind, CHANGED, ((kind, *said),))


def _whole_or_partial(pack: Pack) -> str:
    return "partial: not to be adopted alone" if pack.partial else "whole"


def _on_call(pack: Pack) -> str:
    on_call = pack.on_call
    if on_call is None:
        return ""
    ladder = ", then ".join(_title(post, pack) for post in on_call.ladder) or "nobody"
    hours = f"open {on_call.opens} to {on_call.closes}"
    pace = f"each for {on_call.acknowledge_within}, for a first look {on_call.look_within}"
    return f"{ladder}, {pace}; {hours} ({on_call.clause})"


def _hears(pack: Pack) -> str:
    return ", ".join(f"{_fact(case)}: {_title(post, pack)}" for case, post in pack.hears.items())


def _title(post: str, pack: Pack) -> str:
    return pack.posts[post].title if post in pack.posts else post


def _not_told(pack: Pack) -> str:
    small = pack.small_numbers
    return f"fewer than {small.fewer_than} ({small.clause})" if small else ""


def _at_risk(pack: Pack) -> str:
    late = pack.kept_late
    return f"for {late.months} {'month' if late.months == 1 else 'months'} ({late.clause})" if late else ""


def in_words(value: object) -> str:
    """A value of a pack as somebody reads it: a limit, a band, a warning, a condition, a list."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case Duration() | Rung():
            return str(value)
        case Band(limit, when, clause):
            where = f" where {condition_in_words(when)}" if when else ""
            return f"{limit}{where}" + (f" (clause {clause})" if clause else "")
        case Trigger(act, when):
            return f"{act} where {condition_in_words(when)}" if when else act
        case Word():
            return value.label
        case tuple() | frozenset() | list():
            listed = sorted(value) if isinstance(value, frozenset) else value
            return ", ".join(in_words(each) for each in listed)
        case Mapping():
            return ", ".join(f"{key}: {in_words(each)}" for key, each in value.items())
    return _condition_or_text(value)


def _condition_or_text(value: object) -> str:
    if isinstance(value, Equals | OneOf | AtLeast | Present | AllOf | AnyOf):
        return condition_in_words(value)
    if hasattr(value, "__dataclass_fields__"):
        said = [in_words(getattr(value, name)) for name in value.__dataclass_fields__ if name not in NOT_COMPARED]
        return ", ".join(filter(None, said))
    return str(value)


def condition_in_words(condition: Condition | None) -> str:
    """ "band is high", "band is high or medium", "at least 3 stage", "reason is given"."""
    match condition:
        case Equals(fact, value):
            said = f"{_fact(fact)} is {in_words(value)}"
            return SAID.get(said, said)
        case OneOf(fact, values):
            return f"{_fact(fact)} is {' or '.join(in_words(value) for value in values)}"
        case AtLeast(fact, number):
            return f"{_fact(fact)} is at least {number}"
        case Present(fact):
            return f"{_fact(fact)} is given"
        case AllOf(of):
            return " and ".join(condition_in_words(each) for each in of)
        case AnyOf(of):
            return " or ".join(condition_in_words(each) for each in of)
    return ""


def _fact(name: str) -> str:
    return name.replace("_", " ")

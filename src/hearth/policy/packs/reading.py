"""Reads one table of a pack by what is expected in it, and writes down every problem with its exact place."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hearth.policy.durations import Duration, NotADuration, Unit, parse
from hearth.policy.packs.conditions import AllOf, AnyOf, AtLeast, Condition, Equals, OneOf, Present
from hearth.policy.packs.shapes import Band, Place, Rung, Trigger
from hearth.policy.terms import Fact

NOTHING = Duration(0, Unit.NONE)
CONDITION_KINDS = ("equals", "one_of", "at_least", "present")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a pack, and where."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class BadPack(Exception):
    """The pack cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Table:
    """One table as written. Asking for a key marks it as known; `finish` complains about the rest."""

    values: Mapping[str, object]
    place: Place
    places: Mapping[str, Place]
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def where(self, key: str) -> Place:
        return self.places.get(key, self.place)

    def complain(self, key: str, sentence: str) -> None:
        self.problems.append(Problem(self.where(key), sentence))

    def overridden_by(self, other: "Table") -> "Table":
        """This table with the other's keys in place of its own, each keeping the place it was written."""
        values, places = {**self.values, **other.values}, {**self.places, **other.places}
        return Table(values, other.place, places, other.problems)

    def get(self, key: str) -> object:
        self.asked.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        found = self.get(key)
        if isinstance(found, str) and (found.strip() or default is not None):
            return " ".join(found.split())
        if found is None and default is not None:
            return default
        self.complain(key, f"“{key}” is needed and must be text")
        return default or ""

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.get(key)
        if found is None:
            return ()
        listed = [found] if isinstance(found, str) else found
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
            return tuple(str(each) for each in listed)
        self.complain(key, f"“{key}” must be a list of texts")
        return ()

    def each(self, key: str) -> tuple["str | Table", ...]:
        """What is listed, each a text or a table of its own. A table of its own is finished by whoever reads it."""
        found = self.get(key)
        listed = found if isinstance(found, list) else [] if found is None else [found]
        here = self.where(key)
        read: list[str | Table] = []
        for one in listed:
            if isinstance(one, str):
                read.append(one)
            elif isinstance(one, dict):
                read.append(Table(one, here, {}, self.problems))
            else:
                self.complain(key, f"“{key}” must be a list of texts or tables")
        return tuple(read)

    def flag(self, key: str) -> bool:
        found = self.get(key)
        if found is None or isinstance(found, bool):
            return bool(found)
        self.complain(key, f"“{key}” must be true or false")
        return False

    def number(self, key: str, *, least: int = 1) -> int:
        found = self.get(key)
        if isinstance(found, int) and not isinstance(found, bool) and found >= least:
            return found
        above = "above nought" if least else "that is not below nought"
        self.complain(key, f"“{key}” is needed and must be a whole number {above}")
        return least

    def choice[C: StrEnum](self, key: str, kinds: type[C], default: C) -> C:
        found = self.get(key)
        if found is None:
            return default
        if isinstance(found, str) and found in set(kinds):
            return kinds(found)
        self.complain(key, f"“{key}” must be one of: {', '.join(kinds)}")
        return default

    def codes(self, key: str, known: frozenset[str]) -> frozenset[str]:
        found = self.texts(key)
        for code in sorted(set(found) - known):
            self.complain(key, f"“{code}” is not known here; “{key}” may hold: {', '.join(sorted(known))}")
        return frozenset(found) & known

    def duration(self, key: str) -> Duration:
        return self._duration(key, self.text(key))

    def span(self, key: str) -> Duration | None:
        """A duration that may be left out."""
        return self.duration(key) if key in self.values else None

    def day(self, key: str) -> date | None:
        """A day that may be left out."""
        found = self.get(key)
        if found is None or type(found) is date:
            return found
        self.complain(key, f"“{key}” must be a day, written 2026-11-21 without quotation marks")
        return None

    def _duration(self, key: str, words: object) -> Duration:
        try:
            return parse(words if isinstance(words, str) else str(words))
        except NotADuration as problem:
            self.complain(key, str(problem))
            return NOTHING

    def facts(self, key: str) -> Mapping[str, Fact]:
        found = self.get(key)
        if found is None:
            return {}
        if isinstance(found, dict):
            return {str(name): self._fact(key, value) for name, value in found.items()}
        self.complain(key, f"“{key}” must be a table of facts")
        return {}

    def _fact(self, key: str, value: object) -> Fact:
        if isinstance(value, str | int | bool) or type(value) is date:
            return value
        self.complain(key, "a fact is a text, a whole number, a day, true or false")
        return None

    def condition(self, key: str) -> Condition | None:
        found = self.get(key)
        return None if found is None else self._condition(key, found)

    def _condition(self, key: str, written: object) -> Condition | None:
        if not isinstance(written, dict):
            self.complain(key, f'“{key}” must be a condition, such as {{ fact = "band", equals = "high" }}')
            return None
        names = set(written)
        if names in ({"all"}, {"any"}):
            (name,) = names
            return self._several(key, name, written[name])
        fact = written.get("fact")
        if isinstance(fact, str) and len(names) == 2 and (kind := (names - {"fact"}).pop()) in CONDITION_KINDS:
            return self._about_a_fact(key, fact, kind, written[kind])
        self.complain(key, "a condition names one fact and one of: equals, one_of, at_least, present; or all, or any")
        return None

    def _several(self, key: str, name: str, listed: object) -> Condition | None:
        parts = [self._condition(key, each) for each in listed] if isinstance(listed, list) else []
        if not parts:
            self.complain(key, f"“{name}” must be a list of conditions")
            return None
        whole = tuple(part for part in parts if part is not None)
        return AllOf(whole) if name == "all" else AnyOf(whole)

    def _about_a_fact(self, key: str, fact: str, kind: str, value: object) -> Condition | None:
        if kind == "equals":
            return Equals(fact, self._fact(key, value))
        if kind == "one_of" and isinstance(value, list) and value:
            return OneOf(fact, tuple(self._fact(key, each) for each in value))
        if kind == "at_least" and isinstance(value, int) and not isinstance(value, bool):
            return AtLeast(fact, value)
        if kind == "present" and value is True:
            return Present(fact)
        self.complain(key, f"“{kind}” of “{fact}” is not written as it must be")
        return None

    def triggers(self, key: str, shared: Condition | None = None) -> tuple[Trigger, ...]:
        """Happenings: a name, or `{ act = …, when = … }`; a shared condition holds for those without one."""
        found = self.get(key)
        listed = found if isinstance(found, list) else [] if found is None else [found]
        return tuple(trigger for each in listed if (trigger := self._trigger(key, each, shared)))

    def _trigger(self, key: str, written: object, shared: Condition | None) -> Trigger | None:
        if isinstance(written, str):
            return Trigger(written, shared)
        if isinstance(written, dict) and isinstance(written.get("act"), str) and set(written) <= {"act", "when"}:
            own = self._condition(key, written["when"]) if "when" in written else shared
            return Trigger(str(written["act"]), own)
        self.complain(key, f'“{key}” names happenings: a text such as "case.opened", or {{ act = …, when = … }}')
        return None

    def bands(self) -> tuple[Band, ...]:
        """`bands`, first match first, then `limit` for everything else."""
        found, bands = self.get("bands"), []
        for each in found if isinstance(found, list) else [] if found is None else [found]:
            if isinstance(each, dict) and {"when", "limit"} <= set(each) <= {"when", "limit", "clause"}:
                limit, clause = self._duration("bands", each["limit"]), each.get("clause", "")
                if not isinstance(clause, str):
                    self.complain("bands", "“clause” of a band is the id of a clause")
                bands.append(Band(limit, self._condition("bands", each["when"]), str(clause)))
            else:
                self.complain(
                    "bands", "each band needs “when” and “limit”, may cite its “clause”, and has nothing else"
                )
        if self.get("limit") is not None:
            bands.append(Band(self.duration("limit")))
        return tuple(bands)

    def rungs(self, key: str) -> tuple[Rung, ...]:
        """A warning ladder: "2 working days before", "1 calendar day over"."""
        rungs = []
        for words in self.texts(key):
            amount, _, side = words.rpartition(" ")
            if side not in ("before", "over"):
                self.complain(key, f"“{words}”: say how long “before” or “over”")
                continue
            rungs.append(Rung(self._duration(key, amount), side == "over"))
        return tuple(rungs)

    def finish(self) -> None:
        """Every key that nobody asked for is a mistake, most often a misspelt one."""
        for key in sorted(set(self.values) - self.asked):
            near = difflib.get_close_matches(key, sorted(self.asked), n=1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            self.complain(key, f"“{key}” is not known here{hint}")

"""What the law sets stays when a pack builds upon it: a limit becomes shorter and never longer, a gate asks no less."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hearth.policy.calendars import Nation
from hearth.policy.durations import Duration, Unit
from hearth.policy.packs import sections
from hearth.policy.packs.conditions import compared
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem, Table
from hearth.policy.packs.shapes import Gate, Rule
from hearth.policy.terms import Force

MINUTES = {Unit.IMMEDIATELY: 0, Unit.MINUTES: 1, Unit.HOURS: 60}
# The shortest and the longest so many days can be, in calendar days: which of two limits is longer is not guessed.
DAYS: dict[Unit, Callable[[int], tuple[float, float]]] = {
    Unit.CALENDAR_DAYS: lambda number: (number, number),
    Unit.WEEKS: lambda number: (7 * number, 7 * number),
    Unit.MONTHS: lambda number: (28 * number, 31 * number),
    Unit.WORKING_DAYS: lambda number: (number, 2 * number + 4),
}


# The packs that are no policy of a provider: Hearth's own, and one for each nation. Any other says so of itself.
OF_NOBODY = frozenset({"defaults", *(nation.replace("_", "-") for nation in Nation)})


@dataclass
class Replaced:
    """What the packs below wrote and a later one wrote anew: statutory promises, gates, and clauses."""

    rules: dict[str, Table] = field(default_factory=dict)
    gates: dict[str, Table] = field(default_factory=dict)
    clauses: list[tuple[Table, Table]] = field(default_factory=list)
    partial: set[str] = field(default_factory=set)

    def note(self, section: str, key: str, was: Table | None, table: Table) -> None:
        """Keep what takes leave, for `check_lawful` to compare. Within one pack nothing takes the place of anything."""
        if section == "pack" and table.values.get("partial") is True:
            self.partial.add(table.place.pack)
        if was is None or was.place.pack == table.place.pack:
            return
        if section == "rule" and was.values.get("force") == Force.STATUTORY:
            self.rules[key] = was
        elif section == "gate":
            self.gates[key] = was
        elif section == "clause":
            self.clauses.append((was, table))


def check_lawful(replaced: Replaced, pack: Pack) -> Iterator[Problem]:
    """Nothing the law asks was made slower, or left out, by writing it anew."""
    for key, table in replaced.rules.items():
        if key in pack.rules:
            yield from _slower(pack.rules[key], sections.rule(table))
    for key, table in replaced.gates.items():
        if key in pack.gates:
            yield from _asks_less(pack.gates[key], sections.gate(table), pack)
    for was, table in replaced.clauses:
        if was.values.get("standing") != "ours" and was.place.pack in OF_NOBODY | replaced.partial:
            yield Problem(
                table.place,
                f"“{table.values['id']}” is a clause of {was.values.get('source', was.place.pack)}, written at "
                f"{was.place}: it stays as it is. Give yours another id",
            )


def _slower(rule: Rule, law: Rule) -> Iterator[Problem]:
    lawful = {band.when: band.limit for band in law.bands}
    for band in rule.bands:
        limit = lawful.get(band.when, lawful.get(None))
        if limit and is_longer(band.limit, limit):
            yield Problem(
                rule.place,
                f"the law sets {limit} for “{rule.id}”, and this says {band.limit}: "
                "a policy may be quicker, never slower",
            )
    if rule.force is Force.DEFAULT:
        yield Problem(rule.place, f"“{rule.id}” is set by law: its “force” is statutory, or policy where it is quicker")


def _asks_less(gate: Gate, was: Gate, pack: Pack) -> Iterator[Problem]:
    """A gate that rests on the law or on the policy below may be worded anew; it asks what that asked."""
    clause = pack.clauses.get(was.clause)
    if clause is None or clause.standing == "ours" or clause.place.pack == gate.place.pack:
        return
    missing = {fact for fact, _ in compared(was.requires)} - {fact for fact, _ in compared(gate.requires)}
    if gate.act != was.act or missing:
        asked = ", ".join(sorted(missing)) or was.act
        yield Problem(
            gate.place, f"“{gate.id}” takes the place of one that rests on {clause.source}, and does not ask: {asked}"
        )


def is_surely_longer(one: Duration, other: Duration) -> bool:
    """Whether one time is longer than another on every day of the year. What cannot be told is not."""
    if not one.is_measured or not other.is_measured:
        return False
    if one.unit == other.unit:
        return one.number > other.number
    return _in_days(one)[0] > _in_days(other)[1]


def _in_days(time: Duration) -> tuple[float, float]:
    """The shortest and the longest it can be. What ends the same day is no longer than one."""
    if time.unit in MINUTES:
        return (time.number * MINUTES[time.unit] / (24 * 60),) * 2
    shortest, longest = DAYS[time.unit](time.number)
    return shortest, max(1, longest)


def is_longer(limit: Duration, lawful: Duration) -> bool:
    """Whether a limit may ever come later than another. What cannot be told counts as longer."""
    if not lawful.is_measured:
        return False
    if limit.unit == lawful.unit:
        return limit.number > lawful.number
    if limit.unit in MINUTES and lawful.unit in MINUTES:
        return limit.number * MINUTES[limit.unit] > lawful.number * MINUTES[lawful.unit]
    if limit.unit in DAYS and lawful.unit in DAYS:
        return DAYS[limit.unit](limit.number)[1] > DAYS[lawful.unit](lawful.number)[0]
    return not (limit.unit in MINUTES and lawful.unit in DAYS and limit.number * MINUTES[limit.unit] <= 24 * 60)

"""What a trial came to, as pictures and tables."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.policy.packs import Pack
from hearth.timescales.simulating import BLOCKED, COUNTED, LATE, PROMISED, TOLD
from hearth.timescales.trying import OfOne, Sum
from hearth.web.words import short_month

NAMES: Mapping[str, Promise] = {
    LATE: gettext_lazy("Late"),
    TOLD: gettext_lazy("Late ones that somebody is told of"),
    BLOCKED: gettext_lazy("Acts that could not have gone on as they were"),
    PROMISED: gettext_lazy("Fell due"),
    COUNTED: gettext_lazy("Counted for figures that only one of the two policies names"),
}
IN_THE_TABLE: Mapping[str, Promise] = {
    LATE: gettext_lazy("Late"),
    TOLD: gettext_lazy("Escalated"),
    BLOCKED: gettext_lazy("Stopped"),
    COUNTED: gettext_lazy("Newly counted"),
}
WAS, WOULD_BE = gettext_lazy("As it was"), gettext_lazy("Under this policy")


def by_month(figures: Sequence[Sum], what: str) -> Mapping[str, object]:
    """One kind of figure month by month: bars as it would have been, a line as it was, and both as a table."""
    recorded: Counter[date] = Counter()
    tried: Counter[date] = Counter()
    for each in figures:
        recorded[each.month] += each.recorded if each.what == what else 0
        tried[each.month] += each.tried if each.what == what else 0
    months = sorted(recorded)
    return {
        "points": [(short_month(month), tried[month]) for month in months],
        "line": [recorded[month] for month in months],
        "differs": recorded != tried,
        "any": any(recorded.values()) or any(tried.values()),
    }


def by_month_and_team(figures: Sequence[Sum]) -> list[list[str]]:
    """Every month and team in which anything was late, stopped, escalated or counted, the newest month first."""
    rows: dict[tuple[date, str], dict[str, Sum]] = {}
    for each in figures:
        if each.what in IN_THE_TABLE and (each.recorded or each.tried):
            rows.setdefault((each.month, each.team), {})[each.what] = each
    return [
        [short_month(month), team or _("Nobody’s yet"), *(_was_and_is(told.get(what)) for what in IN_THE_TABLE)]
        for (month, team), told in sorted(rows.items(), key=lambda row: (-row[0][0].toordinal(), row[0][1]))
    ]


def _was_and_is(each: Sum | None) -> str:
    """One number where both are the same, else how it was and how it would have been."""
    if each is None:
        return "0"
    alike = each.recorded == each.tried
    return f"{each.tried:,}" if alike else f"{each.recorded:,} → {each.tried:,}"


def by_name(named: Sequence[OfOne], pack: Pack) -> list[list[str]]:
    """Each promise and gate that would have come out otherwise, with what it says."""
    return [
        [_called(each, pack), str(NAMES[each.what]), f"{each.recorded:,}", f"{each.tried:,}"]
        for each in named
        if each.recorded != each.tried
    ]


def lines(figures: Sequence[Sum]) -> Iterator[list[str]]:
    """Every figure, for a spreadsheet."""
    for each in figures:
        yield [f"{each.month:%Y-%m}", each.team, str(NAMES[each.what]), str(each.recorded), str(each.tried)]


def _called(each: OfOne, pack: Pack) -> str:
    """What the policy calls it; one that only the policy of the time had keeps its name."""
    if each.what == BLOCKED and each.name in pack.gates:
        gate = pack.gates[each.name]
        return f"{gate.sentence} ({gate.clause})"
    if each.what == COUNTED and each.name in pack.metrics:
        metric = pack.metrics[each.name]
        return f"{metric.label} ({metric.clause})"
    rule = pack.rules.get(each.name)
    return f"{rule.promise} ({rule.clause})" if rule else _("%(name)s, not in this policy") % {"name": each.name}

"""Questions about monthly figures: the same answer for everybody who may ask. Company by company: `by_company`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection

from hearth.access.identity import HOUSE, require
from hearth.access.rules import may
from hearth.access.terms import Act, Refused, Viewer
from hearth.assurance import rules
from hearth.assurance.terms import (
    CALLED_BY,
    COUNTED,
    PARTS,
    PROMISE,
    PROMISE_PARTS,
    STOPPED,
    WHOLE_OF,
    Cell,
    Figures,
    Measure,
    Month,
    NoSuchMeasure,
    Told,
)
from hearth.policy.durations import LOCAL
from hearth.policy.packs.auditing import OF_RULE, Metric
from hearth.policy.packs.pack import Pack
from hearth.policy.queries import pack_in_force, with_own_policy
from hearth.policy.terms import Whose

NOT_SAID = "Not said"
KEPT = "Promises to do this, in the month they fell due. What was no longer needed, or rightly paused, is left out."


def measures(viewer: Viewer, *, at: datetime, entity: int | None = None) -> Sequence[Measure]:
    """Every figure the policy in force names, and how each of its promises of ours was kept."""
    let_in(viewer)
    return measures_of(pack_in_force(at, entity))


def measures_of(pack: Pack) -> Sequence[Measure]:
    """Every figure one policy names."""
    named = [_named(pack, code) for code in COUNTED if code in pack.metrics]
    kept = [_kept(pack, rule) for rule, each in pack.rules.items() if each.whose is Whose.OURS]
    return [*named, *kept]


def figures(viewer: Viewer, code: str, *, months: int, at: datetime) -> Figures:
    """One measure over the last months, this one with them. Raises NoSuchMeasure."""
    return all_figures(viewer, [code], months=months, at=at)[0]


def all_figures(viewer: Viewer, codes: Sequence[str], *, months: int, at: datetime) -> Sequence[Figures]:
    """Several measures over the last months, in one question. Raises NoSuchMeasure."""
    let_in(viewer)
    known = known_to(pack_in_force(at), codes)
    small = fewer_than(at)
    if small is None:
        return [Figures(known[code], [], 0) for code in codes]
    span = last_months(months, at)
    cells = counted(viewer, with_guides(codes), since=span[0], until=span[-1])
    return [_figures(known[code], span, cells, small) for code in codes]


def known_to(pack: Pack, codes: Sequence[str]) -> Mapping[str, Measure]:
    """The figures a policy names, by their codes, these among them. Raises NoSuchMeasure."""
    known = {measure.code: measure for measure in measures_of(pack)}
    if missing := sorted(set(codes) - set(known)):
        raise NoSuchMeasure(missing[0])
    return known


def with_guides(codes: Sequence[str]) -> list[str]:
    """These measures, and those which say whether one of them may be told."""
    return [*{*codes, *(WHOLE_OF[code][0] for code in codes if code in WHOLE_OF)}]


def fewer_than(at: datetime) -> int | None:
    """From how few on a number is small: the organisation's word, and the strictest of its companies'.

    None where the organisation's policy publishes nothing.
    """
    said = [pack_in_force(at, each).small_numbers for each in (None, *with_own_policy(at))]
    return max(each.fewer_than for each in said if each) if said[0] else None


def counted(viewer: Viewer, codes: Sequence[str], *, since: date, until: date) -> Sequence[Cell]:
    """The raw figures of some months: for working out what may be told, and for stories that are replayed."""
    let_in(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "select measure, month, part, number from hearth.monthly_counts(%s, %s, %s)", [list(codes), since, until]
        )
        return [Cell(*row) for row in cursor.fetchall()]


def counted_by_company(viewer: Viewer, codes: Sequence[str], *, since: date, until: date) -> Sequence[Cell]:
    """The same, each company's by itself. What belongs to none has none."""
    let_in(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "select measure, month, part, number, entity_id from hearth.monthly_counts_by_company(%s, %s, %s)",
            [list(codes), since, until],
        )
        return [Cell(*row) for row in cursor.fetchall()]


def last_months(many: int, at: datetime) -> Sequence[date]:
    """The first days of that many months, the oldest first, up to the one it is now."""
    here = at.astimezone(LOCAL)
    ends = here.year * 12 + here.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(ends - many + 1, ends + 1)]


def sees_figures(viewer: Viewer) -> bool:
    """Whether figures are told to this viewer. To the house itself they are: its commands print them."""
    return viewer is HOUSE or may(viewer.parts, Act.SEE_COUNTS)


def let_in(viewer: Viewer) -> None:
    """Refuse whoever sees no figures."""
    require(viewer)
    if not sees_figures(viewer):
        raise Refused(Act.SEE_COUNTS, viewer.parts)


def _figures(measure: Measure, span: Sequence[date], cells: Sequence[Cell], small: int) -> Figures:
    found: dict[tuple[str, date], dict[str, int]] = {}
    for cell in cells:
        found.setdefault((cell.measure, cell.month), {})[cell.part] = cell.number
    parts = parts_of(measure, cells)
    months = [_month(measure.code, month, parts, found, small) for month in span]
    return Figures(replace(measure, parts=parts if measure.parts else {}), months, small)


def parts_of(measure: Measure, cells: Sequence[Cell]) -> Mapping[str, str]:
    """The parts of a measure by what they are called, those that nobody listed last. One without parts is its own."""
    if not measure.parts:
        return {"": measure.label}
    seen = {cell.part for cell in cells if cell.measure == measure.code}
    return dict(measure.parts) | {part: part or NOT_SAID for part in sorted(seen - {*measure.parts})}


def _month(
    code: str,
    month: date,
    parts: Mapping[str, str],
    found: Mapping[tuple[str, date], Mapping[str, int]],
    fewer_than: int,
) -> Month:
    in_all, told = _told(code, found.get((code, month), {}), list(parts), fewer_than)
    if code in WHOLE_OF:
        whole, part = WHOLE_OF[code]
        _, guide = _told(whole, found.get((whole, month), {}), [], fewer_than)
        if part in guide and guide[part].is_kept_back:
            in_all, told = rules.KEPT_BACK, dict.fromkeys(told, rules.KEPT_BACK)
    return Month(month, in_all, [told[each] for each in parts])


def _told(code: str, numbers: Mapping[str, int], parts: Sequence[str], fewer_than: int) -> tuple[Told, dict[str, Told]]:
    elsewhere = frozenset(part for whole, part in WHOLE_OF.values() if whole == code)
    return rules.told_of(dict.fromkeys(parts, 0) | dict(numbers), fewer_than, elsewhere)


def _named(pack: Pack, code: str) -> Measure:
    metric = pack.metrics[code]
    clause = pack.clauses[metric.clause]
    listed = CALLED_BY.get(code, "")
    parts = {part: pack.label(listed, part, label) for part, label in PARTS.get(code, {}).items()}
    if code == STOPPED:
        parts = {gate.id: gate.sentence for gate in pack.gates.values()}
    act, _fact = COUNTED[code]
    first = next(each for each, (counts, _part) in COUNTED.items() if counts == act)
    return Measure(
        code, metric.label, metric.definition, metric.clause, clause.text, parts, _defined(pack, act, code == first)
    )


def _kept(pack: Pack, rule: str) -> Measure:
    promise = pack.rules[rule]
    clause = pack.clauses[promise.clause]
    defined = _defined(pack, OF_RULE + rule)
    return Measure(PROMISE + rule, promise.promise, KEPT, promise.clause, clause.text, PROMISE_PARTS, defined)


def _defined(pack: Pack, counts: str, is_shown: bool = True) -> tuple[Metric, ...]:
    """What the policy defines for itself by the same happening or promise: it has the same figure."""
    return tuple(
        each for each in pack.metrics.values() if is_shown and each.counts == counts and each.id not in COUNTED
    )

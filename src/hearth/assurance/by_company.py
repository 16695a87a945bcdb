"""Figures of one company of a group, beside those of all together, so that no small one is found by taking away.

Who stands beside whom in a month never changes: a company's own figures begin with the first whole month in which it
has a policy of its own. What is not such a company's is the organisation's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hearth.access.terms import Viewer
from hearth.assurance import rules
from hearth.assurance.queries import (
    counted_by_company,
    fewer_than,
    known_to,
    last_months,
    let_in,
    parts_of,
    with_guides,
)
from hearth.assurance.terms import WHOLE_OF, Cell, Figures, Measure, Month, Told
from hearth.policy.durations import LOCAL
from hearth.policy.queries import adoptions, pack_in_force, with_own_policy

type Lines = Mapping[str, tuple[Told, dict[str, Told]]]
"""What each company is told of one measure in one month: in all, and part by part."""


def figures_of(
    viewer: Viewer, codes: Sequence[str], *, company: int | None, months: int, at: datetime
) -> Sequence[Figures]:
    """Several measures of one company, or of what stands under the organisation's policy, over the last months.

    Only months in which it is told apart. Raises NoSuchMeasure.
    """
    let_in(viewer)
    known, small = known_to(pack_in_force(at, company), codes), _fewer_than(at)
    span = [month for month in last_months(months, at) if is_told_apart(company, month)]
    if small is None or not span:
        return [Figures(known[code], [], small or 0) for code in codes]
    cells = counted_by_company(viewer, with_guides(codes), since=span[0], until=span[-1])
    return [_figures(known[code], company, span, cells, small) for code in codes]


def is_told_apart(company: int | None, month: date) -> bool:
    """Whether a company's figures of a month stand by themselves; the organisation's own, where any company's do."""
    own = _own(month)
    return company in own if company else bool(own)


def begins(company: int | None, *, at: datetime) -> date | None:
    """The first month whose figures are told apart, where there will be one."""
    firsts = [
        each.in_force_from.astimezone(LOCAL)
        for each in adoptions()
        if each.entity_id and each.entity_id == (company or each.entity_id) and each.in_force_from <= at
    ]
    if not firsts:
        return None
    first = min(firsts)
    month = first.date().replace(day=1)
    return month if is_told_apart(company, month) else (month + timedelta(days=32)).replace(day=1)


def of_company(cells: Sequence[Cell], company: int | None, *, at: datetime) -> list[Cell]:
    """The raw figures of one company among those of all, or of what stands under the organisation's policy."""
    own = with_own_policy(at)
    return [each for each in cells if (each.entity == company if company else each.entity not in own)]


def _own(month: date) -> frozenset[int]:
    """The companies that had a policy of their own in all of a month."""
    return with_own_policy(datetime(month.year, month.month, 1, tzinfo=LOCAL))


def _fewer_than(at: datetime) -> int | None:
    """From how few on a number is small. None where one of the policies publishes nothing: the others would tell it."""
    publishes = all(pack_in_force(at, each).small_numbers for each in with_own_policy(at))
    return fewer_than(at) if publishes else None


def _figures(measure: Measure, company: int | None, span: Sequence[date], cells: Sequence[Cell], small: int) -> Figures:
    parts = parts_of(measure, cells)
    months = []
    for month in span:
        in_all, told = _lines(measure.code, month, list(parts), cells, small)[_row(company)]
        months.append(Month(month, in_all, [told[each] for each in parts]))
    return Figures(replace(measure, parts=parts if measure.parts else {}), months, small)


def _lines(code: str, month: date, parts: Sequence[str], cells: Sequence[Cell], small: int) -> Lines:
    """What each company is told; nothing where the measure whose part it is keeps that part back."""
    told = _told(code, month, parts, cells, small)
    if code in WHOLE_OF:
        guide, part = WHOLE_OF[code]
        if any(each[part].is_kept_back for _, each in _told(guide, month, [part], cells, small).values()):
            return {row: (rules.KEPT_BACK, dict.fromkeys(each, rules.KEPT_BACK)) for row, (_, each) in told.items()}
    return told


def _told(code: str, month: date, parts: Sequence[str], cells: Sequence[Cell], small: int) -> Lines:
    here = [each for each in cells if (each.measure, each.month) == (code, month)]
    every = dict.fromkeys([*parts, *(each.part for each in here)], 0)
    own = _own(month)
    rows = {_row(each): dict(every) for each in (None, *sorted(own))}
    for each in here:
        rows[_row(each.entity if each.entity in own else None)][each.part] += each.number
    whole = {part: sum(row[part] for row in rows.values()) for part in every}
    elsewhere = frozenset(part for of, part in WHOLE_OF.values() if of == code)
    return rules.told_apart(rows, rules.told_of(whole, small, elsewhere)[1], small)


def _row(company: int | None) -> str:
    return str(company or "")

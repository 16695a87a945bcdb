"""What stands behind the state of a promise: the monthly figures of what its keeper does, small numbers kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hearth.access.terms import Viewer
from hearth.assurance.by_company import figures_of
from hearth.assurance.queries import all_figures, measures
from hearth.assurance.terms import COUNTED, PROMISE, SPANS, STOPPED, Figures, Told
from hearth.policy.packs import Pack
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.queries import with_own_policy

# Which figure shows what a keeper does, and which part of it; no part is the whole.
OF_WORDS = {"answer": "referrals_answered", "outcome": "cases_closed", "who_told": "concerns_told_by"}
OF_OPENINGS = {"emergency": "emergency_openings"}
OF_ACTS = {
    "log_concern": "concerns_logged",
    "triage_concern": "concerns_decided",
    "refer": "referrals_made",
    "still_worried": "still_worried",
    "close_case": "cases_closed",
    "reopen_case": "cases_reopened",
    "record_hazard": "hazards_opened",
    "break_glass": "emergency_openings",
}
OF_RECORDS: Mapping[str, str] = {act: code for code, (act, _fact) in reversed([*COUNTED.items()])}


def figure_of(keeper: Keeper, pack: Pack) -> tuple[str, str]:
    """The figure behind a keeper and the part of it that is meant; nothing where nothing is counted."""
    if keeper.waits_for or keeper.is_idle:
        return "", ""
    match keeper.kind:
        case KeeperKind.CLOCK:
            return PROMISE + keeper.name, ""
        case KeeperKind.GATE:
            return STOPPED, keeper.name
        case KeeperKind.DECISION:
            return "concerns_decided", keeper.name
        case KeeperKind.TRIAGE:
            return "concerns_decided", ""
        case KeeperKind.ROUTE:
            return "referrals_made", pack.routes[keeper.name].to
        case KeeperKind.WORDS:
            return OF_WORDS.get(keeper.name, ""), ""
        case KeeperKind.OPENING:
            return OF_OPENINGS.get(keeper.name, ""), ""
        case KeeperKind.ACT:
            return OF_ACTS.get(keeper.name, ""), ""
        case KeeperKind.RECORD:
            return OF_RECORDS.get(keeper.name, ""), ""
    return "", ""


def figures_behind(
    viewer: Viewer, keepers: Iterable[Keeper], pack: Pack, *, at: datetime, entity: int | None = None
) -> Mapping[Keeper, Figures]:
    """What each did month by month, small numbers kept back; another agency's promise is not counted.

    Where companies have policies of their own, of the records that stand under this one's.
    """
    known = {each.code for each in measures(viewer, at=at, entity=entity)}
    asked = {each: figure_of(each, pack) for each in keepers}
    codes = sorted({code for code, _part in asked.values()} & known)
    if not codes:
        return {}
    found = {each.measure.code: each for each in _figures(viewer, codes, at=at, entity=entity)}
    told = {each: only(found[code], part) for each, (code, part) in asked.items() if code in found}
    return {each: figures for each, figures in told.items() if _has_any(figures)}


def only(figures: Figures, part: str) -> Figures:
    """One part of a figure by itself, told as it is told beside the others."""
    if not part:
        return figures
    parts = list(figures.measure.parts)
    place = parts.index(part) if part in parts else None
    months = [
        replace(each, in_all=Told(0) if place is None else each.parts[place], parts=[]) for each in figures.months
    ]
    named = figures.measure.parts.get(part, "")
    label = f"{figures.measure.label}: {named}" if named and named != part else figures.measure.label
    return Figures(replace(figures.measure, label=label, parts={}), months, figures.fewer_than)


def _figures(viewer: Viewer, codes: Sequence[str], *, at: datetime, entity: int | None) -> Sequence[Figures]:
    if with_own_policy(at):
        return figures_of(viewer, codes, company=entity, months=SPANS[0], at=at)
    return all_figures(viewer, codes, months=SPANS[0], at=at)


def _has_any(figures: Figures) -> bool:
    return any(month.in_all != Told(0) for month in figures.months)

"""Sections a pack may have and nothing in Hearth reads yet, each with the part it is written down for."""

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from hearth.policy.packs.auditing import OF_RULE
from hearth.policy.packs.keeping import TO_COME
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import Place

# By the name they have in a pack: the table an author writes, and the part of Hearth it waits for. Shorter only.
WAIT_FOR: Mapping[str, tuple[str, str]] = {
    "thresholds": ("threshold", "patterns"),
    "reports": ("report", "reports"),
    "audits": ("audit", "audits"),
    "standards": ("standard", "audits"),
    "retention": ("retention", "records"),
}


class _Written(Protocol):
    @property
    def place(self) -> Place: ...


def without_figures(pack: Pack, counted: Collection[str]) -> Iterator[Problem]:
    """The pack's own reports in which nothing is counted, and its metrics that no month has a figure for.

    `counted` are the metrics the house counts by their name and the happenings it counts. Nothing of it is wrong.
    """
    for report in pack.reports.values():
        if report.place.pack == pack.name and not report.metrics:
            missing = "no “metrics” stand in it" if report.sections else "neither “metrics” nor “sections” stand in it"
            yield Problem(report.place, f"“{report.id}” has no figures: {missing}")
    for metric in pack.metrics.values():
        is_counted = metric.id in counted or metric.counts in counted or metric.counts.startswith(OF_RULE)
        if metric.place.pack == pack.name and not is_counted:
            yield Problem(
                metric.place,
                f"“{metric.id}” counts “{metric.counts}”, which Hearth does not count month by month: it has no figure",
            )


def unread(pack: Pack) -> Iterator[Problem]:
    """For each such section the pack itself has: where it begins, how many there are, and what they wait for.

    Nothing of it is wrong: it is checked now and read once the part stands.
    """
    written: Mapping[str, Collection[_Written]] = {
        "thresholds": pack.thresholds.values(),
        "reports": pack.reports.values(),
        "audits": pack.audits.values(),
        "standards": pack.standards.values(),
        "retention": pack.retention.values(),
    }
    for section, (table, part) in WAIT_FOR.items():
        own = [each for each in written[section] if each.place.pack == pack.name]
        if own:
            many = f"{len(own)} times" if len(own) > 1 else "once"
            yield Problem(
                own[0].place,
                f"[[{table}]], written {many}, is read by nothing yet: it waits for “{TO_COME[part]}”",
            )

"""Sections a pack may have and nothing in Hearth reads yet, each with the part it is written down for."""

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

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

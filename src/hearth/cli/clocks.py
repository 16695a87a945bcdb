"""`hearth clocks`: whether every running promise is what the ledger says it is."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from hearth.cli.against_the_ledger import Comparison, Tools, add_comparison
from hearth.cli.processes import pool
from hearth.cli.progress import show_progress

if TYPE_CHECKING:
    from hearth.cli.words import Commands
    from hearth.timescales.grounds import Ground
    from hearth.timescales.rebuilding import Difference, Stretch

PROCESSES = 2
FEW = 8  # stretches that are checked before a second process has begun

GUIDE = """
Every record's history is told again from the ledger, under the policy that was in force, and the clocks that come out
are compared with those that are kept. It runs beside Hearth and changes nothing, unless --mend is given: then the
clocks are made what the ledger tells.

  hearth clocks check           exit code 3 when a clock differs
  hearth clocks check --mend    and put it right
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    add_comparison(
        commands,
        Comparison(
            "clocks", "clocks", "clock", "compare every clock with what the ledger tells",
            "tell every history again and compare the clocks", GUIDE, _tools,
        ),
    )  # fmt: skip


def _tools() -> Tools:
    from hearth.timescales.rebuilding import rebuild_clocks

    return _check, rebuild_clocks


def _check() -> "Iterator[Difference]":
    """Every difference, showing how far it is. By two processes in a big house."""
    from hearth.timescales.rebuilding import check_stretch, every_stretch, ground_in_force

    ground = ground_in_force()
    stretches = every_stretch(ground)
    found = (check_stretch(each, ground) for each in stretches) if len(stretches) <= FEW else _by_several(stretches)
    for done, differences in enumerate(found, start=1):
        show_progress("stretches of records", done, len(stretches))
        yield from differences


def _by_several(stretches: "Sequence[Stretch]") -> "Iterator[list[Difference]]":
    with pool(PROCESSES) as several:
        try:
            yield from several.map(_check_elsewhere, stretches)
        finally:
            several.shutdown(cancel_futures=True)


def _check_elsewhere(stretch: "Stretch") -> "list[Difference]":
    from hearth.timescales.rebuilding import check_stretch

    return check_stretch(stretch, _ground())


@lru_cache(maxsize=1)
def _ground() -> "Ground":
    """Read once by each process of its own."""
    from hearth.timescales.rebuilding import ground_in_force

    return ground_in_force()

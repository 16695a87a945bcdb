"""`hearth clocks`: whether every running promise is what the ledger says it is."""

from typing import TYPE_CHECKING

from hearth.cli.against_the_ledger import Comparison, Tools, add_comparison

if TYPE_CHECKING:
    from hearth.cli.words import Commands

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
    from hearth.timescales.rebuilding import check_clocks, rebuild_clocks

    return check_clocks, rebuild_clocks

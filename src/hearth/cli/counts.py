"""`hearth counts`: whether every monthly figure is what the ledger tells."""

from typing import TYPE_CHECKING

from hearth.cli.against_the_ledger import Comparison, Tools, add_comparison

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Every figure of every month is counted again from the ledger and from the clocks, and compared with what is kept. It
runs beside Hearth and changes nothing, unless --mend is given: then the figures are made what the ledger tells.
`hearth clocks check` says whether the clocks are themselves what the ledger tells.

  hearth counts check           exit code 3 when a figure differs
  hearth counts check --mend    and put it right
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    add_comparison(
        commands,
        Comparison(
            "counts", "figures", "figure", "compare every monthly figure with what the ledger tells",
            "count everything again and compare the figures", GUIDE, _tools,
        ),
    )  # fmt: skip


def _tools() -> Tools:
    from hearth.assurance.operations import check_counts, mend_counts

    return check_counts, mend_counts

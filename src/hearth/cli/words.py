"""How every command's own help is laid out."""

import argparse
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def command(commands: "Commands", name: str, summary: str, guide: str = "") -> argparse.ArgumentParser:
    """One command: a line in the list, and a page of its own that reads like a guide."""
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=dedent(guide).strip() or None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )

"""`python -m hearth.cli` is the `hearth` command."""

import sys

from hearth.cli import main

if __name__ == "__main__":
    sys.exit(main())

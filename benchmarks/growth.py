"""`python -m benchmarks.growth small.json big.json`: how much dearer a request is in a house ten times as big."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measuring import MANY
from benchmarks.report import WITH, cpu

MOST = 1.2


def growth(small: Mapping[str, Any], big: Mapping[str, Any]) -> dict[str, float]:
    """For each request, how many times what it costs in the small house it costs in the big one.

    Left out is the search for words that stand in more notes the more notes there are: it has a limit of its own.
    """
    before = {each["name"]: cpu(each) for each in small[WITH] if each["name"] != MANY}
    return {each["name"]: cpu(each) / before[each["name"]] for each in big[WITH] if before.get(each["name"])}


def main(words: list[str]) -> int:
    """Tell each, and say whether all stay below the most."""
    small, big = (json.loads(Path(word).read_text()) for word in words)
    grown = growth(small, big)
    for name, times in grown.items():
        print(f"{name}: {times:.2f} times from {small['cases']:,} to {big['cases']:,} cases")
    dearer = [name for name, times in grown.items() if times > MOST]
    print(f"More than {MOST} times: {', '.join(dearer)}." if dearer else f"None is more than {MOST} times as dear.")
    return 1 if dearer or not grown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

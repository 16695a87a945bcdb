"""The happenings the packs were written against, read from the list in docs/concepts/packs.md."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from hearth.policy.terms import CODE, COUNT, DAY, WHO, YES_NO, FactKind, one_of, subject
from hearth.timescales.declarations import declared

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"code": CODE, "number": COUNT, "day": DAY, "who": WHO, "yes or no": YES_NO}


def kind(words: str) -> FactKind:
    if words in KINDS:
        return KINDS[words]
    if words.startswith("id of a "):
        return subject(words.removeprefix("id of a "))
    return one_of(*words.split(", "))


def documented() -> dict[str, dict[str, FactKind]]:
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_0-9]+)` \| (.*) \|$", (ROOT / "docs/concepts/packs.md").read_text(), re.M)
    return {
        act: {name: kind(words) for name, words in re.findall(r"`([a-z_]+)`: ([^;]+)", facts.strip())}
        for act, facts in rows
    }


@pytest.fixture(scope="session")
def listed() -> Mapping[str, Mapping[str, FactKind]]:
    """The list in the document."""
    return documented()


@pytest.fixture(scope="session")
def happenings() -> Mapping[str, Mapping[str, FactKind]]:
    """What the apps declare."""
    return declared()


@pytest.fixture(scope="session")
def packs() -> Path:
    return ROOT / "packs"

"""A small world for the engine: the Manchester pack in force, and happenings numbered as they are recorded."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack, load
from hearth.timescales.grounds import Ground
from timescales.small_world import Adopted, World, at

PACKS = Path(__file__).resolve().parents[2] / "packs"


@pytest.fixture(scope="session")
def manchester() -> Pack:
    return load(PACKS / "manchester-2025")


@pytest.fixture(scope="session")
def london() -> Pack:
    return load(PACKS / "london")


@pytest.fixture
def world_of() -> Callable[[Pack], World]:
    return lambda pack: World(Ground(Adopted([(datetime(2026, 1, 1, tzinfo=LOCAL), pack)])))


@pytest.fixture
def world(world_of: Callable[[Pack], World], manchester: Pack) -> World:
    return world_of(manchester)


@pytest.fixture
def moment() -> Callable[[str], datetime]:
    return at


@pytest.fixture
def day() -> Callable[[str], date]:
    return date.fromisoformat

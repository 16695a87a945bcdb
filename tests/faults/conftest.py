"""A Hearth to be killed, in a folder of its own."""

from collections.abc import Iterator

import pytest

from standing import Place, folder, ready


@pytest.fixture
def place() -> Iterator[Place]:
    """A provider with its cast, and nothing running but PostgreSQL."""
    with folder() as home, ready(home) as place:
        yield place

"""How much memory our own PostgreSQL takes for its pages."""

import pytest

from hearth.cli import places
from hearth.cli.postgres.memory import room_for_pages, usable


@pytest.mark.parametrize(
    ("megabytes", "taken"), [(512, "256MB"), (8192, "2048MB"), (65536, "4096MB")], ids=["least", "a quarter", "most"]
)
def test_it_takes_a_quarter_within_bounds(megabytes, taken):
    assert room_for_pages(megabytes * 2**20) == {"shared_buffers": taken}


@pytest.mark.parametrize("said", ["max\n", None], ids=["no limit", "no container"])
def test_a_container_may_leave_less_than_the_machine_has(tmp_path, said):
    limit = tmp_path / "memory.max"
    limit.write_text("1073741824\n")
    assert usable(limit) == 2**30
    limit.unlink()
    if said:
        limit.write_text(said)
    assert usable(limit) > 2**30


def test_the_house_of_a_home_is_started_with_it(tmp_path):
    assert places.embedded_server(tmp_path).started_with == room_for_pages()

"""No link leads its reader to a closed door: whatever a page offers somebody opens for that same person."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin

import pytest

from access.matrix.asking import OPEN, SECOND_FACTOR, SIGN_IN, ask, path_of, undone
from access.matrix.cells import Cell, cells, sampled
from access.matrix.routes import EVERY_ROW
from access.matrix.world import World

LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
OPENS = {OPEN, SIGN_IN, SECOND_FACTOR}  # the door says so itself and lets through whoever signs in


@pytest.fixture(scope="module")
def shown(world, everybody):
    """Every page that opens for somebody."""
    return [cell for cell in cells(world, everybody, EVERY_ROW) if cell.method == "GET" and cell.answer == OPEN]


def closed_doors(world: World, pages: Iterable[Cell]) -> list[str]:
    """The links of these pages that do not open for whoever reads the page. Each is tried once for each person."""
    tried: dict[tuple[str, str], str] = {}
    found = []
    for cell in pages:
        path = path_of(cell.row, world, world.records[cell.of].public_id if cell.of else None)
        with undone():
            page = ask(cell.who, "GET", path)
        for href in sorted(set(LINK.findall(page.body))) if page.status == 200 else ():
            to = urljoin(path, unescape(href)).partition("#")[0]
            if href.startswith("#") or not to.startswith("/"):
                continue
            if (cell.who.name, to) not in tried:
                with undone():
                    tried[cell.who.name, to] = ask(cell.who, "GET", to).kind
            if tried[cell.who.name, to] not in OPENS:
                found.append(f"{cell}: {href} answers “{tried[cell.who.name, to]}”")
    assert len(tried) > 100, "links were found and tried"
    return found


def test_whatever_a_page_offers_opens_for_its_reader(world, shown):
    assert "\n".join(closed_doors(world, sampled(shown))) == ""


def test_a_closed_door_would_be_noticed(world, shown, monkeypatch):
    """The control: for a reader who has every way in the menu, the same links are found closed."""
    monkeypatch.setattr("hearth.web.navigation.may", lambda parts, act: True)
    found = closed_doors(world, [cell for cell in shown if cell.who.name == "worker"][:40])
    assert any("/users" in line for line in found)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_page_as_everybody_offers_nothing_that_is_closed(world, shown):
    assert "\n".join(closed_doors(world, shown)) == ""

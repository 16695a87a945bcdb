"""No room on the disk: whoever tells a concern learns that it is not kept, keeps the words, and loses nothing."""

import random
import string

import pytest

from browsing import KEY
from filled_in import ENOUGH, reference_on
from hearth.cli.places import DATABASE
from room import Room, small_disk
from standing import Place, folder, ready
from telling import PASSWORD, Told, kept_in, wrong
from way_out import free_port

MEGABYTES = 700
MANY = 200  # concerns of two pages each: until then a table has found room in what it has


@pytest.fixture
def small():
    """A Hearth on a disk of its own, and the room on it."""
    with folder() as home, small_disk(home, MEGABYTES) as is_real, ready(home) as place:
        yield place, Room(home / "ballast", place.server.url(DATABASE), is_real)


def a_long_story(chance):
    """Words that do not pack."""
    return " ".join("".join(chance.choices(string.ascii_letters, k=40)) for _ in range(220))


@pytest.fixture
def database(small):
    """A connection from before the disk is full: a new one may have to write what catalogues it knows."""
    with small[0].superuser() as database:
        yield database


def test_a_full_disk_is_told_the_words_come_back_and_nothing_is_half_kept(small, database):
    place, room = small
    chance = random.Random(3)
    place.serve()
    ada = place.browser()
    ada.sign_in("ada@ashgrove.example", PASSWORD)
    told = [Told(*ada.log("/concerns/log", "while there was room"), "while there was room")]

    room.take()
    for _ in range(MANY):
        form = ada.patiently(lambda: ada.get("/concerns/log")).fields
        noticed = a_long_story(chance)
        answer = ada.post("/concerns/log", {**form, **ENOUGH, "noticed": noticed})
        if answer.status != 200:
            break
        told.append(Told(form[KEY], reference_on(answer.text), noticed))
    assert answer.status == 503
    for words in ("Hearth cannot save anything just now", "nobody has been told", "01632 960001", "ring 999", noticed):
        assert words in answer.text
    again = ada.post("/concerns/log", answer.fields)
    assert again.status == 503
    rows = kept_in(database)
    assert len(rows) == len(told), "nothing was half kept"
    assert noticed not in {row.noticed for row in rows}
    assert wrong([], rows) == []

    room.give_back()
    receipt = ada.post("/concerns/log", again.fields)
    assert receipt.status == 200
    assert [row.noticed for row in kept_in(database) if row.reference == reference_on(receipt.text)] == [noticed]
    assert wrong([], kept_in(database)) == []
    ada.log("/concerns/log", "it works by itself again")
    assert "Every clock is what the ledger tells." in place.done("clocks", "check")


def test_a_demonstration_finds_no_room_and_leaves_nothing_half_made():
    with folder() as home, small_disk(home, 30) as is_real:
        place = Place(home, 0)
        before = [] if is_real else ["prlimit", "--fsize=1000000"]
        done = place.run("demo", "--port", str(free_port()), before=before)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith("hearth: ")
        assert "Traceback" not in done.stderr
        assert not is_real or "is full. Free some space" in done.stderr.splitlines()[-1]
        assert [path.name for path in (home / "postgresql").iterdir()] == []

"""A landlord of 30,000 homes and 60,000 people: the register comes in, comes in again, and is searched."""

import random
import time
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.access.identity import acting_as
from hearth.housing.imports.operations import import_register
from hearth.housing.imports.sheets import read_homes, read_people, read_tenancies
from hearth.housing.imports.terms import Count, Register, SheetKind
from hearth.housing.queries import find_home, find_people

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST = ["Siobhán", "Łukasz", "Mohammed", "Priya", "Nia", "Rory", "Margaret", "Tomasz", "Aoife", "Chidi", "Ewa", "Owen"]
LAST = ["Quayle", "Fenwick", "Thrale", "Larch", "Wren", "Slate", "Brook", "Vale", "Moss", "Heath", "Okafor", "Nowak"]
ROADS = [
    "Ashgrove Road",
    "Linden Close",
    "St John’s Street",
    "Mill Lane",
    "Harbour View",
    "Quarry Bank",
    "Station Road",
]
SYLLABLES = ["ba", "den", "kin", "lo", "mar", "ner", "ol", "per", "ris", "sha", "ter", "wick", "yar", "zen"]


def made_up(homes, moved=0):
    """Files of a landlord of that many homes, two people in each; the first `moved` tenancies have ended."""
    draw = random.Random(7)
    files = {"homes": ["home reference,uprn,address line 1,town,postcode"]}
    files["tenancies"] = ["tenancy reference,home reference,start date,end date,tenure"]
    files["people"] = ["person reference,name,date of birth,tenancy reference,role,moved in"]
    for n in range(homes):
        road = f"{draw.choice(SYLLABLES).title()}{draw.choice(SYLLABLES)} {draw.choice(ROADS)}"
        files["homes"].append(f"H{n},{10**11 + n},{n % 180 + 1} {road},Manchester,M{n % 40 + 1} {n % 9 + 1}AB")
        files["tenancies"].append(f"T{n},H{n},01/04/20{n % 20:02},{'30/06/2026' if n < moved else ''},secure")
        for m in range(2):
            name = f"{draw.choice(FIRST)} {''.join(draw.choices(SYLLABLES, k=2)).title()} {draw.choice(LAST)}"
            born = f"{n % 28 + 1:02}/{m + 1:02}/19{n % 60 + 40}"
            files["people"].append(
                f"P{n}-{m},{name},{born},T{n},{'tenant' if m == 0 else 'household'},01/04/20{n % 20:02}"
            )
    content = {kind: "\n".join(lines).encode() for kind, lines in files.items()}
    return Register(
        homes=read_homes(content["homes"]),
        tenancies=read_tenancies(content["tenancies"]),
        people=read_people(content["people"], AT.date()),
    )


def bring_in(keeper, register):
    with transaction.atomic(), acting_as(keeper):
        return import_register(register, by=keeper, at=AT)[1]


def queries_for(keeper, homes):
    with CaptureQueriesContext(connection) as seen:
        bring_in(keeper, made_up(homes))
    return len(seen)


def test_a_register_ten_times_as_big_takes_no_more_questions(cast):
    keeper = cast.register_keeper
    bring_in(keeper, made_up(10))
    few = queries_for(keeper, 40)
    assert queries_for(keeper, 400) <= few + 2


@pytest.mark.long
def test_a_big_register_comes_in_and_again_and_is_searched(own_cast):
    keeper, reporter = own_cast.register_keeper, own_cast.reporter
    told = {}

    def timed(what, act):
        started = time.perf_counter()
        answer = act()
        told[what] = round(time.perf_counter() - started, 2)
        return answer

    files = timed("read", lambda: made_up(30_000))
    assert timed("first", lambda: bring_in(keeper, files)).counts[SheetKind.PEOPLE] == Count(new=60_000)
    assert not timed("again", lambda: bring_in(keeper, files)).changes_something
    ended = made_up(30_000, moved=3_000)
    assert timed("moved", lambda: bring_in(keeper, ended)).counts[SheetKind.TENANCIES] == Count(
        changed=3_000, unchanged=27_000
    )
    with transaction.atomic(), acting_as(reporter):
        for name in ("Shivawn Babden Kwayle", "Lukas Wickter Novak", "Mohamed", "smith"):
            timed(f"find {name}", lambda name=name: find_people(reporter, name, on=AT.date()))
        for place in ("12 badden ashgrove rd", "M14 6AB", "17 wickter st johns street"):
            timed(f"find {place}", lambda place=place: find_home(reporter, place))
    print(told)

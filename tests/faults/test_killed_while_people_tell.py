"""Server and database are killed while people tell concerns over HTTP. Nothing acknowledged is lost or doubled."""

import contextlib
import math
import os
import random
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from browsing import PATIENCE
from telling import PASSWORD, Teller, Told, Typist, kept_in, sent_twice, words, wrong
from waiting import runs, soon

ALONE = (pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(7200))
WAYS = ("postmaster", "all at once", "one backend")


def people(place, over):
    """Two who are signed in, two who came by a contractor's link, and one who only types."""
    at_work = []
    for name in ("Ada at her desk", "Ada on her phone"):
        browser = place.browser()
        browser.sign_in("ada@ashgrove.example", PASSWORD)
        at_work.append(Teller(name, browser, "/concerns/log", over))
    for name in ("plasterer", "glazier"):
        browser = place.browser()
        assert browser.get(f"/r/{place.link}").status == 200
        at_work.append(Teller(name, browser, "/report", over))
    browser = place.browser()
    browser.sign_in("ben@ashgrove.example", PASSWORD)
    return at_work, Typist(browser, "/concerns/log", over)


def until_more_is_told(place, tellers, kills):
    """Wait until four receipts more are in people's hands, so that each kill falls into the middle of work.

    On a slow machine kills come so fast that one person's every try may be cut off: nobody goes without a receipt for
    three of them. `kills` is how many each had at the kills before.
    """
    kills.append({teller.name: len(teller.told) for teller in tellers})
    wanted, until, before = sum(kills[-1].values()) + 4, time.monotonic() + PATIENCE, kills[-1]
    while True:
        told = {teller.name: len(teller.told) for teller in tellers}
        if told != before:
            until, before = time.monotonic() + PATIENCE, told
        waiting = [name for name, many in told.items() if len(kills) >= 3 and many == kills[-3][name]]
        if sum(told.values()) >= wanted and not waiting:
            return
        problems = [f"{teller.name}: {teller.problem}" for teller in tellers if teller.problem]
        assert not problems, f"{problems} of {told}\n{place.said('serve')}"
        assert time.monotonic() < until, f"nothing is told any more: {waiting} of {told}\n{place.said('serve')}"
        time.sleep(0.02)


def kill_postgres(place, way):
    """As the kernel does when memory runs out, or as a power cut does to a virtual machine's processes."""
    place.up_since = math.inf
    postmaster = int((place.server.data / "postmaster.pid").read_text().split()[0])
    backends = [int(pid) for pid in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()]
    if way == "one backend":
        with place.superuser() as database:
            (victim,) = database.execute(
                "select pid from pg_stat_activity where usename = 'hearth_app' order by random() limit 1"
            ).fetchone() or (backends[-1],)
        killed(victim)
    else:
        for victim in [postmaster] if way == "postmaster" else [postmaster, *backends]:
            killed(victim)
        soon(lambda: not runs(postmaster))
        place.done("pg", "start")
    place.up_since = time.monotonic()


def killed(process):
    """It may have ended by itself meanwhile."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def whole(place, tellers, typist):
    """What must hold afterwards, asked of the database and by the project's own commands."""
    with place.superuser() as database:
        kept = kept_in(database)
    told = [each for teller in tellers for each in teller.told]
    assert wrong(told, kept) == []
    assert len(kept) == len(told)
    assert "Everything is as it was written." in place.done("ledger", "verify")
    assert "Every clock is what the ledger tells." in place.done("clocks", "check")
    shown = typist.browser.get("/concerns/log").fields["noticed"]
    assert shown in {words(typist.saved), words(typist.typed)}
    assert typist.saved


@pytest.mark.parametrize(("servers", "databases"), [(4, 2), pytest.param(30, 10, marks=ALONE)])
def test_nothing_acknowledged_is_lost_or_doubled(place, servers, databases):
    """Feature: nobody tells a concern twice, and nobody's concern is lost, whatever breaks."""
    chance, over, began = random.Random(7), threading.Event(), time.monotonic()
    kills = ["server"] * servers + [WAYS[number % len(WAYS)] for number in range(databases)]
    chance.shuffle(kills)
    place.serve()
    place.start("work")
    tellers, typist = people(place, over)
    for each in (*tellers, typist):
        each.start()
    before = []
    for victim in kills:
        until_more_is_told(place, tellers, before)
        time.sleep(chance.random() / 5)
        if victim == "server":
            place.kill("serve")
            place.serve()
        else:
            kill_postgres(place, victim)
        assert place.running["work"].poll() is None, place.said("work")
    until_more_is_told(place, tellers, before)
    over.set()
    for each in (*tellers, typist):
        each.join()  # it ends: in a Hearth that is up people lose patience
        assert each.problem is None
    assert place.stop("work") == 0
    whole(place, tellers, typist)
    assert place.stop("serve") == 0
    tries = sum(each.browser.tries - 2 * len(each.told) for each in tellers)
    print(
        f"{servers} kills of the server and {databases} of PostgreSQL in {time.monotonic() - began:.0f} s: "
        f"{sum(len(each.told) for each in tellers)} concerns acknowledged, {typist.saved} times a draft saved, "
        f"{tries} tries failed; none lost, none doubled"
    )


def test_a_client_that_makes_a_new_key_for_each_try_doubles_and_the_check_sees_it(place):
    """The control of the check, and of the key."""
    place.serve()
    browser = place.browser()
    browser.get(f"/r/{place.link}")
    sent_twice(browser, "/report", "sent twice as browsers do", new_key=False)
    with place.superuser() as database:
        assert wrong([], kept_in(database)) == []
    sent_twice(browser, "/report", "sent twice by a careless client", new_key=True)
    with place.superuser() as database:
        (once, *_), *_ = rows = [kept_in(database)]
        assert wrong([], rows[0]) == ["doubled: sent twice by a careless client"]
    gone = Told(once.key, "C-GONE-00", "never kept")
    assert wrong([gone], [once]) == ["lost: C-GONE-00"]
    assert wrong([], [replace(once, entries=0, clocks=0, has_circle=False)]) == [
        f"without its circle: {once.reference}", f"0 entries in the ledger: {once.reference}",
        f"without its clocks: {once.reference}",
    ]  # fmt: skip

"""People who go on telling while things break, and what is asked of the database afterwards."""

import threading
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

from browsing import KEY, Browser
from filled_in import ENOUGH

PASSWORD = "a long walk by the canal"
KEPT = """
    select c.idempotency_key, c.reference, c.noticed,
        exists (select from access_circle where id = c.circle_id and kind = 'concern'),
        (select count(*) from access_grant g where g.circle_id = c.circle_id),
        (select count(*) from ledger_entry e
         where e.about_kind = 'concern' and e.about_id = c.id and e.act = 'concern.logged'),
        (select count(*) from timescales_clock k where k.about_kind = 'concern' and k.about_id = c.id),
        c.triage_due_at is not null
    from concerns_concern c
"""


@dataclass(frozen=True)
class Told:
    """What somebody holds in his hand: the words he sent, and the receipt for them."""

    key: uuid.UUID
    reference: str
    noticed: str


@dataclass(frozen=True)
class Kept:
    """What the database holds about one concern."""

    key: uuid.UUID
    reference: str
    noticed: str
    has_circle: bool
    grants: int
    entries: int
    clocks: int
    has_triage_limit: bool


def kept_in(database: psycopg.Connection) -> list[Kept]:
    """Every concern, with what must stand beside it."""
    return [Kept(*row) for row in database.execute(KEPT).fetchall()]


def wrong(told: Iterable[Told], kept: Iterable[Kept]) -> list[str]:
    """Everything that is not as it must be, in sentences."""
    kept = list(kept)
    by_reference = {each.reference: each for each in kept}
    found = []
    for each in told:
        row = by_reference.get(each.reference)
        if row is None:
            found.append(f"lost: {each.reference}")
        elif (row.key, row.noticed) != (each.key, each.noticed):
            found.append(f"changed: {each.reference}")
    found += [f"doubled: {words}" for words, times in Counter(each.noticed for each in kept).items() if times > 1]
    for each in kept:
        if not each.has_circle or not each.grants:
            found.append(f"without its circle: {each.reference}")
        if each.entries != 1:
            found.append(f"{each.entries} entries in the ledger: {each.reference}")
        if not each.clocks or not each.has_triage_limit:
            found.append(f"without its clocks: {each.reference}")
    return found


class Teller(threading.Thread):
    """Somebody who tells one concern after the other, and does not give up."""

    def __init__(self, name: str, browser: Browser, page: str, over: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.browser, self.page, self.over = browser, page, over
        self.told: list[Told] = []
        self.problem: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                noticed = f"{self.name} saw number {len(self.told)}."
                key, reference = self.browser.log(self.page, noticed)
                self.told.append(Told(key, reference, noticed))
        except BaseException as problem:  # shown by the test: a thread's own words are lost
            self.problem = problem


class Typist(threading.Thread):
    """Somebody who types a long concern and does not send it. Hearth says each time whether it is saved."""

    def __init__(self, browser: Browser, page: str, over: threading.Event) -> None:
        super().__init__(name="typist", daemon=True)
        self.browser, self.page, self.over = browser, page, over
        self.typed, self.saved = 0, 0
        self.problem: BaseException | None = None

    def run(self) -> None:
        try:
            form = self.browser.patiently(lambda: self.browser.get(self.page)).fields
            while not self.over.wait(0.05):
                self.typed += 1
                filled = {**form, **ENOUGH, "noticed": words(self.typed), "act": "keep"}
                said = self.browser.patiently(lambda: self.browser.post(self.page, filled, accept="application/json"))  # noqa: B023 - asked at once
                if '"is_saved": true' in said.text:
                    self.saved = self.typed
        except BaseException as problem:  # as above
            self.problem = problem


def words(number: int) -> str:
    """What the typist has typed by then."""
    return f"It began {number} times."


def sent_twice(browser: Browser, page: str, noticed: str, *, new_key: bool) -> None:
    """A form is sent, the answer never arrives, and it is sent again: with the same key, or as a careless client does
    with another."""
    form = browser.get(page).fields
    filled = {**form, **ENOUGH, "noticed": noticed}
    assert browser.post(page, filled).status == 200  # which nobody heard
    again = browser.get(page).fields[KEY] if new_key else form[KEY]
    assert browser.post(page, {**filled, KEY: again}).status == 200

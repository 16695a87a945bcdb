"""The requests that are measured, and who makes them."""

import itertools
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.visitor import Unexpected, Visitor
from hearth.cli.filling.vocabulary import PLANTED

NOTICED = (
    "He came down in his coat and said the boiler has been off since Thursday. His carer stood in the kitchen and "
    "put the shopping away. He asked me twice not to say anything about his bank card when she comes back."
)
# Nothing in it rings whoever is on call, so that it costs the same in the evening as in office hours.
CONCERN = {
    "danger_now": "no", "place": "elsewhere", "elsewhere": "The top flat at the end of Sorrel Walk", "noticed": NOTICED,
    "about_staff": "no", "told_by": "saw_it", "children_there": "dont_know", "signs": ["money"],
    "thinks": "I think he keeps the money.", "did": "I left our number.", "act": "send",
}  # fmt: skip
STEPS = {
    "who": {
        "subject": "child", "children_in_household": "yes", "domestic_abuse": "yes", "child_decision": "in_this_case",
    },
    "decision": {
        "outcome": "open_case", "considered": ["signpost", "watch"], "refers": "no", "risk": "medium",
        "risk_why": "The smaller one is not two years old.", "what_matters": "Ring before noon, when he is out.",
    },
    "reasons": {
        "adult_wishes_only": "no", "why": "Two children in the cold.", "clause": "4.1.5a",
        "feedback": "Thank you. Somebody will go there this week.",
    },
}  # fmt: skip
OFTEN = ("boiler", "school", "kitchen", "mattress")

type Make = Callable[[Visitor], float]


def nothing(visitor: Visitor) -> None:
    """Most requests need nothing made ready."""


@dataclass(frozen=True)
class Request:
    """One of the requests: what it is called, who may make it, making it, and what is made ready for it unmeasured."""

    name: str
    people: tuple[str, ...]
    make: Make
    prepare: Callable[[Visitor], None] = nothing


def submit(visitor: Visitor) -> float:
    """A concern of a usual length."""
    told = {**CONCERN, "form_key": str(uuid.uuid4())}
    return visitor.ask("POST", "/concerns/log", told, expect=302)[1]


class Opening:
    """Triage decides to open a case for a concern that waits, and offers it to somebody: each concern once.

    The steps before the last are typed before it is measured; the last one records all of it.
    """

    def __init__(self, waiting: Iterator[str], hands: Sequence[int]) -> None:
        self._waiting, self._hands, self._lock = waiting, itertools.cycle(hands), threading.Lock()
        self._ready: dict[int, list[str]] = {}

    def prepare(self, visitor: Visitor) -> None:
        """Type every step of one decision."""
        with self._lock:
            address = f"/concern/{next(self._waiting)}/decide"
        for step, told in STEPS.items():
            more = {"hand_to": next(self._hands)} if step == "decision" else {}
            visitor.ask("POST", f"{address}?step={step}", {**told, **more, "act": "next"}, expect=302)
        self._ready.setdefault(id(visitor), []).append(address)

    def make(self, visitor: Visitor) -> float:
        """Record the decision."""
        address = self._ready[id(visitor)].pop()
        return visitor.ask("POST", f"{address}?step=check", {}, expect=302)[1]


class Reading:
    """Somebody opens a case: each one after the other of those he may read, so that none is in anybody's mind."""

    def __init__(self, readable: Mapping[str, Sequence[str]]) -> None:
        self._turns = {email: itertools.cycle(cases) for email, cases in readable.items()}
        self._lock = threading.Lock()

    def make(self, visitor: Visitor) -> float:
        """The case's page: its people, plan, limits, contacts, notes, reviews and other agencies."""
        with self._lock:
            case = next(self._turns[visitor.name])
        return visitor.ask("GET", f"/case/{case}", expect=200)[1]


def worklist(visitor: Visitor) -> float:
    """The first page of the cases."""
    return visitor.ask("GET", "/cases", expect=200)[1]


def searching(words: tuple[str, ...], *, says_last_year: bool = False) -> Make:
    """Words in notes, one after the other."""
    turn = itertools.cycle(words)
    lock = threading.Lock()

    def search(visitor: Visitor) -> float:
        with lock:
            word = next(turn)
        page, took = visitor.ask("POST", "/cases/notes", {"words": word}, expect=200)
        if says_last_year and "twelve months" not in page:
            raise Unexpected(f"a search for “{word}” does not say that it looked through the last twelve months only")
        return took

    return search


def counts(visitor: Visitor) -> float:
    """Monthly counts, the page as it opens."""
    return visitor.ask("GET", "/counts", expect=200)[1]


def all_requests(
    cast: dict[str, tuple[str, ...]],
    readable: Mapping[str, Sequence[str]],
    waiting: Iterator[str],
    hands: Sequence[int],
) -> list[Request]:
    """Every request in the order they are measured: what is submitted is then decided."""
    readers, opening = cast["readers"], Opening(waiting, hands)
    planted = [
        Request(f"note search, {hits} hits", readers, searching(words)) for hits, words in sorted(PLANTED.items())
    ]
    return [
        Request("submit a concern", cast["reporters"], submit),
        Request("triage opens a case", cast["deciders"], opening.make, opening.prepare),
        Request("open a case", readers, Reading(readable).make),
        Request("worklist", readers, worklist),
        *planted,
        Request("note search, thousands of hits", cast["broad"], searching(OFTEN, says_last_year=True)),
        Request("monthly counts", cast["counters"], counts),
    ]

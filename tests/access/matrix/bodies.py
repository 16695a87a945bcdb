"""Whole, valid bodies for every operation of the API that takes one, about the records of the matrix.

They are the good calls of `api.examples`: what is refused to one person is taken from another word for word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from access.matrix.people import Column
from access.matrix.world import World
from api.caller import Caller
from api.examples import EXAMPLES, Step
from api.world import World as Called
from hearth.access.clock import now
from hearth.policy.durations import local_day

# The record in which an act can be done as things stand, where it is not the first of its kind.
DONE_IN = {
    "decide_on_concern": "waiting", "review_watched_concern": "watched", "close_case": "quiet_case",
    "support_in_place": "quiet_case", "hand_over": "quiet_case", "reopen_case": "closed_case",
    "say_how_it_was": "closed_case", "resume_limit": "paused",
    "say_why_late": "late", "challenge_referral": "answered", "agree_with_agency": "answered",
    "place_concern": "waiting", "acknowledge_alert": "ringing",
}  # fmt: skip


@dataclass(frozen=True)
class Bodies:
    """Who can call, and the ids an example names."""

    called: Called
    first: Mapping[str, str]  # the record of each operation that it is asked of where nothing else is said
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # ids of one operation alone
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # what is otherwise here than in the example

    def of(self, name: str) -> Any:
        """The body of a good call, with a key of its own each time."""
        body = EXAMPLES[name].sent(Called(self.called.callers, self._ids(name)))
        return {**body, **self.said[name]} if name in self.said else body

    def before(self, name: str) -> None:
        """Do what is done first, where the story has not done it."""
        is_done = name in DONE_IN or name in self.others
        steps: tuple[Step, ...] = () if is_done else EXAMPLES[name].before
        ids = self._ids(name)
        for who, method, path, sent in steps:
            self.called.ok(who, method, path.format(**ids), sent(Called(self.called.callers, ids)))

    def done_in(self, name: str) -> str:
        """The record in which it is taken; none for an operation of no record."""
        return DONE_IN.get(name) or self.first[name]

    def _ids(self, name: str) -> dict[str, str]:
        return {**self.called.ids, **self.others.get(name, {})}


def bodies_for(world: World, systems: Mapping[str, Column], first: Mapping[str, str]) -> Bodies:
    """The ids of the examples, as the story of the matrix has them."""
    called = Called({name: Caller(system.secret) for name, system in systems.items()})
    called.ids |= {f"{name}_id": str(world.records[name].public_id) for name in ("case", "concern", "home")}
    called.ids |= {name: str(world.records[name].public_id) for name in ("home", "watched")}
    called.ids |= {
        "colleague": _colleague(called, "Owner"), "lead": _colleague(called, "Lead"),
        "worker": _colleague(called, "Worker"), "marker": str(world.records["case_marker"].public_id),
        "marker_here": str(world.records["concern_marker"].public_id),
    }  # fmt: skip
    waiting = world.records["waiting"].public_id
    said: dict[str, dict[str, Any]] = {
        "place_concern": {"version": called.ok("lead", "GET", f"/concerns/{waiting}")["version"]},
        "take_process_step": {"step": "case.assessment_completed", "on": local_day(now()).isoformat()},
        "challenge_referral": {"stage": 2},
    }  # fmt: skip
    for kind, one, other in (("case", "person", "uncle"), ("concern", "somebody", "lodger")):
        people = called.ok("lead", "GET", f"/{kind}s/{called.ids[f'{kind}_id']}/people")["people"]
        called.ids[one], called.ids[other] = (each["person"] for each in people[:2])
        said[f"change_part_in_{kind}"] = {"part": people[0]["parts"][0], "becomes": "carer"}
    return Bodies(called, first, {"take_concern_out": {"watched": str(world.arguments["concern"])}}, said)


def _colleague(called: Called, name: str) -> str:
    staff = called.ok("lead", "GET", "/colleagues")["colleagues"]
    return next(each["id"] for each in staff if each["name"] == name)

"""A small world in which every operation of the API has something to be done to. All of it made through the API."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from api.caller import Caller, caller, telling
from hearth.access import clock
from housing.estate import let, make_home
from on_duty import rota
from people.records import tenant

DECISION = {
    "outcome": "open_case",
    "considered": ["advice"],
    "why": "Two small children without warm bedding.",
    "clause": "4.1.5a",
    "subject": "child",
    "children_in_household": "yes",
    "domestic_abuse": False,
    "adult_wishes_only": False,
}
ENDING = {
    "outcome": "risk_reduced",
    "why": "The home is dry and warm.",
    "wishes_answered": "fully",
    "child_decision": "safe",
    "change_seen": "I saw both children in warm beds.",
}
REFERRAL = {"agency": "council_children", "how": "phone", "what": "Two children may be neglected.", "consent": "given"}


@dataclass
class World:
    """Who can call, and the id of one record of each kind."""

    callers: dict[str, Caller]
    ids: dict[str, str] = field(default_factory=dict)

    def ok(self, who: str, method: str, path: str, sent: Any = None) -> Any:
        """What the API answers to something that must be possible here."""
        answer = self.callers[who].call(method, path, sent)
        assert answer.status < 400, (method, path, answer.status, answer.body)
        return answer.body


def limit_of(world: World, case: str, rule: str) -> str:
    """The id of one running limit of a case."""
    limits = world.ok("owner", "GET", f"/cases/{case}")["limits"]
    return next(str(each["id"]) for each in limits if each["rule"] == rule)


def key() -> str:
    return str(uuid.uuid4())


def make_world(cast) -> World:
    """Homes, concerns, cases and what hangs on them."""
    people = ("reporter", "owner", "lead", "worker", "manager", "surveyor", "repairs", "triage_officer", "outsider")
    world = World({name: caller(getattr(cast, name)) for name in people})
    home = make_home(cast.register_keeper, "12 Alder Court", uprn="100012345")
    let(cast.register_keeper, home, tenant(cast.register_keeper, "Siobhan Keane"), reference="T-12")
    rota(cast, ("lead", 1), start=clock.now() - timedelta(hours=1))
    staff = {each["name"]: each["id"] for each in world.ok("lead", "GET", "/colleagues")["colleagues"]}
    world.ids |= {
        "home": str(home.public_id),
        "colleague": staff["Owner"],
        "lead": staff["Lead"],
        "worker": staff["Worker"],
    }
    world.ids["home_id"] = world.ids["home"]
    _concerns(world)
    world.ids["case_id"] = _case(world, "medium", referral=REFERRAL)
    _case_work(world)
    world.ids["quiet_case"] = _case(world, "medium")
    _people_and_limits(world)
    _people_in_a_concern(world)
    _of_others(world)
    _watched(world)
    world.ids["offered_case"], world.ids["offer_id"] = _offered(world, "medium")
    return world


def _concerns(world: World) -> None:
    told = telling(danger_now=True, place="home", home=world.ids["home"], signs=["damp_or_mould"], children_there="yes")
    world.ids["concern_id"] = world.ok("reporter", "POST", "/concerns", told)["id"]
    world.ids["mine"] = world.ids["concern_id"]
    said = {"key": key(), "why": "Nobody came."}
    world.ids["worry_id"] = world.ok("reporter", "POST", f"/concerns/{world.ids['mine']}/still-worried", said)["id"]
    world.ids["hazard_id"] = world.ok("surveyor", "GET", "/hazards")["hazards"][0]["id"]
    waiting = world.ok("lead", "GET", "/my-work")
    world.ids["alert_id"] = waiting["alerts"][0]["id"]
    world.ids["notice_id"] = waiting["notices"][0]["id"]


def _people_and_limits(world: World) -> None:
    case = world.ids["case_id"]
    putting = {"key": key(), "name": "Mother, 23", "part": "carer"}
    world.ids["person"] = world.ok("owner", "POST", f"/cases/{case}/people", putting)["person"]
    marker = {
        "key": key(), "person": world.ids["person"], "kind": "visit", "words": "Visit in pairs", "until": "2030-01-02",
        "shown_to": ["income"],
    }  # fmt: skip
    world.ids["marker"] = world.ok("owner", "POST", f"/cases/{case}/markers", marker)["id"]
    world.ids["limit_id"] = limit_of(world, case, "case.target")
    world.ids["contact_limit"] = limit_of(world, case, "case.contact")


def _people_in_a_concern(world: World) -> None:
    concern = f"/concerns/{world.ids['concern_id']}"
    putting = {"key": key(), "name": "Her mother", "part": "carer"}
    world.ids["somebody"] = world.ok("triage_officer", "POST", f"{concern}/people", putting)["person"]
    putting |= {"key": key(), "name": "The lodger", "part": "other"}
    world.ids["lodger"] = world.ok("triage_officer", "POST", f"{concern}/people", putting)["person"]
    marker = {"kind": "visit", "words": "Visit in pairs", "until": "2030-01-02", "shown_to": ["repairs_desk"]}
    world.ids["marker_here"] = world.ok("triage_officer", "POST", f"{concern}/markers", marker)["id"]


def _of_others(world: World) -> None:
    began = {"process": "child_in_need", "began_on": "2026-11-02"}
    case = f"/cases/{world.ids['case_id']}"
    world.ids["process_id"] = world.ok("owner", "POST", f"{case}/processes", began)["id"]
    putting = {"key": key(), "name": "His uncle", "part": "other"}
    world.ids["uncle"] = world.ok("owner", "POST", f"{case}/people", putting)["person"]


def _watched(world: World) -> None:
    concern = world.ids["watched"] = world.ok("reporter", "POST", "/concerns", telling(children_there="yes"))["id"]
    watching = {"owner": world.ids["colleague"], "until": "2030-01-02"}
    world.ok(
        "lead", "POST", f"/concerns/{concern}/decision",
        {**DECISION, "key": key(), "outcome": "watch", "watch": watching},
    )  # fmt: skip


def _offered(world: World, risk: str, **more: Any) -> tuple[str, str]:
    told = telling(children_there="yes", place="home", home=world.ids["home"])
    concern = world.ok("reporter", "POST", "/concerns", told)["id"]
    opening = {"risk": risk, "hand_to": world.ids["colleague"], "what_matters": "The little one."}
    made = world.ok(
        "lead", "POST", f"/concerns/{concern}/decision", {**DECISION, "key": key(), "open_case": opening, **more}
    )
    world.ids["referral_id"] = made["referral"] or world.ids.get("referral_id", "")
    offers = world.ok("owner", "GET", "/offers")["offers"]
    return made["case"], next(each["id"] for each in offers if each["case"] == made["case"])


def _case(world: World, risk: str, **more: Any) -> str:
    case, offer = _offered(world, risk, **more)
    world.ok("owner", "POST", f"/offers/{offer}/accept")
    return case


def _case_work(world: World) -> None:
    case = world.ids["case_id"]
    planning = {"key": key(), "text": "Buy beds", "owner": world.ids["colleague"], "due_on": "2030-01-02"}
    world.ids["action_id"] = world.ok("owner", "POST", f"/cases/{case}/actions", planning)["id"]
    world.ok("owner", "POST", f"/cases/{case}/notes", {"key": key(), "text": "Grandmother brings blankets."})
    closing = world.ids["closing_case"] = _case(world, "high")
    asked = world.callers["owner"].post(f"/cases/{closing}/close", ENDING)
    assert asked.status == 422, asked.body

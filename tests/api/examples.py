"""One good call of every operation: who makes it, with what, and what is done before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.caller import telling
from api.world import DECISION, ENDING, REFERRAL, World, key

Sent = Callable[[World], Any]
Step = tuple[str, str, str, Sent]


def nothing(world: World) -> Any:
    return None


@dataclass(frozen=True)
class Example:
    """`path` replaces ids of the operation's path by others of the world, by name."""

    who: str
    gives: int
    sent: Sent = nothing
    path: tuple[tuple[str, str], ...] = ()
    query: str = ""
    before: tuple[Step, ...] = ()
    days_later: int = 0


def words(**sent: Any) -> Sent:
    return lambda world: sent


def keyed(**sent: Any) -> Sent:
    return lambda world: {"key": key(), **sent}


def colleague(name: str, **sent: Any) -> Sent:
    return lambda world: {name: world.ids["colleague"], **sent}


def planned(world: World) -> Any:
    return {"key": key(), "owner": world.ids["colleague"], "text": "Ring the school", "due_on": "2030-02-01"}


def given_on(world: World) -> Any:
    return {"owner": world.ids["lead"], "words": "She knows the school."}


def brought_in(world: World) -> Any:
    return {"who": world.ids["worker"], "why": "Speaks Polish."}


def emergency(world: World) -> Any:
    told = world.ok("lead", "GET", f"/concerns/{world.ids['concern_id']}")
    return {"reference": told["reference"], "why": "She rang and he is at the door."}


QUIET = (("case_id", "quiet_case"),)
CONTACT = {
    "kind": "visit", "outcome": "no_access", "happened_at": "2026-11-01T10:00:00Z", "child_seen": "no",
    "child_alone": "no", "note": "Knocked twice.",
}  # fmt: skip
CLOSING = (("case_id", "closing_case"),)
APPROVED: Step = ("lead", "POST", "/cases/{case_id}/approve", nothing)
PAUSED: Step = (
    "owner", "POST", "/limits/{limit_id}/pause", words(ground="police_asked", why="DC Patel asked on the telephone."),
)  # fmt: skip
ANSWERED: Step = ("owner", "POST", "/referrals/{referral_id}/answer", words(answer="not_accepted", why="Below it."))

INVITED = {"email": "outsider@ashgrove.example", "why": "Knows the school.", "until": "2030-01-02"}
INVITING = ("owner", "POST", "/cases/{case_id}/invitations")
JOINING = ("lead", "POST", "/cases/{case_id}/concerns")


def invited_place(world: World) -> Any:
    there = world.ok("owner", "GET", f"/cases/{world.ids['case_id']}/places")["places"]
    return {"place": next(each["id"] for each in there if each["part"] == "invited")}


def placing(world: World) -> Any:
    version = world.ok("lead", "GET", f"/concerns/{world.ids['watched']}")["version"]
    return {"home": world.ids["home"], "version": version, "why": "The school gave the address."}


def joining(world: World) -> Any:
    told = world.ok("lead", "GET", f"/concerns/{world.ids['watched']}")
    return {"reference": told["reference"], "why": "The same two children."}


def taking_out(world: World) -> Any:
    return {"concern": world.ids["watched"], "why": "Another family of that name."}


# What is said of somebody in a record, alike in a case and in a concern: what it gives, and what is sent besides whom.
OF_SOMEBODY: dict[str, tuple[int, dict[str, Any]]] = {
    "change_part": (204, {"part": "carer", "becomes": "household_member"}),
    "place_person": (204, {"visits_only": True}),
    "say_one_knows": (204, {"why": "We went to school together."}),
    "keep_wish": (
        204, {"asked": "said", "words": "A bed of her own", "said_at": "2026-11-01T10:00:00Z", "told_by": "the_person"},
    ),
    "keep_safe_contact": (
        204, {"channel": "phone", "rule": "only_between", "from_time": "09:30", "until_time": "14:00"},
    ),
    "keep_needs": (204, {"interpreter": "needed", "language": "Twi", "needs": "Time"}),
    "keep_capacity": (
        204, {"decision": "Whether to let the fire service in", "outcome": "has", "why": "She weighed it.",
              "assessed_on": "2026-11-01", "assessed_by": "Dr Osei"},
    ),
    "put_a_marker": (
        201, {"kind": "access", "words": "Ring first", "until": "2030-01-02", "shown_to": ["repairs_desk"]},
    ),
}  # fmt: skip
KEYED = {"keep_wish", "keep_capacity"}
TIE = {"tie": "sibling"}


def in_records() -> dict[str, Example]:
    """The same in a case, by its owner, and in a concern, by triage."""
    found: dict[str, Example] = {}
    for kind, who, one, other, marker in (
        ("case", "owner", "person", "uncle", "marker"),
        ("concern", "triage_officer", "somebody", "lodger", "marker_here"),
    ):
        found |= {f"{name}_in_{kind}": example for name, example in _in_one(kind, who, one, other, marker).items()}
    return found


def _in_one(kind: str, who: str, one: str, other: str, marker: str) -> dict[str, Example]:
    def about(**sent: Any) -> Sent:
        return lambda world: {"person": world.ids[one], **sent}

    def of_two(**sent: Any) -> Sent:
        return lambda world: {"person": world.ids[one], "other": world.ids[other], **sent}

    def of_marker(**sent: Any) -> Sent:
        return lambda world: {"marker": world.ids[marker], "version": 1, **sent}

    tied: Step = (who, "POST", f"/{kind}s/{{{kind}_id}}/people/ties", of_two(**TIE))
    return {
        **{
            name: Example(who, gives, about(**sent, **({"key": key()} if name in KEYED else {})))
            for name, (gives, sent) in OF_SOMEBODY.items()
        },
        "read_people": Example(who, 200),
        "put_person": Example(who, 201, keyed(name="Older boy, about 12", part="subject_child", age=12)),
        "relate": Example(who, 201, of_two(**TIE)),
        "end_tie": Example(who, 204, of_two(**TIE, until="2026-11-02"), before=(tied,)),
        "markers": Example(who, 200),
        "change_a_marker": Example(who, 204, of_marker(words="Visit in pairs, by day", until="2030-02-02")),
        "take_marker_off": Example(who, 204, of_marker()),
    }


EXAMPLES: dict[str, Example] = {
    "log_concern": Example("reporter", 201, lambda world: telling(place="home", home=world.ids["home"])),
    "my_concerns": Example("reporter", 200),
    "say_still_worried": Example("reporter", 201, keyed(why="Nobody came.")),
    "queue": Example("triage_officer", 200, query="?from="),
    "restricted_queue": Example("lead", 200),
    "read_concern": Example("lead", 200),
    "look_at_concern": Example("triage_officer", 204),
    "complete_concern": Example("lead", 204, words(text="He rang again.")),
    "place_concern": Example("lead", 204, placing, path=(("concern_id", "watched"),)),
    "tell_repairs": Example("lead", 204, words(kind="gas_or_carbon_monoxide", known_since_told=False)),
    "worries": Example("lead", 200),
    "answer_still_worried": Example("lead", 204, words(answer="We visit today.")),
    "decide_on_concern": Example("lead", 201, keyed(**{**DECISION, "outcome": "refer_now", "referral": REFERRAL})),
    "cases": Example("owner", 200, query="?mine=true"),
    "read_case": Example("owner", 200),
    "read_contacts": Example("owner", 200, query="?from="),
    "read_notes": Example("owner", 200, query="?from="),
    "read_risks": Example("owner", 200, query="?from="),
    "read_reviews": Example("owner", 200, query="?from="),
    "read_chronology": Example("owner", 200, query="?what=notes"),
    "read_who_looked": Example("owner", 200),
    "search_notes": Example("owner", 200, words(words="blankets")),
    "change_summary": Example("owner", 204, words(version=1, summary="Mould in two rooms.")),
    "plan_action": Example("owner", 201, planned),
    "change_action": Example("owner", 204, words(version=1, text="Buy three beds", due_on="2030-01-03")),
    "give_action": Example("owner", 204, given_on),
    "drop_action": Example("owner", 204, words(why="They have beds.")),
    "finish_action": Example("owner", 204, words(result="They sleep warm.")),
    "record_contact": Example("owner", 204, keyed(**CONTACT)),
    "write_note": Example("owner", 201, keyed(text="She smiled.")),
    "judge_risk": Example("owner", 204, words(risk="medium", why="The mould is gone.")),
    "review_case": Example("lead", 204, words(outcome="continue", text="It goes well.")),
    "hand_over": Example("lead", 201, colleague("to", what_matters="The little one."), path=QUIET),
    "offers": Example("owner", 200),
    "accept_case": Example("owner", 204),
    "return_case": Example("owner", 204, words(why="I know the family.")),
    "support_in_place": Example("owner", 204, words(why="The family centre comes weekly."), path=QUIET),
    "close_case": Example("owner", 200, words(**ENDING), path=QUIET),
    "read_closure": Example("lead", 200, path=CLOSING),
    "approve_closure": Example("lead", 200, path=CLOSING),
    "refuse_closure": Example("lead", 204, words(why="See both children first."), path=CLOSING),
    "say_how_it_was": Example("owner", 204, words(said="She felt heard."), path=CLOSING, before=(APPROVED,)),
    "reopen_case": Example("lead", 200, words(why="The mould is back."), path=CLOSING, before=(APPROVED,)),
    "refer": Example("owner", 201, keyed(**REFERRAL)),
    "refer_from_concern": Example("lead", 201, keyed(**REFERRAL, subject="child")),
    "referrals_waiting": Example("owner", 200),
    "read_referral": Example("owner", 200),
    "withdraw_referral": Example("owner", 204, words(why="They have it from the school already.")),
    "confirm_referral": Example("owner", 204),
    "acknowledge_referral": Example("owner", 204),
    "chase_referral": Example("owner", 204),
    "answer_referral": Example("owner", 204, words(answer="accepted", why="A social worker is named.")),
    "challenge_referral": Example("owner", 204, words(stage=1, why="The children were not seen."), before=(ANSWERED,)),
    "agree_with_agency": Example(
        "owner", 204, words(answer="accepted", why="Their manager takes it after all."), before=(ANSWERED,)
    ),
    "read_limit": Example("owner", 200),
    "pause_limit": Example("owner", 204, words(ground="police_asked", why="DC Patel asked on the telephone.")),
    "resume_limit": Example("owner", 204, words(why="They have charged him."), before=(PAUSED,)),
    "extend_limit": Example("lead", 204, words(to="2030-01-02", why="The court sits in January.")),
    "say_why_late": Example(
        "owner", 204, words(ground="agency_late", why="Nobody opened."), path=(("limit_id", "contact_limit"),),
        days_later=25,
    ),
    "open_record_in_emergency": Example("worker", 201, emergency),
    "review_watched_concern": Example(
        "lead", 204, words(outcome="stop", text="They are well: I saw all three."), path=(("concern_id", "watched"),)
    ),
    "places": Example("owner", 200),
    "bring_in": Example("owner", 204, brought_in),
    "invite_colleague": Example("owner", 204, words(**INVITED)),
    "end_a_place": Example("owner", 204, invited_place, before=((*INVITING, words(**INVITED)),)),
    "join_concern": Example("lead", 204, joining),
    "take_concern_out": Example("lead", 204, taking_out, before=((*JOINING, joining),)),
    "begin_process": Example("owner", 201, words(process="marac", began_on="2026-11-02", meets_on="2026-11-09")),
    "read_process": Example("owner", 200),
    "take_process_step": Example(
        "owner", 204, words(step="case.statutory_plan_ended", on="2026-11-09", what="The plan has done its work.")
    ),
    "recognise_high_risk": Example("owner", 204, words(score=15, why="He has hurt her before.")),
    "markers_on_home": Example("repairs", 200),
    "my_work": Example("lead", 200),
    "read_due": Example("lead", 200),
    "read_notices": Example("lead", 200),
    "mark_notice_read": Example("lead", 204),
    "acknowledge_alert": Example("lead", 204),
    "hazards": Example("repairs", 200),
    "read_hazard": Example("repairs", 200),
    "classify": Example("surveyor", 204, words(version=1, hazard_class="significant", why="An infant wheezes.")),
    "take_step": Example("repairs", 204, words(version=1, step="investigated", work_needed=True)),
    "find_homes": Example("reporter", 200, words(text="12 Alder Crt")),
    "find_people": Example("lead", 200, words(name="Siobhan")),
    "policy_codes": Example("reporter", 200),
    "colleagues": Example("owner", 200),
    **in_records(),
}  # fmt: skip

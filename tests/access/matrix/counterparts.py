"""Which page offers the act of which operation of the API, and where the two would let or refuse differently.

Each row of both tables is proved against the running system by itself; here the tables are held against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from access.matrix.asking import OPEN, expected
from access.matrix.people import AT_THE_DOOR, Column
from access.matrix.routes import CASES, CONCERNS, Acts, Row
from access.matrix.world import World
from hearth.access.rules import may
from hearth.access.terms import Part
from hearth.api.house import Listed

# Which records of the story an address of the API is of, by the name it gives the id.
OF = {
    "case_id": CASES, "concern_id": CONCERNS, "action_id": ("action",), "offer_id": ("handover",),
    "worry_id": ("worry",), "hazard_id": ("hazard",), "referral_id": ("referral",), "notice_id": ("notice",),
    "alert_id": ("alert",), "limit_id": ("limit",), "process_id": ("process",), "home_id": ("home",),
}  # fmt: skip
OF_A_CLOSURE = ("ending_case",)

# The operation and its page, where they are not called the same.
IN_RECORDS = {
    "read_people": "people", "put_person": "add_person", "change_part": "part", "relate": "tie", "end_tie": "end_tie",
    "place_person": "household", "say_one_knows": "conflict", "keep_wish": "wish", "keep_safe_contact": "contact_by",
    "keep_needs": "needs", "keep_capacity": "capacity", "markers": "markers", "put_a_marker": "put_marker",
    "change_a_marker": "marker", "take_marker_off": "marker",
}  # fmt: skip
PAGE_OF: Mapping[str, str] = {
    **{f"{name}_in_{kind}": f"{kind}_{page}" for kind in ("concern", "case") for name, page in IN_RECORDS.items()},
    "say_how_it_was": "how_it_was",
    "say_still_worried": "still_worried", "read_concern": "concern", "complete_concern": "add_to_concern",
    "place_concern": "concern_home", "tell_repairs": "concern_unsafe",
    "answer_still_worried": "answer_worry", "decide_on_concern": "decide_concern", "read_case": "case",
    "read_chronology": "chronology", "read_who_looked": "who_looked", "change_summary": "case_summary",
    "change_action": "action", "judge_risk": "set_risk", "accept_case": "offered_case", "return_case": "offered_case",
    "read_closure": "approve_closure", "end_a_place": "places", "invite_colleague": "invite",
    "take_concern_out": "split_concern", "refer": "refer_case", "refer_from_concern": "refer_concern",
    "referrals_waiting": "waiting_for_others", "read_referral": "referral",
    "acknowledge_referral": "referral_received", "agree_with_agency": "agree_referral", "read_process": "process",
    "take_process_step": "process_step", "recognise_high_risk": "high_risk", "read_limit": "limit",
    "say_why_late": "why_late", "open_record_in_emergency": "break_glass", "review_watched_concern": "review_watch",
    "read_due": "due", "mark_notice_read": "read_notice", "acknowledge_alert": "alert", "read_hazard": "hazard",
    "read_contacts": "case_contacts", "read_notes": "case_notes", "read_risks": "case_risks",
    "read_reviews": "case_reviews", "classify": "classify_hazard", "take_step": "hazard_step", "find_people": "find",
}  # fmt: skip
# No page stands for it alone, and why that is right.
WITHOUT_A_PAGE: Mapping[str, str] = {
    "offers": "on screen a case one is offered stands in My work",
    "read_notices": "on screen they stand on the first page and in My work",
    "find_homes": "on screen the form that logs a concern asks it by itself",
    "markers_on_home": "on screen they stand on the page of the home, which tells more and is for fewer",
    "policy_codes": "on screen the codes are the answers to choose from",
    "colleagues": "on screen they are the answers to choose from",
}

_GIVEN_BY_TWO = (
    "who opens records is agreed by two people who are there themselves, never by a token that may be stolen"
)
_READ_BY_ONESELF = "who decides about a policy, or says that he has read it, reads it"
_WATCHING = "who reads what of whom is looked at by a person with a second factor, and each look is told"
# No operation stands for it, and why that is right.
ONLY_A_PAGE: Mapping[str, str] = {
    "home": "a way in, with nothing of its own to do",
    **dict.fromkeys(("tokens", "end_token"), "a token that makes or ends tokens would outlive its own end"),
    **dict.fromkeys(("links", "end_link"), "what a link carries is shown once, to the person who prints it"),
    **dict.fromkeys(
        (
            "users",
            "add_user",
            "user",
            "change_user",
            "send_letter",
            "give_code",
            "switch_off_user",
            "switch_on_user",
            "link_user",
            "posts",
            "policy_posts",
            "post",
            "add_post",
            "change_post",
            "add_team",
            "appoint",
            "proposals",
            "answer_proposal",
            "end_appointment",
            "rota",
            "put_on_rota",
            "cover_shift",
            "swap_shift",
            "calendar",
        ),
        _GIVEN_BY_TWO,
    ),
    **dict.fromkeys(
        (
            "policy",
            "documents",
            "proposed_policy",
            "trials",
            "try_policy",
            "trial",
            "trial_file",
            "withdraw_policy",
            "not_yet_read",
            "change_policy",
            "change_in_policy",
            "drop_from_policy",
            "take_out_change",
            "try_changes",
            "begin_again",
            "rebase_changes",
            "changes_file",
            "read_policy",
            "pack",
            "promises",
            "promises_file",
            "promise",
        ),
        _READ_BY_ONESELF,
    ),
    **dict.fromkeys(("exclusions", "emergencies", "review_emergency", "access_log", "samples"), _WATCHING),
    **dict.fromkeys(("unsent", "try_again", "told_by_telephone"), "somebody picks up a telephone"),
    **dict.fromkeys(
        ("import_register", "register_upload", "register_faults"),
        "somebody looks at what a file would change before it does; a machine uses `hearth import`",
    ),
    **dict.fromkeys(
        ("register_home", "register_person", "found"), "whoever holds the register asks it there, not Hearth"
    ),
    **dict.fromkeys(("counts", "counts_file"), "figures are written out as a sheet, from the page"),
    **dict.fromkeys(("watches", "approvals", "markers"), "the API tells it in My work and in each record"),
    **dict.fromkeys(
        ("concern_person", "case_person", "concern_contact", "case_contact"), "the API tells of everybody at once"
    ),
}


def page_of(operation: Listed, pages: Mapping[str, Row]) -> Row | None:
    """The page on which the same is done."""
    if operation.name in WITHOUT_A_PAGE:
        return None
    return pages.get(PAGE_OF.get(operation.name, operation.name))


def records_of(operation: Listed) -> Sequence[str]:
    """The records of the story its address is of."""
    if "{" not in operation.path:
        return ()
    of = OF[argument(operation)]
    return OF_A_CLOSURE if operation.name.endswith("_closure") else of


def argument(operation: Listed) -> str:
    """What its address calls the id."""
    return operation.path.partition("{")[2].partition("}")[0]


def unlike(
    operations: Iterable[Listed], pages: Iterable[Row], world: World, everybody: Mapping[str, Column]
) -> list[str]:
    """Operations and pages of one act that somebody would find open here and shut there."""
    named = {page.name: page for page in pages}
    found = []
    for each in operations:
        page = page_of(each, named)
        if page is not None:
            found += [
                f"{each.name} and the page {page.name}: {what}" for what in _between(each, page, world, everybody)
            ]
    return found


def without_counterpart(operations: Iterable[Listed], pages: Iterable[Row]) -> list[str]:
    """Operations that no page offers and no reason excuses, and reasons for those that have one after all."""
    named = {page.name: page for page in pages}
    found = []
    for each in operations:
        has_page, has_reason = page_of(each, named) is not None, each.name in WITHOUT_A_PAGE
        if has_page is has_reason:
            found.append(f"{each.name}: {'has a page and a reason for none' if has_page else 'no page, no reason'}")
    names = {each.name for each in operations}
    return found + [f"{name}: no such operation" for name in (PAGE_OF.keys() | WITHOUT_A_PAGE.keys()) - names]


def pages_alone(operations: Iterable[Listed], pages: Iterable[Row]) -> list[str]:
    """Pages whose act no operation offers and no reason excuses, and reasons that hold no more. How one signs in is
    nobody else's to do."""
    named = {page.name: page for page in pages if not page.own_answer}
    offered = {page.name for each in operations if (page := page_of(each, named)) is not None}
    found = [f"{name}: no operation, no reason" for name in named.keys() - offered - ONLY_A_PAGE.keys()]
    return found + [f"{name}: a reason for nothing" for name in ONLY_A_PAGE.keys() - (named.keys() - offered)]


def _between(each: Listed, page: Row, world: World, everybody: Mapping[str, Column]) -> Iterator[str]:
    method = "GET" if each.method == "GET" else "POST"
    if method not in page.methods:
        yield f"takes no {method}"
        return
    acts = (page.post if method == "POST" else page.get) or ()
    for part in sorted(_let(acts) ^ _let(each.acts)):
        yield f"“{part}” is let by one and refused by the other"
    asked = Row(each.name, each.acts, each.acts)
    for of in set(records_of(each)) & set(page.of):
        for who in everybody.values():
            on_page, by_system = (
                expected(world, row, "POST", who, of) == OPEN for row in (_as_post(page, acts), asked)
            )
            if who.name not in AT_THE_DOOR and on_page is not by_system:
                yield f"{who.name} and {of}"


def _as_post(page: Row, acts: Acts) -> Row:
    return Row(page.name, acts, acts, door=page.door)


def _let(acts: Acts) -> set[Part]:
    """The parts that open it each by itself; whoever is signed in plays the part of anybody."""
    return {part for part in Part if all(may({part, Part.ANYONE}, act) for act in acts)}

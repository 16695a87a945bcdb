"""The matrix's rows: every address there is, which record it is of, how it may be asked, and the act it stands for.

A new address needs a row here, or `test_every_address_has_a_row` fails. See docs/guides/for-developers-pages.md.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from access.matrix.record import Filled
from access.matrix.world import World
from hearth.access.terms import Act
from hearth.web.gates import Door

Acts = tuple[Act, ...]

CONCERNS = ("concern", "waiting", "staff")
CASES = ("case", "offered_case")
# What opens an address in one record and not in the others: while nobody has a case, triage offers it.
OTHERWISE: Mapping[tuple[str, str], Acts] = {("hand_over", "offered_case"): (Act.TRIAGE_CONCERN,)}


@dataclass(frozen=True)
class Row:
    """One address. `get` and `post` are the acts it takes, `()` for whoever passes the door and None where it is never
    asked so. `of` names the world's records it is opened with. `fill` is a form that would do the act."""

    name: str
    get: Acts | None = ()
    post: Acts | None = None
    of: tuple[str, ...] = ()
    fill: Callable[[World], Filled] | None = None
    door: Door = Door.SECOND_FACTOR
    own_answer: bool = (
        False  # the page decides by the session it holds, not by a part: only that it never fails is asked
    )
    argument: str = "public_id"
    within: str = ""  # the record whose id stands before the record's own
    at: tuple[tuple[str, str], ...] = ()  # what stands in this address and in no other

    def acts(self, method: str, of: str) -> Acts:
        """What somebody must be let do to ask it so, about this record."""
        return OTHERWISE.get((self.name, of)) or (self.post if method == "POST" else self.get) or ()

    @property
    def methods(self) -> frozenset[str]:
        asked = {"GET": self.get is not None, "HEAD": self.get is not None, "POST": self.post is not None}
        return frozenset(method for method, taken in asked.items() if taken)


def _words(**fields: object) -> Callable[[World], Filled]:
    return lambda world: fields


ROWS = (
    Row("home", door=Door.SIGNED_IN),
    # Concerns
    Row("log_concern", (Act.LOG_CONCERN,), (Act.LOG_CONCERN,), door=Door.SIGNED_IN),
    Row("my_concerns", (Act.READ_OWN_CONCERNS,)),
    Row(
        "still_worried", (Act.STILL_WORRIED,), (Act.STILL_WORRIED,), of=CONCERNS,
        fill=_words(why="Still cold", form_key="6f0b1f9e-3c1c-4d0a-9a57-3f6d2f0e8b11"),
    ),
    Row("links", (Act.KEEP_LINKS,), (Act.KEEP_LINKS,)),
    Row("end_link", None, (Act.KEEP_LINKS,), of=("link",), fill=_words()),
    # Triage
    Row("queue", (Act.SEE_QUEUE,)),
    Row("restricted_queue", (Act.TRIAGE_CONCERN,)),
    Row("concern", (Act.READ_CONCERN,), of=CONCERNS),
    Row("look_at_concern", None, (Act.COMPLETE_CONCERN,), of=CONCERNS, fill=_words()),
    Row(
        "add_to_concern", (Act.COMPLETE_CONCERN,), (Act.COMPLETE_CONCERN,),
        of=CONCERNS, fill=_words(text="The school rang"),
    ),
    Row(
        "concern_home", (Act.COMPLETE_CONCERN,), (Act.COMPLETE_CONCERN,), of=("waiting", "staff"),
        fill=lambda world: {"find": "", "home_search": "H-4", "home": world.records["home"].public_id},
    ),
    Row(
        "concern_unsafe", (Act.COMPLETE_CONCERN,), (Act.COMPLETE_CONCERN,), of=("concern",),
        fill=_words(kind="gas_or_carbon_monoxide", known="now"),
    ),
    Row("decide_concern", (Act.TRIAGE_CONCERN,), (Act.TRIAGE_CONCERN,), of=CONCERNS),
    Row("worries", (Act.ANSWER_WORRY,)),
    Row("answer_worry", (Act.ANSWER_WORRY,), (Act.ANSWER_WORRY,), of=("worry",), fill=_words(answer="It is in hand")),
    # Cases
    Row("cases", (Act.SEE_DUE,)),
    Row("search_notes", (Act.SEARCH_NOTES,), (Act.SEARCH_NOTES,), fill=_words(words="blankets")),
    Row("case", (Act.READ_CASE,), of=CASES),
    *(Row(f"case_{what}", (Act.READ_CASE,), of=CASES) for what in ("contacts", "notes", "risks", "reviews")),
    Row("chronology", (Act.READ_CHRONOLOGY,), of=CASES),
    Row("who_looked", (Act.SEE_WHO_LOOKED,), of=CASES),
    Row("case_summary", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES, fill=_words(version=1, summary="Warm beds")),
    Row("plan_action", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES),
    Row("record_contact", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES),
    Row(
        "write_note", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES,
        fill=_words(text="School rang", key="0d7c7b58-6b55-4c0d-8f7e-2f4f3a5f7a01"),
    ),
    Row("set_risk", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES, fill=_words(risk="medium", why="The mould is gone")),
    Row(
        "review_case", (Act.REVIEW_CASE,), (Act.REVIEW_CASE,), of=CASES,
        fill=_words(outcome="continue", text="On course"),
    ),
    Row(
        "hand_over", (Act.HAND_OVER_CASE,), (Act.HAND_OVER_CASE,), of=CASES,
        fill=lambda world: {"to": world.ids["worker"], "what_matters": "The children"},
    ),
    Row("action", (Act.WORK_CASE,), (Act.WORK_CASE,), of=("action",)),
    Row("finish_action", (Act.WORK_CASE,), (Act.WORK_CASE,), of=("action",), fill=_words(result="Bought")),
    Row("give_action", (Act.WORK_CASE,), (Act.WORK_CASE,), of=("action",),
        fill=lambda world: {"owner": world.ids["lead"], "words": "She knows the school"}),
    Row("drop_action", (Act.DROP_ACTION,), (Act.DROP_ACTION,), of=("action",), fill=_words(why="They have beds")),
    Row(
        "offered_case", (Act.ANSWER_HANDOVER,), (Act.ANSWER_HANDOVER,), of=("handover",),
        fill=_words(answer="give_back", why="I know the family"),
    ),
    Row("support_in_place", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES, fill=_words(why="The school helps")),
    Row("close_case", (Act.CLOSE_CASE,), (Act.CLOSE_CASE,), of=(*CASES, "ending_case"),
        fill=_words(why="Dry", change_seen="Warm beds", breach_reason="Nobody opened", watched_reason="Theirs")),
    Row("approve_closure", (Act.APPROVE_CLOSURE,), (Act.APPROVE_CLOSURE,), of=("ending_case",), fill=_words()),
    Row("refuse_closure", (Act.APPROVE_CLOSURE,), (Act.APPROVE_CLOSURE,), of=("ending_case",),
        fill=_words(why="See the children first")),
    Row("how_it_was", (Act.WORK_CASE,), (Act.WORK_CASE,), of=(*CASES, "closed_case"),
        fill=lambda world: {"was_asked": "yes", "said": "She felt heard", **world.today("on")}),
    Row("reopen_case", (Act.REOPEN_CASE,), (Act.REOPEN_CASE,), of=(*CASES, "closed_case"), fill=_words(why="Mould")),
    Row("approvals", (Act.APPROVE_CLOSURE,)),
    Row("join_concern", (Act.JOIN_CONCERN,), (Act.JOIN_CONCERN,), of=CASES),
    Row("split_concern", (Act.JOIN_CONCERN,), (Act.JOIN_CONCERN,), of=("case",)),
    Row("places", (Act.READ_CASE,), (Act.READ_CASE, Act.INVITE), of=CASES),
    Row("bring_in", (Act.INVITE,), (Act.INVITE,), of=CASES,
        fill=lambda world: {"who": world.ids["worker"], "why": "Speaks Polish"}),
    Row("invite", (Act.INVITE,), (Act.INVITE,), of=CASES),
    # People and homes
    Row("find", (Act.SEARCH_REGISTER,), (Act.SEARCH_REGISTER,), fill=_words(name="Declan", place="")),
    Row("found", (Act.SEARCH_REGISTER,)),
    Row("register_home", (Act.SEARCH_REGISTER,), of=("home",)),
    Row("register_person", (Act.SEARCH_REGISTER,), of=("person", "known_person")),
    Row("exclusions", (Act.END_EXCLUSION,), (Act.END_EXCLUSION,)),
    # One's own tokens
    Row("tokens", (Act.KEEP_TOKENS,), (Act.KEEP_TOKENS,)),
    Row("end_token", None, (Act.KEEP_TOKENS,), of=("token",), fill=_words()),
    # Administering
    Row("users", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("add_user", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("user", (Act.KEEP_USERS,), of=("user",)),
    Row("change_user", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("user",)),
    Row("give_code", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("user",)),
    Row("send_letter", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("user",)),
    Row("switch_off_user", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("user",)),
    Row("switch_on_user", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("leaver",)),
    Row("link_user", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("user",)),
    Row("posts", (Act.KEEP_USERS,)),
    Row("policy_posts", (Act.AGREE_APPOINTMENT,)),
    Row("documents", (Act.READ_POLICY,)),
    Row("post", (Act.KEEP_USERS,)),
    Row("add_post", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("change_post", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("add_team", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("appoint", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("proposals", (Act.AGREE_APPOINTMENT,)),
    Row("answer_proposal", (Act.AGREE_APPOINTMENT,), (Act.AGREE_APPOINTMENT,), of=("proposal",)),
    Row("end_appointment", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("appointment",)),
    Row("rota", (Act.SEE_ROTA,)),
    Row("put_on_rota", (Act.KEEP_USERS,), (Act.KEEP_USERS,)),
    Row("cover_shift", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("shift",)),
    Row("swap_shift", (Act.KEEP_USERS,), (Act.KEEP_USERS,), of=("shift",)),
    Row("unsent", (Act.SEE_UNSENT,)),
    Row("try_again", None, (Act.SEE_UNSENT,), of=("message",)),
    Row("told_by_telephone", None, (Act.SEE_UNSENT,), of=("message",)),
    Row("import_register", (Act.IMPORT_REGISTER,), (Act.IMPORT_REGISTER,)),
    Row("register_upload", (Act.IMPORT_REGISTER,), (Act.IMPORT_REGISTER,), of=("files",)),
    Row("register_faults", (Act.IMPORT_REGISTER,), of=("files",)),
    Row("calendar", (Act.KEEP_CALENDAR,), (Act.KEEP_CALENDAR,)),
    Row("policy", (Act.APPROVE_POLICY,)),
    Row("proposed_policy", (Act.APPROVE_POLICY,), (Act.APPROVE_POLICY,), of=("proposed_policy",)),
    Row("trials", (Act.ADOPT_POLICY,)),
    Row("try_policy", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,), at=(("which", "livv-2022"),)),
    Row("trial", (Act.ADOPT_POLICY,), of=("trial",)),
    Row("trial_file", (Act.ADOPT_POLICY,), of=("trial",)),
    Row("withdraw_policy", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,), of=("proposed_policy",)),
    Row("not_yet_read", (Act.ADOPT_POLICY,)),
    Row("change_policy", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row("change_in_policy", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row(
        "drop_from_policy", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,), at=(("kind", "sign"), ("which", "money"))
    ),
    Row("take_out_change", None, (Act.ADOPT_POLICY,)),
    Row("try_changes", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row("rebase_changes", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row("begin_again", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row("changes_file", (Act.ADOPT_POLICY,)),
    Row("read_policy", (Act.CONFIRM_READING,), (Act.CONFIRM_READING,), of=("reading",), door=Door.SIGNED_IN),
    Row("pack", (Act.ADOPT_POLICY,), (Act.ADOPT_POLICY,)),
    Row("emergencies", (Act.REVIEW_BREAK_GLASS,)),
    Row("review_emergency", (Act.REVIEW_BREAK_GLASS,), (Act.REVIEW_BREAK_GLASS,), of=("emergency",)),
    Row("markers", (Act.SEE_DUE,)),
    # Limits
    Row("limit", (Act.SEE_DUE,), of=("limit",)),
    Row("pause_limit", (Act.PAUSE_CLOCK,), (Act.PAUSE_CLOCK,), of=("limit",)),
    Row("resume_limit", (Act.PAUSE_CLOCK,), (Act.PAUSE_CLOCK,), of=("paused",)),
    Row("extend_limit", (Act.EXTEND_CLOCK,), (Act.EXTEND_CLOCK,), of=("limit",)),
    Row("why_late", (Act.PAUSE_CLOCK,), (Act.PAUSE_CLOCK,), of=("limit", "late")),
    # Other agencies
    Row("waiting_for_others", (Act.SEE_DUE,)),
    Row("refer_concern", (Act.REFER,), (Act.REFER,), of=CONCERNS),
    Row("refer_case", (Act.REFER,), (Act.REFER,), of=CASES),
    Row("referral", (Act.READ_CONCERN,), of=("referral",)),
    *(
        Row(name, (Act.REFER,), (Act.REFER,), of=("referral",))
        for name in (
            "confirm_referral", "referral_received", "chase_referral", "answer_referral", "withdraw_referral",
        )
    ),
    *(
        Row(name, (Act.REFER,), (Act.REFER,), of=("answered",)) for name in ("challenge_referral", "agree_referral")
    ),
    Row("begin_process", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES),
    Row("high_risk", (Act.WORK_CASE,), (Act.WORK_CASE,), of=CASES),
    Row("process", (Act.READ_CASE,), of=("process",)),
    Row("process_step", (Act.WORK_CASE,), (Act.WORK_CASE,), of=("process",)),
    # Watches
    Row("watches", (Act.SEE_DUE,)),
    Row("review_watch", (Act.REVIEW_WATCH,), (Act.REVIEW_WATCH,), of=("watch",)),
    # Looking across
    Row("counts", (Act.SEE_COUNTS,)),
    Row("counts_file", (Act.SEE_COUNTS,)),
    Row("promises", (Act.READ_POLICY,)),
    Row("promises_file", (Act.READ_POLICY,)),
    Row("promise", (Act.READ_POLICY,)),
    Row("access_log", (Act.READ_ACCESS_LOG,)),
    Row("samples", (Act.READ_ACCESS_LOG,), (Act.READ_ACCESS_LOG, Act.DRAW_SAMPLE)),
    # What waits
    Row("my_work", (Act.SEE_MY_WORK,)),
    Row("due", (Act.SEE_DUE,)),
    Row("read_notice", None, (), of=("notice",), fill=_words()),
    Row("alert", (Act.ACKNOWLEDGE_ALERT,), (Act.ACKNOWLEDGE_ALERT,), of=("alert", "ringing"), fill=_words()),
    Row("break_glass", (Act.BREAK_GLASS,), (Act.BREAK_GLASS,)),
    Row("hazards", (Act.READ_HAZARD,)),
    Row("hazard", (Act.READ_HAZARD,), of=("hazard",)),
    Row(
        "classify_hazard", (Act.CLASSIFY_HAZARD,), (Act.CLASSIFY_HAZARD,), of=("hazard",),
        fill=_words(version=1, hazard_class="significant", why="An infant sleeps there"),
    ),
    Row(
        "hazard_step", (Act.WORK_HAZARD,), (Act.WORK_HAZARD,), of=("hazard",),
        fill=_words(version=1, step="investigated", work_needed="yes"),
    ),
)  # fmt: skip

# The pages about the people in a record: the same for a concern and for a case.
_READ_OF_PEOPLE = {"people": Act.READ_PEOPLE, "person": Act.READ_PEOPLE}
_SAID_OF_PEOPLE = {"conflict": Act.DECLARE_CONFLICT} | dict.fromkeys(
    ("add_person", "part", "tie", "end_tie", "wish", "contact", "contact_by", "needs", "capacity"), Act.KEEP_PEOPLE
)


def _of_people(kind: str, reads: Act) -> Iterator[Row]:
    for name, act in _READ_OF_PEOPLE.items():
        yield Row(f"{kind}_{name}", (reads, act), of=(kind,))
    for name, act in _SAID_OF_PEOPLE.items():
        yield Row(f"{kind}_{name}", (reads, act), (reads, act), of=(kind,))
    marks = (reads, Act.KEEP_MARKERS)
    yield Row(f"{kind}_markers", marks, of=(kind,))
    yield Row(f"{kind}_put_marker", marks, marks, of=(kind,))
    yield Row(f"{kind}_marker", marks, marks, of=(f"{kind}_marker",), argument="marker", within=kind)
    # Only who may search the register is told who lives there.
    register = (reads, Act.KEEP_PEOPLE, Act.SEARCH_REGISTER)
    yield Row(f"{kind}_household", register, register, of=(kind,))


PEOPLE_IN_RECORDS = (*_of_people("concern", Act.READ_CONCERN), *_of_people("case", Act.READ_CASE))

# Without sign-in, or about one's own sign-in. They open no record, so only the door and that they never fail is asked.
_FOR_ANYONE = {
    "api_docs": "GET", "api_openapi": "GET",
    "leave": "GET POST", "follow_link": "GET", "report": "GET POST", "receipt": "GET POST", "account_login": "GET POST",
    "account_logout": "GET POST", "account_inactive": "GET", "account_reset_password": "GET POST",
    "account_reset_password_done": "GET", "account_reset_password_from_key": "GET POST",
    "account_reset_password_from_key_done": "GET", "mfa_authenticate": "GET POST", "without_code": "POST",
    "given_code": "GET POST",
    "mfa_login_webauthn": "GET POST", "openid_connect_login": "GET POST", "openid_connect_callback": "GET POST",
}  # fmt: skip
_FOR_ONESELF = {
    "account_reauthenticate": "GET POST", "my_account": "GET", "account_change_password": "GET POST",
    "account_set_password": "GET POST", "time_left": "GET", "stay": "POST", "second_factor": "GET",
    "mfa_reauthenticate": "GET POST", "mfa_reauthenticate_webauthn": "GET POST", "mfa_index": "GET",
    "mfa_activate_totp": "GET POST", "mfa_deactivate_totp": "GET POST", "mfa_list_webauthn": "GET",
    "mfa_add_webauthn": "GET POST", "mfa_remove_webauthn": "GET POST", "mfa_view_recovery_codes": "GET",
    "mfa_generate_recovery_codes": "GET POST",
}  # fmt: skip


def _of_sign_in(names: Mapping[str, str], door: Door) -> tuple[Row, ...]:
    return tuple(
        Row(name, () if "GET" in methods else None, () if "POST" in methods else None, door=door, own_answer=True)
        for name, methods in names.items()
    )


SIGN_IN = (*_of_sign_in(_FOR_ANYONE, Door.ANYONE), *_of_sign_in(_FOR_ONESELF, Door.SIGNED_IN))
EVERY_ROW = (*ROWS, *PEOPLE_IN_RECORDS, *SIGN_IN)
EXAMPLES = {
    "clause": "4.1.4b",
    "asked": "6f0b1f9e-3c1c-4d0a-9a57-3f6d2f0e8b12", "secret": "no-such-link",
    "uidb36": "1", "key": "no-such-key", "pk": "1", "provider_id": "directory",
}  # fmt: skip

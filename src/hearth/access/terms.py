"""Words of need to know: who looks, how far a grant reaches, what may be done."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from hearth.organisation.terms import Part
from hearth.policy.terms import CODE, DAY, FactKind, one_of

__all__ = ["Act", "CircleKind", "InACircle", "NotHere", "NotYours", "Part", "Reach", "Refused", "Viewer"]


@runtime_checkable
class Viewer(Protocol):
    """Whoever asks. Pages, commands and jobs pass one to every question and every act."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def parts(self) -> frozenset[Part]: ...


class InACircle(Protocol):
    """A record that only its circle may know."""

    ledger_kind: ClassVar[str]

    @property
    def id(self) -> int: ...
    @property
    def circle_id(self) -> int | None: ...


class Reach(StrEnum):
    """How far a grant goes."""

    FULL = "full"
    OWN_WORDS = "own_words"
    MARKER = "marker"
    ONE_ITEM = "one_item"


class CircleKind(StrEnum):
    """What a circle was made for. A row keeps its circle for ever."""

    CONCERN = "concern"
    CASE = "case"
    HAZARD = "hazard"
    ALLEGATION = "allegation"


class Finding(StrEnum):
    """What a lead finds about an emergency opening."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    TAKEN_UP = "taken_up"


class Act(StrEnum):
    """Everything somebody can do or look at. Each has a row in `rules.WHO_MAY`."""

    LOG_CONCERN = "log a concern"
    READ_OWN_CONCERNS = "read what became of my concerns"
    STILL_WORRIED = "say I am still worried"
    ANSWER_WORRY = "answer somebody who is still worried"
    SEE_QUEUE = "see the triage queue"
    READ_CONCERN = "read a concern"
    COMPLETE_CONCERN = "complete a concern at intake"
    TRIAGE_CONCERN = "decide on a concern"
    ACKNOWLEDGE_ALERT = "acknowledge an on-call alert"
    SEE_ROTA = "see the on-call rota"
    SEE_UNSENT = "see messages that did not leave"
    REVIEW_WATCH = "look again at what is watched"
    REFER = "refer to another agency"
    READ_CASE = "read a case"
    WORK_CASE = "work on a case"
    DROP_ACTION = "drop an action of a case"
    ANSWER_HANDOVER = "accept or return a handover"
    HAND_OVER_CASE = "hand a case over"
    REVIEW_CASE = "review a case as manager"
    CLOSE_CASE = "close a case"
    APPROVE_CLOSURE = "approve a closure"
    REOPEN_CASE = "reopen a case"
    JOIN_CONCERN = "join a concern to a case"
    READ_CHRONOLOGY = "read a chronology"
    SEE_WHO_LOOKED = "see who has looked"
    EXTEND_CLOCK = "extend a limit"
    PAUSE_CLOCK = "pause a clock"
    SEE_MY_WORK = "see what waits for me"
    SEE_DUE = "see what is due"
    READ_HAZARD = "read a hazard"
    CLASSIFY_HAZARD = "classify a hazard"
    SEARCH_REGISTER = "find a person or home in the register"
    FIND_HOME = "find a home by its address"
    IMPORT_REGISTER = "import the register"
    KEEP_PEOPLE = "record people, roles and relationships in a record"
    READ_PEOPLE = "read who is in a record, what they wish and how to reach them"
    END_EXCLUSION = "end somebody's exclusion"
    RECORD_HAZARD = "record a hazard in a home"
    WORK_HAZARD = "investigate a hazard and make the home safe"
    KEEP_MARKERS = "put a marker on a home or person"
    SEE_MARKERS = "see the markers meant for me"
    SEARCH_NOTES = "search notes"
    INVITE = "invite somebody into a record"
    DECLARE_CONFLICT = "declare a conflict of interest"
    BREAK_GLASS = "open a record in an emergency"
    REVIEW_BREAK_GLASS = "review an emergency opening"
    SEE_COUNTS = "see monthly counts"
    READ_ACCESS_LOG = "read the access log"
    DRAW_SAMPLE = "draw a sample of closed cases"
    KEEP_USERS = "keep users, posts and the rota"
    AGREE_APPOINTMENT = "agree to an appointment that opens records"
    KEEP_LINKS = "keep reporting links"
    KEEP_CALENDAR = "correct the calendar"
    ADOPT_POLICY = "propose that a policy is adopted"
    APPROVE_POLICY = "approve a policy or send it back"
    CONFIRM_READING = "say that I have read and understood a policy"
    READ_POLICY = "read the policy in force"
    KEEP_TOKENS = "keep my own API tokens"


class Scope(StrEnum):
    """What an API token may be used for. It narrows what its owner may do and never adds to it."""

    CONCERNS_LOG = "concerns:log"
    CONCERNS_READ = "concerns:read"
    TRIAGE = "triage"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    REGISTER = "register"
    HAZARDS = "hazards"
    WORK = "work"


SCOPE_SENTENCE: dict[Scope, str] = {
    Scope.CONCERNS_LOG: "Log concerns, and say that you are still worried",
    Scope.CONCERNS_READ: "Read concerns: your own, the queue and each one you may read",
    Scope.TRIAGE: "Look at, complete and decide on concerns, keep who is in them, answer the still worried",
    Scope.CASES_READ: "Read cases, the people in them, chronologies and who has looked, and look for words in notes",
    Scope.CASES_WRITE: "Work on cases: contacts, notes, plan, risk, people, referrals, handing over and closing",
    Scope.REGISTER: "Find people and homes in the register, and what to mind at a home",
    Scope.HAZARDS: "Read unsafe homes, judge them and record what has been done",
    Scope.WORK: "See what waits and what is due, mark notices as read and take on-call alerts",
}


class Refused(Exception):
    """This viewer may not do this here. Told to the viewer exactly as a record that does not exist."""

    def __init__(self, act: Act, parts: Iterable[Part] = ()) -> None:
        super().__init__(f"may not {act.value}")
        self.act = act
        self.parts = frozenset(parts)


class NotHere(Exception):
    """There is no such record for whoever asks. Missing, hidden and shut answer alike, and the attempt is kept."""


class NotYours(Exception):
    """The signed identity is somebody else than the one named as doing it."""


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "access.glass_broken": {"kind": CODE},
    "access.glass_reviewed": {"finding": one_of(*Finding)},
    "token.made": {"scopes": CODE, "ends_on": DAY},
    "token.ended": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Circle": ("record", "made_by", "id kind entity restricted made_at"),
    "Grant": (
        "record",
        "user why given_by",
        "id public_id circle part reach part_in_it item_kind item_id given_at ends_at ended_at",
    ),
    "EmergencyReview": ("record", "why reviewed_by", "id circle grant finding reviewed_at"),
    "CircleLink": ("record", "linked_by", "id case_circle joined_circle linked_at ended_at"),
    "Exclusion": ("person", "user person_id why declared_by", "id starts_at ends_at"),
    "ExcludedCircle": ("person", "user", "id circle"),
    "ApiToken": ("user", "user name last_used_at", "id public_id digest scopes made_at ends_at ended_at"),
    "Refusal": ("user", "user asked_for", "id public_id act page circle restricted was_excluded at"),
}

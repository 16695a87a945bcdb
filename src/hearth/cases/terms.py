"""Words for a case: its stages, its risk, its contacts and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hearth.access.terms import NotHere
from hearth.policy.terms import CODE, COUNT, DAY, WHO, YES_NO, FactKind, one_of, subject


class Stage(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    MONITORING = "monitoring"
    CLOSED = "closed"


MAY_MOVE_TO: dict[Stage, frozenset[Stage]] = {
    Stage.OPEN: frozenset({Stage.MONITORING, Stage.CLOSED}),
    Stage.MONITORING: frozenset({Stage.OPEN, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.OPEN}),
}


class Risk(StrEnum):
    """The risk band. Always given with reasons; nothing starts as standard by itself."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"


class ContactKind(StrEnum):
    """How somebody was in touch."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    OTHER = "other"


class ContactOutcome(StrEnum):
    """What came of it. Refused contact and no access are outcomes too; they never stop a clock."""

    SEEN = "seen"
    SPOKEN_TO = "spoken_to"
    NO_ACCESS = "no_access"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class Seen(StrEnum):
    """Whether a child was seen, and alone."""

    YES = "yes"
    NO = "no"
    NO_CHILD = "no_child"


class HandoverState(StrEnum):
    """Whether the case team took the case."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    LAPSED = "lapsed"


HANDOVER_MAY_MOVE_TO: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OFFERED: frozenset({HandoverState.ACCEPTED, HandoverState.RETURNED, HandoverState.LAPSED}),
    HandoverState.ACCEPTED: frozenset(),
    HandoverState.RETURNED: frozenset({HandoverState.OFFERED}),
    HandoverState.LAPSED: frozenset({HandoverState.OFFERED}),
}


class CloseOutcome(StrEnum):
    """How a case ended."""

    RISK_REMOVED = "risk_removed"
    RISK_REDUCED = "risk_reduced"
    RISK_REMAINS = "risk_remains"
    TRANSFERRED = "transferred"
    NOT_ENGAGED = "not_engaged"
    DIED = "died"


class WishesAnswered(StrEnum):
    """Whether what the person wanted came about, or why nobody asked."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_ASKED = "not_asked"
    NONE_SAID = "none_said"


class ChildDecision(StrEnum):
    """What was decided about every child of the household before closing."""

    SAFE = "safe"
    SUPPORTED_ELSEWHERE = "supported_elsewhere"
    NO_CHILD = "no_child"


class ReviewOutcome(StrEnum):
    """What a manager's review came to."""

    CONTINUE = "continue"
    CHANGE = "change"
    CLOSE = "close"


class Kept(StrEnum):
    """The lists of a case that grow: its page shows the newest of each."""

    CONTACTS = "contacts"
    NOTES = "notes"
    RISKS = "risks"
    REVIEWS = "reviews"


@dataclass(frozen=True)
class ContactMade:
    """A contact as it is told by whoever made it."""

    kind: ContactKind
    outcome: ContactOutcome
    happened_at: datetime
    child_seen: Seen
    child_alone: Seen
    note: str
    their_words: str = ""
    wishes: str = ""
    told_afterwards: bool | None = None


@dataclass(frozen=True)
class Ending:
    """What whoever asks for a closure answers."""

    outcome: CloseOutcome
    why: str
    wishes_answered: WishesAnswered
    child_decision: ChildDecision
    wishes_why: str = ""
    child_why: str = ""
    change_seen: str = ""
    breach_reason: str = ""
    watched_reason: str = ""


class NoSuchCase(NotHere):
    """There is no such case for whoever asks: missing, hidden and shut answer alike."""


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "case.opened": {
        "concern": subject("concern"),
        "risk_band": one_of(*Risk),
        "subject": one_of("child", "adult", "both", "not_known"),
        "concern_logged_on": DAY,
        "is_offered": YES_NO,
    },
    "case.handed_over": {},
    "case.handover_answered": {"answer": one_of("accepted", "returned", "lapsed"), "has_holder": YES_NO},
    "case.owner_changed": {"owner": WHO},
    "case.worker_added": {"worker": WHO},
    "case.invited": {"who": WHO, "until": DAY},
    "case.place_ended": {"who": WHO},
    "case.manager_brought_in": {"who": WHO},
    "case.risk_banded": {"risk_band": one_of(*Risk)},
    "case.summary_changed": {"version": COUNT},
    "action.planned": {"due_on": DAY, "owner": WHO, "case": subject("case")},
    "action.moved": {"due_on": DAY, "case": subject("case")},
    "action.given": {"owner": WHO, "case": subject("case")},
    "action.done": {"case": subject("case")},
    "action.dropped": {"case": subject("case")},
    "case.contact_made": {
        "kind": one_of(*ContactKind),
        "outcome": one_of(*ContactOutcome),
        "child_seen": one_of(*Seen),
        "child_alone": one_of(*Seen),
        "told_afterwards": YES_NO,
        "risk_band": one_of(*Risk),
    },
    "case.note_added": {},
    "case.reviewed": {"outcome": one_of("continue", "change", "close"), "risk_band": one_of(*Risk)},
    "case.support_in_place": {},
    "case.closure_asked": {"outcome": one_of(*CloseOutcome)},
    "case.closure_refused": {},
    "case.closed": {
        "outcome": one_of(*CloseOutcome),
        "wishes_answered": YES_NO,
        "change_seen": YES_NO,
        "child_decision": one_of(*ChildDecision),
        "children_in_household": one_of("yes", "no", "not_known"),
        "subject": one_of("child", "adult", "both", "not_known"),
        "risk_band": one_of(*Risk),
        "second_approver": WHO,
        "breach_reason": CODE,
        "watched_reason_given": YES_NO,
    },
    "case.reopened": {"risk_band": one_of(*Risk), "subject": one_of("child", "adult", "both", "not_known")},
    "case.experience_asked": {"was_asked": YES_NO},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Case": (
        "record",
        "children_in_household closed_by opened_by owner risk subject summary",
        "circle closed_at due_at home id opened_at outcome public_id reference restricted stage "
        "support_in_place_at version",
    ),
    "CaseConcern": (
        "record",
        "joined_by",
        "case circle concern id is_origin joined_at restricted split_at",
    ),
    "Handover": (
        "record",
        "answer_why offered_by offered_to what_matters",
        "answered_at case circle grant_id id offered_at public_id restricted state",
    ),
    "RiskBand": (
        "record",
        "band set_by why",
        "case circle id set_at",
    ),
    "Review": (
        "record",
        "reviewed_by text",
        "case circle id outcome reviewed_at",
    ),
    "Closure": (
        "record",
        "approved_by asked_by breach_reason change_seen child_decision child_why refused_by refused_why watched_reason "
        "why wishes_answered wishes_why",
        "approved_at asked_at case circle id outcome public_id restricted version withdrawn_at",
    ),
    "Action": (
        "record",
        "added_by done_by dropped_by dropped_why for_whom owner result text",
        "added_at case circle done_at dropped_at due_on id idempotency_key public_id restricted version",
    ),
    "Contact": (
        "record",
        "child_alone child_seen note recorded_by their_words told_afterwards wishes",
        "case circle happened_at id idempotency_key kind outcome",
    ),
    "Note": (
        "record",
        "text written_by",
        "case circle corrects id idempotency_key public_id written_at",
    ),
}

"""Words for a case: its stages, its risk, its contacts and how it ends."""

from collections.abc import Mapping
from enum import StrEnum

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


class ContactResult(StrEnum):
    """What came of it. Refused contact and no access are results; they never stop a clock."""

    MADE = "made"
    NO_ACCESS = "no_access"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class Seen(StrEnum):
    """Whether a child was seen, and alone."""

    YES = "yes"
    NO = "no"
    NO_CHILD = "no_child"


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


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "case.opened": {"concern": subject("concern"), "risk": one_of(*Risk), "concern_logged_on": DAY, "child": YES_NO},
    "case.concern_joined": {"concern": subject("concern")},
    "case.concern_split": {"concern": subject("concern")},
    "case.owner_changed": {"owner": WHO},
    "case.risk_set": {"risk": one_of(*Risk)},
    "case.action_added": {"due_on": DAY, "owner": WHO, "action": COUNT},
    "case.action_done": {"outcome": CODE, "action": COUNT},
    "case.contact_made": {
        "kind": one_of(*ContactKind),
        "result": one_of(*ContactResult),
        "child_seen": one_of(*Seen),
        "child_alone": one_of(*Seen),
        "told_afterwards": YES_NO,
    },
    "case.note_added": {},
    "case.reviewed": {"outcome": one_of("continue", "change", "close")},
    "case.wishes_recorded": {},
    "case.support_in_place": {},
    "case.closure_asked": {"outcome": one_of(*CloseOutcome)},
    "case.closed": {
        "outcome": one_of(*CloseOutcome),
        "wishes_answered": one_of(*WishesAnswered),
        "child_decision": one_of(*ChildDecision),
        "second_approver": WHO,
        "breach_reason": CODE,
        "watched_reason": YES_NO,
        "child": YES_NO,
    },
    "case.reopened": {"reason": CODE},
}

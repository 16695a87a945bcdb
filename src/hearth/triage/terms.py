"""Words for the first decision on a concern."""

from collections.abc import Mapping
from enum import StrEnum

from hearth.policy.terms import CODE, DAY, WHO, YES_NO, FactKind, one_of, subject


class Outcome(StrEnum):
    """What triage decided. The pack names them in local words and says what each needs."""

    ADVICE = "advice"
    SIGNPOST = "signpost"
    WATCH = "watch"
    JOIN_CASE = "join_case"
    OPEN_CASE = "open_case"
    REFER_NOW = "refer_now"
    ALLEGATION = "allegation"
    NO_GREATER_RISK = "no_greater_risk"
    NOT_SAFEGUARDING = "not_safeguarding"


class Limb(StrEnum):
    """One limb of section 42(1) of the Care Act: yes, no or not known. The third limb is the council's to decide."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class SubjectKind(StrEnum):
    """Whom the concern is about, as triage sees it."""

    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"
    NOBODY_YET = "nobody_yet"


class HandoverState(StrEnum):
    """Whether the case team took the case."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"


MAY_MOVE_TO: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OFFERED: frozenset({HandoverState.ACCEPTED, HandoverState.RETURNED}),
    HandoverState.ACCEPTED: frozenset(),
    HandoverState.RETURNED: frozenset({HandoverState.OFFERED}),
}

HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "concern.triaged": {
        "outcome": one_of(*Outcome),
        "subject": one_of(*SubjectKind),
        "child_in_household": one_of("yes", "no", "not_known"),
        "care_needs": one_of(*Limb),
        "at_risk": one_of(*Limb),
        "unable_to_protect": one_of(*Limb),
        "immediate": YES_NO,
        "case": subject("case"),
        "harm": CODE,
    },
    "watch.set": {"owner": WHO, "review_on": DAY},
    "watch.reviewed": {"outcome": one_of("keep_watching", "stop", "triage_again")},
    "case.handed_over": {"concern": subject("concern")},
    "case.handover_answered": {"answer": one_of("accepted", "returned")},
}

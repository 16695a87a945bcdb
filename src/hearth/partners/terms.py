"""Words for asking another agency to act, and for what that agency then does by its own law."""

from collections.abc import Mapping
from enum import StrEnum

from hearth.policy.terms import CODE, DAY, YES_NO, FactKind, one_of


class Agency(StrEnum):
    """Whom we refer to. The pack's routes name the office and its number."""

    CHILDREN = "children_services"
    ADULTS = "adult_services"
    EMERGENCY_DUTY = "emergency_duty"
    POLICE = "police"
    FIRE = "fire"
    MARAC = "marac"
    HEALTH = "health"
    EARLY_HELP = "early_help"
    OTHER = "other"


class How(StrEnum):
    """How it was made."""

    PHONE = "phone"
    WRITTEN = "written"


class Answer(StrEnum):
    """What the agency said."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NEED_MORE = "need_more"


class Process(StrEnum):
    """A statutory process of another agency, watched by us."""

    SECTION_47 = "s47"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    SECTION_42 = "s42"
    MARAC = "marac"


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "referral.made": {
        "agency": one_of(*Agency),
        "how": one_of(*How),
        "immediate": YES_NO,
        "consent": one_of("given", "refused", "not_asked", "not_needed"),
        "override": CODE,
    },
    "referral.confirmed_in_writing": {"agency": one_of(*Agency)},
    "referral.answered": {"agency": one_of(*Agency), "answer": one_of(*Answer), "immediate": YES_NO},
    "referral.chased": {"agency": one_of(*Agency)},
    "referral.challenged": {"stage": CODE},
    "marac.high_risk_recognised": {"score": CODE},
    "process.started": {"process": one_of(*Process), "strategy_on": DAY},
    "process.step": {"process": one_of(*Process), "step": CODE},
    "process.ended": {"process": one_of(*Process)},
}

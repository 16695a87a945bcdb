"""Words for asking another agency to act, and for what that agency then does by its own law."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.terms import CODE, COUNT, DAY, YES_NO, FactKind, one_of, subject


class Agency(StrEnum):
    """Whom we refer to. The pack's routes name the office and its number."""

    COUNCIL_CHILDREN = "council_children"
    COUNCIL_ADULTS = "council_adults"
    EMERGENCY_DUTY = "emergency_duty_team"
    POLICE = "police"
    FIRE = "fire_service"
    MARAC = "marac"
    PREVENT = "prevent"
    HEALTH = "health"
    EARLY_HELP = "early_help"
    OTHER = "other"


class How(StrEnum):
    """How it was made."""

    PHONE = "phone"
    WRITTEN = "written"


class Answer(StrEnum):
    """What the agency decided."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NO_SECTION_42 = "no_section_42"
    EARLY_HELP = "early_help"
    NEED_MORE = "need_more"
    RETURNED = "returned"
    SCREENING_ONLY = "screening_only"
    NO_FURTHER_ACTION = "no_further_action"


# Answers that are not the last word: the agency decides again once it has what it asked for.
NOT_THE_LAST_WORD = frozenset({Answer.NEED_MORE, Answer.RETURNED})


class Process(StrEnum):
    """A statutory process of another agency, watched by us."""

    SECTION_47 = "s47"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    SECTION_42 = "s42"
    MARAC = "marac"
    ASSESSMENT = "assessment"


@dataclass(frozen=True)
class Step:
    """One step of another agency's process: the happening, and the days and outcomes it is told with."""

    act: str
    days: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    begins: bool = False
    ends: bool = False


PLANS = ("protection_plan", "child_in_need_plan", "no_plan")
STEPS: Mapping[Process, tuple[Step, ...]] = {
    Process.ASSESSMENT: (
        Step("case.assessment_started", days=("referred_on",), begins=True),
        Step("case.assessment_completed", ends=True),
    ),
    Process.SECTION_47: (
        Step("case.section_47_started", days=("referred_on", "strategy_discussion_on"), begins=True),
        Step("case.assessment_completed"),
        Step("case.conference_held", outcomes=PLANS),
        Step("case.section_47_ended", ends=True),
    ),
    Process.CHILD_IN_NEED: (
        Step("case.statutory_plan_started", begins=True),
        Step("case.statutory_plan_ended", ends=True),
    ),
    Process.CHILD_PROTECTION_PLAN: (
        Step("case.statutory_plan_started", begins=True),
        Step("case.core_group_held"),
        Step("case.conference_reviewed"),
        Step("case.statutory_plan_ended", ends=True),
    ),
    Process.SECTION_42: (
        Step("case.section_42_started", begins=True),
        Step("case.section_42_ended", ends=True),
    ),
    Process.MARAC: (
        Step("case.marac_listed", days=("meets_on",), begins=True),
        Step("case.marac_held", ends=True),
    ),
}
RUN_BY: Mapping[Process, Agency] = {
    Process.ASSESSMENT: Agency.COUNCIL_CHILDREN,
    Process.SECTION_47: Agency.COUNCIL_CHILDREN,
    Process.CHILD_IN_NEED: Agency.COUNCIL_CHILDREN,
    Process.CHILD_PROTECTION_PLAN: Agency.COUNCIL_CHILDREN,
    Process.SECTION_42: Agency.COUNCIL_ADULTS,
    Process.MARAC: Agency.MARAC,
}
# The plan a conference makes is a process of its own.
MADE_BY_CONFERENCE: Mapping[str, Process] = {
    "protection_plan": Process.CHILD_PROTECTION_PLAN,
    "child_in_need_plan": Process.CHILD_IN_NEED,
}


@dataclass(frozen=True)
class Asked:
    """What is asked of an agency."""

    agency: Agency
    how: How
    what: str
    consent: str
    subject: str
    override_ground: str = ""
    override_why: str = ""
    office: str = ""
    is_immediate: bool = False
    basis: str = ""
    special_basis: str = ""


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "referral.made": {
        "to": one_of(*Agency),
        "by_phone": YES_NO,
        "immediate": YES_NO,
        "subject": one_of("child", "adult", "both", "not_known"),
        "consent": one_of("given", "refused", "not_asked", "not_needed"),
        "override_ground": CODE,
        "basis": CODE,
        "special_basis": CODE,
        "case": subject("case"),
    },
    "referral.confirmed_in_writing": {},
    "referral.acknowledged": {},
    "referral.decided": {"to": one_of(*Agency), "outcome": one_of(*Answer)},
    "referral.chased": {"to": one_of(*Agency), "immediate": YES_NO},
    "referral.challenged": {"stage": COUNT},
    "referral.agreed": {"outcome": one_of(*Answer)},
    "referral.withdrawn": {},
    "case.high_risk_recognised": {"score": COUNT},
    "case.assessment_started": {"referred_on": DAY},
    "case.assessment_completed": {},
    "case.section_47_started": {"referred_on": DAY, "strategy_discussion_on": DAY},
    "case.section_47_ended": {},
    "case.conference_held": {"outcome": one_of(*PLANS)},
    "case.conference_reviewed": {},
    "case.core_group_held": {},
    "case.section_42_started": {},
    "case.section_42_ended": {},
    "case.marac_listed": {"meets_on": DAY},
    "case.marac_held": {},
    "case.statutory_plan_started": {},
    "case.statutory_plan_ended": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Referral": (
        "record",
        "answer answer_why asked basis consent made_by override_ground override_why special_basis subject",
        "acknowledged_at agency agreed_at answered_at case challenge_stage chased_at circle concern confirmed_at "
        "due_at how id idempotency_key is_immediate made_at office public_id restricted version withdrawn_at",
    ),
    "StatutoryProcess": (
        "record",
        "lead_practitioner outcome recorded_by",
        "agency case circle ended_on id process public_id recorded_at restricted started_on",
    ),
}

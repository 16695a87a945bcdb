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


class Process(StrEnum):
    """A statutory process of another agency, watched by us."""

    SECTION_47 = "s47"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    SECTION_42 = "s42"
    MARAC = "marac"


@dataclass(frozen=True)
class Asked:
    """What is asked of an agency."""

    agency: Agency
    how: How
    what: str
    consent: str
    subject: str
    override_why: str = ""
    office: str = ""
    is_immediate: bool = False


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "referral.made": {
        "to": one_of(*Agency),
        "by_phone": YES_NO,
        "immediate": YES_NO,
        "subject": one_of("child", "adult", "both", "not_known"),
        "consent": one_of("given", "refused", "not_asked", "not_needed"),
        "override_ground": CODE,
        "case": subject("case"),
    },
    "referral.confirmed_in_writing": {},
    "referral.acknowledged": {},
    "referral.decided": {"to": one_of(*Agency), "outcome": one_of(*Answer)},
    "referral.chased": {},
    "referral.challenged": {"stage": COUNT},
    "referral.agreed": {},
    "referral.withdrawn": {},
    "case.high_risk_recognised": {"score": COUNT},
    "case.assessment_started": {"referred_on": DAY},
    "case.assessment_completed": {},
    "case.section_47_started": {"referred_on": DAY, "strategy_discussion_on": DAY},
    "case.section_47_ended": {},
    "case.conference_held": {"outcome": one_of("protection_plan", "child_in_need_plan", "no_plan")},
    "case.conference_reviewed": {},
    "case.core_group_held": {},
    "case.statutory_plan_started": {},
    "case.statutory_plan_ended": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Referral": (
        "record",
        "answer answer_why asked consent made_by override_why subject",
        "acknowledged_at agency answered_at case chased_at circle concern confirmed_at how id "
        "idempotency_key is_immediate made_at office public_id restricted version",
    ),
    "StatutoryProcess": (
        "record",
        "lead_practitioner outcome recorded_by",
        "agency case circle ended_on id process public_id recorded_at restricted started_on",
    ),
}

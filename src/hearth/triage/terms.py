"""Words for the first decision on a concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearth.access.terms import NotHere
from hearth.policy.terms import CODE, COUNT, DAY, WHO, YES_NO, FactKind, one_of


class Outcome(StrEnum):
    """What triage decided. The pack names them in local words and says what each needs."""

    ADVICE = "advice"
    SIGNPOST = "signpost"
    WATCH = "watch"
    JOIN = "join"
    OPEN_CASE = "open_case"
    REFER_NOW = "refer_now"
    ALLEGATION = "allegation"
    NO_GREATER_RISK = "no_greater_risk"
    NOT_SAFEGUARDING = "not_safeguarding"


class Limb(StrEnum):
    """One limb of the adult test of the nation's law: yes, no or not known. The third is not ours to decide."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class SubjectKind(StrEnum):
    """Whom the concern is about, as triage sees it."""

    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"
    NOT_KNOWN = "not_known"


class ChildThere(StrEnum):
    """Whether children live there or visit, as triage found out."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class WatchOutcome(StrEnum):
    """What came of looking again at what was watched."""

    KEEP_WATCHING = "keep_watching"
    STOP = "stop"
    TRIAGE_AGAIN = "triage_again"


class NoSuchWatch(NotHere):
    """Nothing is watched here for whoever asks: missing, hidden and reviewed before answer alike."""


class ForChildren(StrEnum):
    """What triage decided for each child where there is domestic abuse."""

    OWN_CONCERN = "own_concern"
    IN_THIS_CASE = "in_this_case"
    REFERRED = "referred"
    SAFE = "safe"


# Lists of the policy's words for what is known of those affected: a policy has each of them or not.
FACTORS = ("child_circumstance", "adult_circumstance", "source_of_risk", "housing_factor")
LIMBS = ("care_needs", "at_risk", "unable_to_protect")


@dataclass(frozen=True)
class Limbs:
    """The three limbs of the adult test, each with its evidence. The third is the council's and never blocks."""

    care_needs: Limb
    care_needs_why: str
    at_risk: Limb
    at_risk_why: str
    unable_to_protect: Limb
    unable_to_protect_why: str

    def unshown(self) -> list[str]:
        """The limbs answered yes or no without a word of what shows it. *Not known* needs none."""
        return [
            limb
            for limb in LIMBS
            if getattr(self, limb) is not Limb.NOT_KNOWN and not getattr(self, f"{limb}_why").strip()
        ]


@dataclass(frozen=True)
class Judgement:
    """What triage decides on a concern. Nothing in it has a default that means low."""

    outcome: Outcome
    considered: tuple[Outcome, ...]
    why: str
    clause: str
    subject: SubjectKind
    children_in_household: ChildThere
    limbs: Limbs | None = None
    domestic_abuse: bool = False
    child_decision: str = ""
    adult_wishes_only: bool | None = None
    harm: str = ""
    factors: tuple[str, ...] = ()
    """Words of the lists in FACTORS, as "source_of_risk:community"."""
    level: str = ""
    detail: str = ""
    feedback: str = ""
    hold_feedback: bool = False
    watch_owner_id: int | None = None
    watch_until: date | None = None
    with_whom: tuple[int, ...] = ()

    @property
    def is_about_an_adult(self) -> bool:
        return self.subject in (SubjectKind.ADULT, SubjectKind.BOTH)


NEEDS_DETAIL: dict[Outcome, str] = {
    Outcome.ADVICE: "Write the advice you gave",
    Outcome.SIGNPOST: "Write which service you pointed to",
    Outcome.NOT_SAFEGUARDING: "Write which process takes it up instead",
}


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "concern.triaged": {
        "outcome": one_of(*Outcome),
        "reason_given": YES_NO,
        "options_considered": YES_NO,
        "subject": one_of(*SubjectKind),
        "children_in_household": one_of(*ChildThere),
        "limb_needs": one_of(*Limb),
        "limb_risk": one_of(*Limb),
        "limb_unable": one_of(*Limb),
        "domestic_abuse": YES_NO,
        "child_decision": one_of(*ForChildren),
        "adult_wishes_only": YES_NO,
        "danger_now": one_of("yes", "no"),
        "harm": CODE,
        "level": CODE,
        "together": COUNT,
    },
    "watch.set": {"owner": WHO, "review_on": DAY},
    "watch.reviewed": {
        "outcome": one_of(*WatchOutcome),
        "review_on": DAY,
        "owner": WHO,
        "about_our_people": one_of("yes", "not_sure", "no"),
    },
    "watch.ended": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Decision": (
        "record",
        "adult_wishes_only at_risk at_risk_why care_needs care_needs_why child_decision "
        "children_in_household considered decided_by detail with_whom domestic_abuse factors harm level subject "
        "unable_to_protect unable_to_protect_why why",
        "circle clause concern decided_at id idempotency_key outcome public_id",
    ),
    "Watch": (
        "record",
        "owner review reviewed_by",
        "circle concern grant_id id public_id restricted review_on reviewed_at set_at",
    ),
}

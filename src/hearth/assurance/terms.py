"""Words for looking across: monthly figures, what may be told of small ones, and what is listed in the access log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.policy.packs.auditing import Metric

PROMISE = "promise."
"""Before the name of a pack's rule: how its promises were kept, counted in the month they fell due."""

STOPPED = "acts_stopped"
"""How often a gate of the policy was in the way, gate by gate."""

IN_TIME, LATE, OPEN = "in_time", "late", "open"
PROMISE_PARTS: Mapping[str, str] = {IN_TIME: "Kept in time", LATE: "Kept late", OPEN: "Not kept yet"}

# measure -> (the act whose entries count, the fact that is its part). PostgreSQL keeps the same in hearth.counted.
COUNTED: Mapping[str, tuple[str, str]] = {
    "concerns_logged": ("concern.logged", "came_by"),
    "concerns_told_by": ("concern.logged", "told_by"),
    "concerns_decided": ("concern.triaged", "outcome"),
    "concerns_about": ("concern.triaged", "subject"),
    "still_worried": ("concern.still_worried", ""),
    "alerts_rung": ("oncall.alerted", ""),
    "alerts_passed_on": ("oncall.passed_on", ""),
    "rota_gaps": ("rota.gap_found", ""),
    "cases_opened": ("case.opened", "subject"),
    "cases_closed": ("case.closed", "outcome"),
    "cases_reopened": ("case.reopened", ""),
    "contacts_made": ("case.contact_made", "outcome"),
    "notes_written": ("case.note_added", ""),
    "risks_judged": ("case.risk_banded", "risk_band"),
    "actions_planned": ("action.planned", ""),
    "actions_done": ("action.done", ""),
    "support_in_place": ("case.support_in_place", ""),
    "how_it_was": ("case.experience_asked", "was_asked"),
    "referrals_made": ("referral.made", "to"),
    "referrals_answered": ("referral.decided", "outcome"),
    "referrals_challenged": ("referral.challenged", ""),
    "hazards_opened": ("hazard.recorded", "kind"),
    "hazards_made_safe": ("hazard.made_safe", ""),
    "emergency_openings": ("access.glass_broken", "kind"),
    STOPPED: ("gate.stopped", "gate"),
}
# What the parts of a measure are called, in the order they are shown.
PARTS: Mapping[str, Mapping[str, str]] = {
    "concerns_logged": {
        "page": "By staff, signed in",
        "link": "By a link or code",
        "api": "By another system",
        "paper": "On paper",
    },
    "concerns_told_by": {
        "saw_it": "Seen by whoever logged it",
        "the_person": "The person",
        "family": "Family",
        "resident": "A resident",
        "neighbour": "A neighbour",
        "contractor": "A contractor",
        "agency": "Another agency",
        "anonymous": "Somebody unnamed",
    },
    "concerns_decided": {
        "advice": "Advice given",
        "signpost": "Pointed to a service",
        "watch": "Kept in view",
        "join": "Joined to a case",
        "open_case": "Case opened",
        "refer_now": "Referred at once",
        "allegation": "Allegation route",
        "no_greater_risk": "No greater risk than anyone",
        "not_safeguarding": "Another process",
    },
    "concerns_about": {
        "child": "A child",
        "adult": "An adult",
        "both": "Both",
        "not_known": "Not known",
    },
    "cases_opened": {
        "child": "A child",
        "adult": "An adult",
        "both": "Both",
        "not_known": "Not known",
    },
    "cases_closed": {
        "risk_removed": "Risk removed",
        "risk_reduced": "Risk reduced",
        "risk_remains": "Risk remains",
        "transferred": "Handed to another provider",
        "not_engaged": "The person did not take part",
        "died": "The person died",
    },
    "contacts_made": {
        "seen": "Saw them",
        "spoken_to": "Spoke with them",
        "no_access": "No access",
        "refused": "They refused",
        "no_answer": "No answer",
    },
    "risks_judged": {
        "standard": "Standard",
        "medium": "Medium",
        "high": "High",
    },
    "how_it_was": {
        "true": "They were asked",
        "false": "They could not be asked",
    },
    "referrals_made": {
        "council_children": "Council, children",
        "council_adults": "Council, adults",
        "emergency_duty_team": "Emergency duty team",
        "police": "Police",
        "fire_service": "Fire service",
        "marac": "Multi-agency risk conference",
        "prevent": "Prevent",
        "health": "Health",
        "early_help": "Early help",
        "other": "Somebody else",
    },
    "referrals_answered": {
        "accepted": "Accepted",
        "not_accepted": "Not accepted",
        "no_section_42": "No enquiry about the adult",
        "early_help": "Early help offered",
        "need_more": "More was asked for",
    },
    "hazards_opened": {
        "damp_mould": "Damp and mould",
        "excess_cold": "Excess cold",
        "excess_heat": "Excess heat",
        "fire": "Fire",
        "electrical": "Electrical",
        "gas_or_carbon_monoxide": "Gas or carbon monoxide",
        "water_or_drains": "Water or drains",
        "pests_or_hygiene": "Pests or hygiene",
        "falls": "Falls",
        "structure": "Structure",
        "security": "Security",
        "other": "Something else",
    },
    "emergency_openings": {
        "concern": "Of a concern",
        "case": "Of a case",
    },
}
# The measures whose parts the policy may call otherwise, by its word list.
CALLED_BY: Mapping[str, str] = {"referrals_answered": "answer", "risks_judged": "risk_band"}
# A measure whose whole is a part of another one: where that part is kept back, so is the whole.
WHOLE_OF: Mapping[str, tuple[str, str]] = {"cases_opened": ("concerns_decided", "open_case")}
SPANS = (12, 24)
"""How many months a page may show."""


class NoSuchMeasure(Exception):
    """The policy in force names no such figure."""


@dataclass(frozen=True)
class Cell:
    """One raw figure. It leaves this floor only as `Told`."""

    measure: str
    month: date
    part: str
    number: int
    entity: int | None = None
    """The company whose it is, where they were asked for one by one; none is what belongs to none."""


@dataclass(frozen=True)
class Told:
    """What is told of one figure: the number, or that it is small, or that it is kept back to guard a small one."""

    number: int | None
    is_small: bool = False

    @property
    def is_kept_back(self) -> bool:
        return self.number is None and not self.is_small


@dataclass(frozen=True)
class Month:
    """One month of a measure: in all, and part by part in the measure's order."""

    month: date
    in_all: Told
    parts: Sequence[Told]


@dataclass(frozen=True)
class Measure:
    """What is counted, in plain words, under which clause; and what the policy itself calls a figure of a promise."""

    code: str
    label: str
    definition: str
    clause: str
    clause_text: str
    parts: Mapping[str, str]
    defined: tuple[Metric, ...] = ()


@dataclass(frozen=True)
class Figures:
    """A measure over some months, the oldest first, as everybody is told it."""

    measure: Measure
    months: Sequence[Month]
    fewer_than: int


@dataclass(frozen=True)
class CountDiffers:
    """A stored figure that is not what the ledger tells."""

    measure: str
    month: date
    part: str
    stored: int
    told: int
    company: str = ""

    def __str__(self) -> str:
        named = ", ".join(filter(None, (f"{self.measure} {self.part}".rstrip(), self.company)))
        return f"{named}, {self.month:%Y-%m}: {self.stored:,} is kept, the ledger tells {self.told:,}"


# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Delta": ("house", "", "id month measure part entity number"),
    "MonthlySum": ("house", "", "id month measure part entity total"),
    "Sample": ("house", "drawn_by", "id public_id month asked drawn_from seed drawn_at"),
    "DrawnCase": ("record", "", "id sample place circle reference public_id"),
}

"""What a chronology can be narrowed down to: a short list of what a case holds, and where each happening belongs."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """One kind of line in a chronology."""

    CONCERNS = "concerns"
    DECISIONS = "decisions"
    CONTACTS = "contacts"
    NOTES = "notes"
    ACTIONS = "actions"
    RISK = "risk"
    AGENCIES = "agencies"
    LIMITS = "limits"
    PEOPLE = "people"
    HOME = "home"
    ALARMS = "alarms"
    WHO_IS_IN_IT = "who_is_in_it"


# Where what happened belongs by what it happened to, and what belongs elsewhere.
BY_SUBJECT: Mapping[str, Kind] = {
    "access": Kind.WHO_IS_IN_IT,
    "action": Kind.ACTIONS,
    "case": Kind.AGENCIES,
    "clock": Kind.LIMITS,
    "concern": Kind.CONCERNS,
    "entry": Kind.NOTES,
    "exclusion": Kind.WHO_IS_IN_IT,
    "gate": Kind.LIMITS,
    "hazard": Kind.HOME,
    "marker": Kind.PEOPLE,
    "oncall": Kind.ALARMS,
    "person": Kind.PEOPLE,
    "referral": Kind.AGENCIES,
    "watch": Kind.DECISIONS,
}
BY_ACT: Mapping[str, Kind] = {
    "case.closed": Kind.DECISIONS,
    "case.closure_asked": Kind.DECISIONS,
    "case.closure_refused": Kind.DECISIONS,
    "case.contact_made": Kind.CONTACTS,
    "case.experience_asked": Kind.CONTACTS,
    "case.handed_over": Kind.WHO_IS_IN_IT,
    "case.handover_answered": Kind.WHO_IS_IN_IT,
    "case.high_risk_recognised": Kind.RISK,
    "case.invited": Kind.WHO_IS_IN_IT,
    "case.manager_brought_in": Kind.WHO_IS_IN_IT,
    "case.note_added": Kind.NOTES,
    "case.opened": Kind.DECISIONS,
    "case.owner_changed": Kind.WHO_IS_IN_IT,
    "case.place_ended": Kind.WHO_IS_IN_IT,
    "case.reopened": Kind.DECISIONS,
    "case.reviewed": Kind.RISK,
    "case.risk_banded": Kind.RISK,
    "case.summary_changed": Kind.NOTES,
    "case.support_in_place": Kind.ACTIONS,
    "case.worker_added": Kind.WHO_IS_IN_IT,
    "concern.repairs_told": Kind.HOME,
    "concern.triaged": Kind.DECISIONS,
    "oncall.opened": Kind.WHO_IS_IN_IT,
    "person.conflict_declared": Kind.WHO_IS_IN_IT,
    "person.record_restricted": Kind.WHO_IS_IN_IT,
}


def kind_of(act: str) -> Kind | None:
    """Which kind of line it is. What nobody has put anywhere yet stands in the whole chronology alone."""
    return BY_ACT.get(act) or BY_SUBJECT.get(act.partition(".")[0])

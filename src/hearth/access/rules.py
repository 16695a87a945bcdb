"""Who may do what: one table for the whole house. Plain Python; the page, the API and the tests read the same rows."""

from collections.abc import Iterable

from hearth.access.terms import Act, Part
from hearth.organisation.terms import PARTS_IN_A_RECORD

LEADS = frozenset({Part.LEAD, Part.DEPUTY})
DECIDERS = LEADS | {Part.TRIAGE}
CASE_TEAM = frozenset({Part.OWNS_IT, Part.WORKS_ON_IT})
READERS = DECIDERS | CASE_TEAM | {Part.OFFERED_IT, Part.MANAGES_IT, Part.INVITED, Part.BROKE_GLASS, Part.ANSWERED_ALERT}

# Parts whose posts see every circle that is not restricted. PostgreSQL keeps the same list in hearth.is_broad().
BROAD = DECIDERS

WHO_MAY: dict[Act, frozenset[Part]] = {
    Act.LOG_CONCERN: frozenset({Part.ANYONE, Part.LINK}),
    Act.READ_OWN_CONCERNS: frozenset({Part.ANYONE}),
    Act.STILL_WORRIED: frozenset({Part.REPORTED_IT}),
    Act.ANSWER_WORRY: LEADS,
    Act.SEE_QUEUE: DECIDERS | {Part.INTAKE},
    Act.READ_CONCERN: READERS | {Part.INTAKE, Part.ALLEGATION_DEPUTY},
    Act.COMPLETE_CONCERN: DECIDERS | {Part.INTAKE, Part.ANSWERED_ALERT},
    Act.TRIAGE_CONCERN: DECIDERS | {Part.ALLEGATION_DEPUTY},
    Act.ACKNOWLEDGE_ALERT: LEADS | {Part.ON_CALL},
    Act.SEE_ROTA: LEADS | {Part.ON_CALL, Part.CASE_MANAGER, Part.ADMINISTRATOR},
    Act.SEE_UNSENT: LEADS | {Part.ADMINISTRATOR},
    Act.REVIEW_WATCH: DECIDERS | CASE_TEAM,
    Act.REFER: DECIDERS | CASE_TEAM | {Part.ANSWERED_ALERT},
    Act.READ_CASE: READERS,
    Act.WORK_CASE: CASE_TEAM | LEADS,
    Act.DROP_ACTION: LEADS | {Part.OWNS_IT},
    Act.ANSWER_HANDOVER: LEADS | {Part.OFFERED_IT, Part.CASE_MANAGER, Part.CASE_WORKER},
    Act.HAND_OVER_CASE: LEADS | {Part.OWNS_IT, Part.MANAGES_IT},
    Act.REVIEW_CASE: LEADS | {Part.MANAGES_IT},
    Act.CLOSE_CASE: LEADS | {Part.OWNS_IT},
    Act.APPROVE_CLOSURE: LEADS | {Part.CASE_MANAGER},
    Act.REOPEN_CASE: LEADS,
    Act.JOIN_CONCERN: DECIDERS,
    Act.READ_CHRONOLOGY: READERS,
    Act.SEE_WHO_LOOKED: LEADS | CASE_TEAM | {Part.AUDITOR},
    Act.EXTEND_CLOCK: LEADS | {Part.CASE_MANAGER, Part.MANAGES_IT},
    Act.PAUSE_CLOCK: LEADS | CASE_TEAM,
    Act.SEE_MY_WORK: frozenset({Part.ANYONE}),
    Act.SEE_DUE: DECIDERS
    | {Part.CASE_WORKER, Part.CASE_MANAGER, Part.INTAKE, Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT},
    Act.READ_HAZARD: DECIDERS | {Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT},
    Act.CLASSIFY_HAZARD: frozenset({Part.REPAIRS_COMPETENT}),
    Act.SEARCH_REGISTER: DECIDERS | {Part.INTAKE, Part.REGISTER_READER, Part.CASE_WORKER, Part.REGISTER_KEEPER},
    Act.FIND_HOME: frozenset({Part.ANYONE, Part.LINK}),
    Act.IMPORT_REGISTER: frozenset({Part.REGISTER_KEEPER}),
    Act.KEEP_PEOPLE: DECIDERS | CASE_TEAM | {Part.INTAKE, Part.ALLEGATION_DEPUTY},
    Act.READ_PEOPLE: READERS | {Part.INTAKE, Part.ALLEGATION_DEPUTY, Part.CASE_WORKER, Part.CASE_MANAGER},
    Act.END_EXCLUSION: LEADS,
    Act.RECORD_HAZARD: frozenset({Part.ANYONE, Part.LINK}),
    Act.WORK_HAZARD: frozenset({Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT}),
    Act.KEEP_MARKERS: DECIDERS | CASE_TEAM,
    Act.SEE_MARKERS: frozenset({Part.ANYONE}),
    Act.SEARCH_NOTES: READERS | {Part.CASE_WORKER, Part.CASE_MANAGER},
    Act.INVITE: LEADS | {Part.OWNS_IT},
    Act.DECLARE_CONFLICT: frozenset({Part.ANYONE}),
    Act.BREAK_GLASS: DECIDERS | {Part.ON_CALL, Part.CASE_WORKER, Part.CASE_MANAGER, Part.AUDITOR},
    Act.REVIEW_BREAK_GLASS: LEADS,
    Act.SEE_COUNTS: LEADS | {Part.CHAMPION, Part.AUDITOR, Part.CASE_MANAGER},
    Act.READ_ACCESS_LOG: LEADS | {Part.AUDITOR},
    Act.DRAW_SAMPLE: frozenset({Part.AUDITOR}),
    Act.KEEP_USERS: frozenset({Part.ADMINISTRATOR}),
    Act.AGREE_APPOINTMENT: LEADS | {Part.ADMINISTRATOR},
    Act.KEEP_LINKS: LEADS | {Part.ADMINISTRATOR},
    Act.KEEP_CALENDAR: frozenset({Part.ADMINISTRATOR}),
    Act.ADOPT_POLICY: LEADS,
    Act.APPROVE_POLICY: LEADS | {Part.ALLEGATION_DEPUTY, Part.CHAMPION},
    Act.CONFIRM_READING: frozenset({Part.ANYONE}),
    Act.READ_POLICY: frozenset({Part.ANYONE}),
    Act.KEEP_TOKENS: frozenset({Part.ANYONE}),
}

# Who reads what safeguarding records say, and who could let others in. A post with one of these is given by two people:
# an administrator asks, a lead or another administrator agrees. PostgreSQL keeps the same list: hearth.opening_parts().
OPENING_ACTS = (Act.READ_CONCERN, Act.READ_CASE, Act.READ_PEOPLE, Act.BREAK_GLASS, Act.READ_ACCESS_LOG, Act.KEEP_USERS)
OPENING = frozenset(part for act in OPENING_ACTS for part in WHO_MAY[act]) - PARTS_IN_A_RECORD


def opens_records(parts: Iterable[str]) -> bool:
    """Whether a post of these parts is given by two people."""
    return not OPENING.isdisjoint(parts)


def may(parts: Iterable[Part], act: Act) -> bool:
    """Whether somebody who plays these parts may do this."""
    return not WHO_MAY[act].isdisjoint(parts)


def is_broad(parts: Iterable[Part]) -> bool:
    """Whether a post of these parts reads every circle that is not restricted."""
    return not BROAD.isdisjoint(parts)

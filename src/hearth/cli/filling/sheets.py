"""Rows waiting to be copied: by table and by whoever did what they tell, so that the ledger says who it was."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg import sql

from hearth.access.identity import token

type Row = Mapping[str, object]

NOBODY = 0
BOUND = """
    select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity
    and relname = any(%s) order by relname
"""
# What a row holds where its story does not say otherwise; its names are the columns that are copied, in their order.
BLANK: dict[str, dict[str, object]] = {
    "access_circle": {"id": None, "kind": "concern", "restricted": False, "made_at": None, "made_by_id": None},
    "access_grant": {
        "id": None, "part": "", "reach": "full", "part_in_it": None, "item_kind": "", "why": "", "given_at": None,
        "ended_at": None, "circle_id": None, "given_by_id": None, "user_id": None,
    },
    "access_circlelink": {
        "id": None, "case_circle_id": None, "joined_circle_id": None, "linked_at": None, "linked_by_id": None,
    },
    "hearth.reference": {"taken": None},
    "people_household": {"id": None, "public_id": None},
    "people_person": {
        "id": None, "public_id": None, "from_register": True, "reference": None, "name": None, "known_as": "",
        "name_plain": None, "name_sounds": None, "born_on": None, "phone": "", "email": "", "version": 1,
    },
    "people_householdmember": {"id": None, "household_id": None, "person_id": None, "since": None},
    "housing_home": {
        "id": None, "public_id": None, "reference": None, "uprn": "", "kind": "home", "line_1": None, "line_2": "",
        "line_3": "", "town": None, "postcode": None, "address_plain": None, "address_sounds": None, "version": 1,
    },
    "housing_tenancy": {
        "id": None, "reference": None, "kind": "sole", "tenure": "social_rent", "since": None, "version": 1,
        "home_id": None, "household_id": None,
    },
    "housing_tenancymember": {"id": None, "tenancy_id": None, "person_id": None, "since": None},
    "housing_hazard": {
        "id": None, "restricted": False, "public_id": None, "kind": "damp_mould", "vulnerable": [], "source": "concern",
        "aware_at": None, "recorded_at": None, "hazard_class": "", "classified_at": None, "class_why": "",
        "investigated_at": None, "work_needed": None, "summary_given_at": None, "made_safe_at": None,
        "prevention_begun_at": None, "closed_at": None, "version": 1, "circle_id": None, "home_id": None,
    },
    "concerns_concern": {
        "id": None, "public_id": None, "reference": None, "restricted": False, "version": 1, "idempotency_key": None,
        "came_by": "page", "logged_at": None, "danger_now": False, "about_staff": "no", "place": "home",
        "elsewhere": "", "who": "", "noticed": None, "thinks": "", "did": "", "wishes": "", "told_by": "",
        "may_contact": None, "keep_name_from_family": None, "contact": "", "children_there": "", "signs": [],
        "vulnerable": [], "something_else": "", "knows": "", "agreed": "", "parent_told": None, "parent_why_not": "",
        "stage": "received", "outcome": "", "feedback": "", "feedback_held": False, "triage_due_at": None,
        "circle_id": None, "home_id": None, "looked_at_by_id": None, "reported_by_id": None,
    },
    "triage_decision": {
        "id": None, "public_id": None, "idempotency_key": None, "decided_at": None, "outcome": None, "considered": [],
        "why": None, "clause": None, "harm": "", "subject": None, "children_in_household": None,
        "domestic_abuse": False, "child_decision": "", "adult_wishes_only": None, "care_needs": "",
        "care_needs_why": "", "at_risk": "", "at_risk_why": "", "unable_to_protect": "", "unable_to_protect_why": "",
        "detail": "", "circle_id": None, "concern_id": None, "decided_by_id": None,
    },
    "triage_watch": {
        "id": None, "public_id": None, "restricted": False, "review_on": None, "set_at": None, "reviewed_at": None,
        "review": "", "circle_id": None, "concern_id": None, "owner_id": None, "reviewed_by_id": None,
    },
    "cases_case": {
        "id": None, "public_id": None, "reference": None, "restricted": False, "version": 1, "opened_at": None,
        "stage": "open", "risk": None, "subject": None, "children_in_household": None, "summary": "", "due_at": None,
        "support_in_place_at": None, "closed_at": None, "outcome": "", "circle_id": None, "closed_by_id": None,
        "home_id": None, "opened_by_id": None, "owner_id": None,
    },
    "cases_caseconcern": {
        "id": None, "restricted": False, "joined_at": None, "is_origin": False, "case_id": None, "circle_id": None,
        "concern_id": None, "joined_by_id": None,
    },
    "cases_handover": {
        "id": None, "public_id": None, "restricted": False, "offered_at": None, "grant_id": None, "what_matters": None,
        "state": "offered", "answered_at": None, "answer_why": "", "case_id": None, "circle_id": None,
        "offered_by_id": None, "offered_to_id": None,
    },
    "cases_riskband": {
        "id": None, "band": None, "why": None, "set_at": None, "case_id": None, "circle_id": None, "set_by_id": None,
    },
    "cases_contact": {
        "id": None, "idempotency_key": None, "kind": "visit", "outcome": "seen", "happened_at": None,
        "child_seen": "no_child", "child_alone": "no_child", "their_words": "", "wishes": "", "told_afterwards": None,
        "note": None, "case_id": None, "circle_id": None, "recorded_by_id": None,
    },
    "cases_note": {
        "id": None, "public_id": None, "idempotency_key": None, "text": None, "written_at": None, "case_id": None,
        "circle_id": None, "written_by_id": None,
    },
    "cases_action": {
        "id": None, "public_id": None, "restricted": False, "version": 1, "idempotency_key": None, "text": None,
        "for_whom": "", "due_on": None, "added_at": None, "done_at": None, "result": "", "added_by_id": None,
        "circle_id": None, "done_by_id": None, "owner_id": None, "case_id": None, "dropped_at": None,
        "dropped_by_id": None, "dropped_why": "",
    },
    "cases_review": {
        "id": None, "outcome": "continue", "text": None, "reviewed_at": None, "case_id": None, "circle_id": None,
        "reviewed_by_id": None,
    },
    "cases_closure": {
        "id": None, "public_id": None, "restricted": False, "version": 2, "asked_at": None, "outcome": None,
        "why": None, "wishes_answered": "partly", "wishes_why": "", "child_decision": None, "child_why": "",
        "change_seen": "", "breach_reason": "", "watched_reason": "", "approved_at": None, "approved_by_id": None,
        "refused_why": "",
        "asked_by_id": None, "case_id": None, "circle_id": None,
    },
    "partners_referral": {
        "id": None, "public_id": None, "restricted": False, "version": 1, "idempotency_key": None, "agency": None,
        "office": "", "how": "written", "asked": None, "consent": "given", "override_why": "", "made_at": None,
        "subject": None, "is_immediate": False, "confirmed_at": None, "acknowledged_at": None, "chased_at": None,
        "answer": "", "answer_why": "", "answered_at": None, "case_id": None, "circle_id": None, "concern_id": None,
        "made_by_id": None,
        "override_ground": "",
        "challenge_stage": 0,
    },
    "people_role": {
        "id": None, "restricted": False, "about_kind": "case", "about_id": None, "part": None, "recorded_at": None,
        "circle_id": None, "person_id": None, "recorded_by_id": None,
    },
    "ledger_entry_words": {"id": None, "circle_id": None, "salt": None, "body": None},
    "ledger_entry": {
        "id": None, "act": None, "about_kind": None, "about_id": None, "circle_id": None, "happened_at": None,
        "clause": "", "facts": "{}", "words_digest": None,
    },
    "timescales_clock": {
        "id": None, "public_id": None, "restricted": False, "about_kind": None, "about_id": None, "rule": None,
        "digest": None, "clause": None, "force": None, "whose": None, "owner_part": None, "owner_id": None,
        "started_by_entry": None, "started_at": None, "counted_from": None, "limit": "", "on_day": None, "facts": "{}",
        "state": None, "stopped_by_entry": None, "stopped_at": None, "pauses": "[]", "extended_to": None,
        "due_at": None, "due_day": None, "next_notice_at": None, "circle_id": None,
    },
    "timescales_notice": {"id": None, "rung": None, "given_at": None, "circle_id": None, "clock_id": None},
}  # fmt: skip


class Sheets:
    """Rows by whoever wrote them and by table."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, list[tuple[object, ...]]]] = defaultdict(lambda: defaultdict(list))
        self._rows[NOBODY] = defaultdict(list)

    def add(self, table: str, by: int = NOBODY, /, **told: object) -> None:
        """One row. What is not told is as `BLANK` has it; a name that is no column is a mistake of ours."""
        blank = BLANK[table]
        whole = blank.copy()
        whole.update(told)  # what stands in it keeps its place, so the values are in the columns' order
        if len(whole) != len(blank):
            raise KeyError(f"{table} has no {set(told) - set(blank)}")
        self._rows[by][table].append(tuple(whole.values()))

    def copy(self, connection: psycopg.Connection, request: uuid.UUID) -> None:
        """Copy everything in one transaction. Row security must stand aside for the owner (see `unforced`)."""
        with connection.transaction(), connection.cursor() as cursor:
            for by, tables in self._rows.items():
                signed = token(by, connection.info.backend_pid) if by else ""
                asked = "select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true)"
                cursor.execute(asked, [signed, str(request)])
                for table in BLANK:
                    if table in tables:
                        _copy(cursor, table, tables[table])
            cursor.execute("set constraints all immediate")


@contextmanager
def unforced(connection: psycopg.Connection) -> Iterator[None]:
    """Row security does not bind the owner meanwhile: PostgreSQL copies into no table whose policies bind who copies.

    Requests never act as the owner. A fill that is killed leaves its tables so until it went on and ended.
    """
    found = connection.execute(BOUND, [list(BLANK)]).fetchall()
    change = sql.SQL("alter table {} {} row level security")
    for (name,) in found:
        connection.execute(change.format(sql.Identifier(name), sql.SQL("no force")))
    try:
        yield
    finally:
        for (name,) in found:
            connection.execute(change.format(sql.Identifier(name), sql.SQL("force")))


def _copy(cursor: psycopg.Cursor, table: str, rows: list[tuple[object, ...]]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, BLANK[table]))
    with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(_called(table), columns)) as copy:
        for row in rows:
            copy.write_row(row)


def _called(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))

"""Who reads, adds and changes the rows of tables with policies of their own; and the rules of any table.

A table that is in neither list, here or in `rows_rules.py`, and was not made by `protect()` is reached by nobody.
"""

from access.catalogue import OWN_POLICIES
from access.oracle import NOW
from access.rows import HOLDER, House, Row
from access.rows_me import BROAD, Me
from access.rows_rules import WORRIES, Rules, each_user, is_mine, me_or_another, protected, who_may
from hearth.access.rules import LEADS, may
from hearth.access.terms import Act, Part

REACHED_BY_THE_HOUSE = {
    "access_circle", "access_excludedcircle", "access_grant", "housing_hazard", "ledger_entry", "outbound_alert",
    "outbound_alertstep", "outbound_decision", "outbound_message", "outbound_notice", "timescales_clock",
    "timescales_notice",
}  # fmt: skip


def _of_their_own(column: str, act: Act = Act.SEE_MY_WORK) -> Rules:
    """Rows of one user, whom nobody else stands in for; of some acts only while he may do them."""
    rows = each_user(column)

    def own(me: Me, row: Row) -> bool:
        return is_mine(column)(me, row) and may(me.parts | {Part.ANYONE}, act)

    return Rules(own, own, own, own, rows, rows)


def _reads_exclusion(me: Me, row: Row) -> bool:
    """One's own that one declared oneself; a lead those of others, but for people he is shut out from himself."""
    if me.id is None:
        return False
    mine_ = [each for each in me.house.rows["access_exclusion"] if each["user_id"] == me.id]
    shut_from = {each["person_id"] for each in mine_ if each["ends_at"] is None or each["ends_at"] > NOW}
    leads = me.role == BROAD and not LEADS.isdisjoint(me.parts)
    of_others = leads and row["user_id"] != me.id and row["person_id"] not in shut_from
    return of_others or row["user_id"] == row["declared_by_id"] == me.id


def _declares_exclusion(me: Me, row: Row) -> bool:
    leads = me.role == BROAD and not LEADS.isdisjoint(me.parts)
    return me.id is not None and row["declared_by_id"] == me.id and (row["user_id"] == me.id or leads)


def _of_others(me: Me, row: Row) -> bool:
    return me.id is not None and me.role == BROAD and row["user_id"] != me.id


def _leads_for_others(me: Me, row: Row) -> bool:
    return _of_others(me, row) and not LEADS.isdisjoint(me.parts)


def _reads_circle(me: Me, row: Row) -> bool:
    return me.reaches(row["id"])


def _reads_grant(me: Me, row: Row) -> bool:
    own = is_mine("user_id")(me, row) and not me.is_shut_out(row["circle_id"])
    return own or me.reaches(row["circle_id"])


def _reads_link(me: Me, row: Row) -> bool:
    return me.reaches(row["case_circle_id"]) and not me.is_shut_out(row["joined_circle_id"])


def _reads_refusal(me: Me, row: Row) -> bool:
    circle = row["circle_id"]
    shut = circle is not None and me.is_shut_out(circle)
    inside = circle is not None and me.is_in(circle)
    return me.may(Act.READ_ACCESS_LOG) and not shut and (not row["restricted"] or inside)


def _is_in_a_record(me: Me, row: Row) -> bool:
    """Whoever reaches a role of somebody reaches the person."""
    roles = [role for role in me.house.rows["people_role"] if role["person_id"] == row["id"]]
    return any(me.reaches(role["circle_id"]) for role in roles)


def _reads_person(me: Me, row: Row) -> bool:
    return (row["from_register"] and me.may(Act.SEARCH_REGISTER)) or _is_in_a_record(me, row)


def _keeps_person(me: Me, row: Row) -> bool:
    return row["from_register"] and me.may(Act.IMPORT_REGISTER)


def _changes_person(me: Me, row: Row) -> bool:
    return _keeps_person(me, row) or (not row["from_register"] and _is_in_a_record(me, row))


def _declared(me: Me) -> list[Row]:
    both = me_or_another(me)
    return [{"person_id": 7, "user_id": one, "declared_by_id": other} for one in both for other in both]


def _from_register_or_not(me: Me) -> list[Row]:
    return [{"from_register": True}, {"from_register": False}]


def _register(**kept: object) -> Rules:
    """Rows of the register: for those who search it, written by its keeper."""
    keeps, rows = who_may(Act.IMPORT_REGISTER), [kept]
    return Rules(who_may(Act.SEARCH_REGISTER), keeps, keeps, keeps, lambda me: rows, lambda me: rows)


def _reads_import(me: Me, row: Row) -> bool:
    return me.may(Act.IMPORT_REGISTER) or is_mine("imported_by_id")(me, row)


def _imports(me: Me, row: Row) -> bool:
    """In one's own name: the register's keeper, and for files of staff whoever keeps users."""
    may_at_all = me.may(Act.IMPORT_REGISTER) or me.may(Act.KEEP_USERS)
    return may_at_all and is_mine("imported_by_id")(me, row)


def _draft_here(me: Me, row: Row) -> bool:
    return me.id is not None and row["owner_id"] == me.id and row["holder"] in ("", HOLDER)


def _drafts(me: Me) -> list[Row]:
    return [{"owner_id": user, "holder": held} for user in me_or_another(me) for held in ("", HOLDER, "0" * 64)]


def _told_and_knows(me: Me, row: Row) -> bool:
    return is_mine("user_id")(me, row) and (row["circle_id"] is None or me.knows_of(row["circle_id"]))


def _asks_for_a_trial(me: Me, row: Row) -> bool:
    return row["asked_by_id"] == me.id and me.may(Act.ADOPT_POLICY)


def _told_of_the_unsent(me: Me, row: Row) -> bool:
    return me.may(Act.SEE_UNSENT) and row["state"] not in ("waiting", "sent")


OWN: dict[str, Rules] = {
    "concerns_worry": WORRIES,
    "access_apitoken": _of_their_own("user_id"),
    "access_circle": Rules(_reads_circle),
    "access_circlelink": Rules(_reads_link),
    "access_exclusion": Rules(
        _reads_exclusion, _declares_exclusion, _leads_for_others, _of_others, _declared, each_user("user_id")
    ),
    "access_grant": Rules(_reads_grant),
    "access_refusal": Rules(_reads_refusal),
    "drafts_draft": Rules(_draft_here, _draft_here, _draft_here, _draft_here, _drafts, _drafts),
    "housing_registerimport": Rules(_reads_import, _imports, tries=each_user("imported_by_id")),
    "housing_registerupload": _of_their_own("uploaded_by_id", act=Act.IMPORT_REGISTER),
    "housing_tenancy": _register(version=7),
    "housing_tenancymember": _register(until=None),
    "outbound_message": Rules(_told_of_the_unsent),
    "outbound_notice": Rules(
        _told_and_knows, is_mine("user_id"), _told_and_knows, is_mine("user_id"), each_user("user_id"),
        each_user("user_id"),
    ),
    "people_householdmember": _register(until=None),
    "people_person": Rules(
        _reads_person, _keeps_person, _changes_person, _changes_person, _from_register_or_not, _from_register_or_not
    ),
    "timescales_trial": Rules(
        who_may(Act.ADOPT_POLICY), _asks_for_a_trial, tries=each_user("asked_by_id")
    ),
}  # fmt: skip


def rules_of(table: str, house: House) -> Rules:
    """What holds for a table under the two roles people act in."""
    if table in OWN:
        return OWN[table]
    return Rules() if table in OWN_POLICIES else protected(table, house)


def as_the_house(table: str, house: House) -> Rules:
    """What holds under the house's own role: its tables whole, for the house and for nobody who only takes its role."""
    if table not in REACHED_BY_THE_HOUSE:
        return Rules()
    return Rules(_is_the_house, _is_the_house, _is_the_house, _is_the_house, _anything, _anything)


def _is_the_house(me: Me, row: Row) -> bool:
    return me.is_the_house


def _anything(me: Me) -> list[Row]:
    """A row as any other, and each as it is."""
    return [{}]

"""Who reads, adds and changes the rows of each guarded table: the rule in Python that PostgreSQL is held against.

A table made by `protect()` follows one rule and needs nothing here unless it has an arm of its own. Any other table is
in `rows_own.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from access.oracle import NOW
from access.rows import KEY, House, Row
from access.rows_me import NARROW, Me
from hearth.access.terms import Act

# Written by functions of the definer or by the house alone: no policy lets people add or change.
ONLY_READ = {
    "ledger_entry", "ledger_entry_words", "ledger_change", "ledger_change_rows",
    "outbound_alert", "outbound_alertstep", "timescales_clock", "timescales_notice",
}  # fmt: skip

Rule = Callable[[Me, Row], bool]
Tried = Callable[[Me], list[Row]]


def nobody(me: Me, row: Row) -> bool:
    return False


def in_reach(me: Me, row: Row) -> bool:
    return me.reaches(row["circle_id"])


def is_mine(column: str) -> Rule:
    return lambda me, row: me.id is not None and row[column] == me.id


def _also(arm: Rule) -> Rule:
    """In reach, or by an arm of a lesser reach; never where the circle is shut."""
    return lambda me, row: (
        in_reach(me, row) or (me.id is not None and not me.is_shut_out(row["circle_id"]) and arm(me, row))
    )


def who_may(act: Act) -> Rule:
    return lambda me, row: me.may(act)


@dataclass(frozen=True)
class Rules:
    """`becomes` is what a changed row may be; `tries` are rows to try to add, `moves` what rows are changed into."""

    reads: Rule = nobody
    adds: Rule = nobody
    changes: Rule = nobody
    becomes: Rule = nobody
    tries: Tried = lambda me: []
    moves: Tried = lambda me: []


def me_or_another(me: Me) -> list[int]:
    """A row is one's own or somebody else's."""
    return [me.who.id, next(who.id for who in me.house.world.people if who.id != me.who.id)]


def each_user(column: str) -> Tried:
    return lambda me: [{column: user} for user in me_or_another(me)]


# Arms of tables made by protect().
ARMS: dict[str, Rule] = {
    "concerns_concern": lambda me, row: (
        row["reported_by_id"] == me.id and (row["link_id"] is None or str(row["idempotency_key"]) == KEY)
    ),
    "housing_marker": lambda me, row: (
        me.has_a_place(row["circle_id"], "marker", "full")
        and row["taken_off_at"] is None
        and row["until"] >= NOW.date()
    ),
    "outbound_alert": lambda me, row: any(
        step["alert_id"] == row["id"] and step["user_id"] == me.id for step in me.house.rows["outbound_alertstep"]
    ),
    "outbound_alertstep": lambda me, row: row["user_id"] == me.id,
    "partners_referral": lambda me, row: me.is_let_in_to("referral", row),
    "trial_note": lambda me, row: (
        row["reported_by_id"] == me.id
        or any(grant.item == row["id"] and not me.is_shut_out(grant.circle) for grant in me.places("one_item"))
    ),
}


def _reads_worry(me: Me, row: Row) -> bool:
    """Of one's own those in a circle one told something in, or about what one sent oneself."""
    told_here = me.told_something_in(row["circle_id"])
    reached = _also(is_mine("raised_by_id"))(me, row)
    return reached and (row["raised_by_id"] != me.id or told_here or row["concern_id"] in me.sent_concerns)


def _adds_worry(me: Me, row: Row) -> bool:
    """By a receipt's code in whatever circle: a foreign key keeps the circle to the concern's, and it opens nothing."""
    own = is_mine("raised_by_id")(me, row)
    by_receipt = own and me.role == NARROW and row["concern_id"] in me.sent_concerns
    return by_receipt or in_reach(me, row) or (own and me.told_something_in(row["circle_id"]))


def _worries(me: Me) -> list[Row]:
    concerns = [*me.sent_concerns, 0]
    return [
        {**each, "raised_by_id": user, "concern_id": concern}
        for user in me_or_another(me)
        for concern in concerns
        for each in _each_circle(me)
    ]


def _each_circle(me: Me) -> list[Row]:
    """Rows to add or to change into, in each circle; they say of it what it says of itself, as a trigger sees to."""
    return [{"circle_id": circle, "restricted": restricted} for circle, restricted in me.house.world.restricted.items()]


WORRIES = Rules(_reads_worry, _adds_worry, in_reach, in_reach, _worries, _each_circle)


def protected(table: str, house: House) -> Rules:
    """The rules of a table made by protect()."""
    can_change = "restricted" in house.whole[table]

    def rows(me: Me) -> list[Row]:
        return _each_circle(me) if can_change else [{"circle_id": circle} for circle in me.house.world.restricted]

    reads = _also(ARMS[table]) if table in ARMS else in_reach
    writes = nobody if table in ONLY_READ else in_reach
    return Rules(reads, writes, writes, writes, rows, rows) if can_change else Rules(reads, writes, tries=rows)

"""Monthly figures: counted by the transaction that does what is counted, and always what the ledger tells."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assurance.days import on
from hearth.access.identity import acting_as
from hearth.assurance.terms import COUNTED
from hearth.ledger.operations import record
from hearth.policy.packs import load
from waiting import LONGEST, soon

PACKS = Path(__file__).resolve().parents[2] / "packs"
LOGGED = {"came_by": "page", "told_by": "neighbour", "danger_now": "no", "about_our_people": "no"}
DECIDED = {"outcome": "advice", "subject": "child"}


def test_a_concern_counts_in_the_month_it_was_logged_by_the_way_it_came(books):
    books.says("concern.logged", books.concern(at=on(3)), on(3), **LOGGED)
    books.says("concern.logged", books.concern(at=on(4)), on(4), **{**LOGGED, "came_by": "link", "told_by": None})
    assert books.counts("concerns_logged", "concerns_told_by") == {
        ("concerns_logged", "2026-12", "link"): 1, ("concerns_logged", "2026-12", "page"): 1,
        ("concerns_told_by", "2026-12", ""): 1, ("concerns_told_by", "2026-12", "neighbour"): 1,
    }  # fmt: skip
    assert books.differs() == []


def test_what_is_done_in_a_case_counts_in_the_month_it_is_done(books):
    case = books.case(books.concern(at=on(3)))
    books.says("case.contact_made", case, on(3), kind="visit", outcome="refused", child_seen="no", risk_band="high")
    books.says("case.contact_made", case, on(4), kind="call", outcome="spoken_to", child_seen="no", risk_band="high")
    books.says("case.note_added", case, on(4))
    books.says("case.risk_banded", case, on(5), risk_band="high")
    books.says("case.support_in_place", case, on(6))
    books.says("case.closed", case, on(7))
    books.says("case.experience_asked", case, on(4, 1, 10, 2027), was_asked=False)
    assert books.counts("contacts_made", "notes_written", "risks_judged", "support_in_place", "how_it_was") == {
        ("contacts_made", "2026-12", "refused"): 1, ("contacts_made", "2026-12", "spoken_to"): 1,
        ("notes_written", "2026-12", ""): 1, ("risks_judged", "2026-12", "high"): 1,
        ("support_in_place", "2026-12", ""): 1, ("how_it_was", "2027-01", "false"): 1,
    }  # fmt: skip
    assert books.differs() == []


def test_the_packs_say_of_each_figure_the_happening_that_is_counted():
    metrics = load(PACKS / "england").metrics
    assert {name: metrics[name].counts for name in COUNTED} == {name: act for name, (act, _fact) in COUNTED.items()}


def test_the_last_minutes_of_a_month_are_those_of_uk_time(books):
    about = books.concern(at=on(30, 6))
    books.says("concern.still_worried", about, on(30, 6, 23))  # 22:00 in UTC
    books.says("concern.still_worried", about, on(1, 7, 0))  # still June in UTC
    assert books.counts("still_worried") == {("still_worried", "2026-06", ""): 1, ("still_worried", "2026-07", ""): 1}


def test_a_late_entry_counts_in_its_own_month(books):
    about = books.case(books.concern(at=on(3)))
    books.says("case.reopened", about, on(5), risk_band="high")
    books.says("case.reopened", about, on(6, 10), risk_band="high")
    assert books.counts("cases_reopened") == {
        ("cases_reopened", "2026-10", ""): 1,
        ("cases_reopened", "2026-12", ""): 1,
    }


def test_an_entry_marked_wrong_is_taken_out_once(books):
    about, other = books.concern(at=on(3)), books.concern(at=on(3))
    wrong = books.says("concern.still_worried", about, on(3))
    books.says("concern.still_worried", about, on(4))
    books.says("entry.marked_wrong", other, on(5), entry=wrong)
    assert books.counts("still_worried") == {("still_worried", "2026-12", ""): 2}, "not from another circle"
    for day in (5, 6):
        books.says("entry.marked_wrong", about, on(day), entry=wrong)
    assert books.counts("still_worried") == {("still_worried", "2026-12", ""): 1}
    assert books.differs() == []


def test_a_restricted_circle_never_counts_and_one_that_becomes_restricted_takes_its_figures_out(books):
    hidden, about = books.concern(at=on(3), restricted=True), books.concern(at=on(3))
    books.says("concern.logged", hidden, on(3), **LOGGED)
    assert books.counts() == {}
    books.says("concern.logged", about, on(3), **LOGGED)
    triage = ("promise.concern.triage", "2026-12", "open")
    assert ("concerns_logged", "2026-12", "page") in books.counts(), "the control"
    assert books.counts("promise.concern.triage") == {triage: 1}
    books.restrict(about)
    assert books.counts(*COUNTED, "promise.concern.triage") == {}
    books.says("concern.triaged", about, on(4), **DECIDED)
    assert books.counts(*COUNTED, "promise.concern.triage") == {}
    assert books.differs() == []
    books.open_again(about)
    assert books.counts("concerns_decided") == {("concerns_decided", "2026-12", "advice"): 1}, "and the other way"
    assert books.differs() == []


def test_a_promise_counts_in_the_month_it_falls_due_as_open_then_as_kept_in_time_or_late(books):
    def told():
        return books.counts("promise.concern.triage")

    early, late = books.concern(at=on(31)), books.concern(at=on(3))
    books.says("concern.logged", early, on(31), **LOGGED)  # New Year's Eve: due on the next working day
    books.says("concern.logged", late, on(3), **LOGGED)
    due_in_january = ("promise.concern.triage", "2027-01")
    assert told() == {(*due_in_january, "open"): 1, ("promise.concern.triage", "2026-12", "open"): 1}
    books.says("concern.triaged", early, on(4, 1, 16, 2027), **DECIDED)
    books.says("concern.triaged", late, on(9), **DECIDED)
    assert told() == {(*due_in_january, "in_time"): 1, ("promise.concern.triage", "2026-12", "late"): 1}
    books.says(
        "concern.triaged", late, on(4), **DECIDED
    )  # it had been decided in time after all, and was written down late
    assert told() == {(*due_in_january, "in_time"): 1, ("promise.concern.triage", "2026-12", "in_time"): 1}
    assert books.differs() == []


def test_what_was_over_when_its_case_closed_was_late_and_what_was_not_counts_nowhere(books):
    """Closing ends what still runs; it takes no lateness away."""
    seldom, often = books.case(books.concern(at=on(3))), books.case(books.concern(at=on(3)))
    contact = ("promise.case.contact", "2026-12")
    books.says("case.opened", seldom, on(3), risk_band="standard")  # to be spoken to in twenty working days
    books.says("case.opened", often, on(3), risk_band="high")  # in five
    assert books.counts("promise.case.contact") == {(*contact, "open"): 1, (contact[0], "2027-01", "open"): 1}
    books.says("case.closed", often, on(10))
    assert books.counts("promise.case.contact") == {(contact[0], "2027-01", "open"): 1}, "the control: its last day"
    books.says("case.reopened", often, on(10), risk_band="high")
    for each in (seldom, often):
        books.says("case.closed", each, on(18))
    assert books.counts("promise.case.contact") == {(*contact, "late"): 1}
    assert books.differs() == []


def test_a_reading_page_adds_nothing_and_a_writing_that_is_undone_counts_nothing(books):
    about = books.concern(at=on(3))
    with acting_as(books.lead), pytest.raises(ZeroDivisionError), transaction.atomic():
        record("concern.still_worried", about=about, happened_at=on(3))
        raise ZeroDivisionError
    with acting_as(books.lead), transaction.atomic():
        record("case.read", about=about, happened_at=on(3))
    assert books.counts() == {}


def test_figures_are_the_same_before_while_and_after_they_are_folded(books):
    about = books.concern(at=on(3))
    for day in range(3, 10):
        books.says("concern.still_worried", about, on(day))
    before = books.counts()
    assert books.fold(most=4) == 4
    assert books.counts() == before
    books.says("concern.still_worried", about, on(20))
    assert books.fold() > 0
    assert books.fold() == 0
    assert books.counts() == {("still_worried", "2026-12", ""): 8}


def waits(owner, connection):
    """Whether a connection waits for another's lock."""
    asked = "select cardinality(pg_blocking_pids(%s)) > 0"
    return owner.execute(asked, [connection.info.backend_pid]).fetchone()[0]


def test_two_that_fold_at_once_take_different_ones_and_one_that_is_killed_has_moved_nothing(books):
    about = books.concern(at=on(3))
    for day in range(1, 25):
        books.says("concern.still_worried", about, on(day))
    dsn = books.owner.info.dsn
    with (
        closing(psycopg.connect(dsn)) as first,
        closing(psycopg.connect(dsn)) as second,
        ThreadPoolExecutor(1) as beside,
    ):
        first.execute("select hearth.fold_counts(10)")
        # The sum of a month is one row: the second waits there, other deltas in its hand, until the first is gone.
        folding = beside.submit(lambda: second.execute("select hearth.fold_counts(100)").fetchone())
        soon(lambda: waits(books.owner, second))
        books.owner.execute("select pg_terminate_backend(%s)", [first.info.backend_pid])
        assert folding.result(timeout=LONGEST)[0] >= 14, "it took what the other had not"
        second.commit()
    assert books.counts() == {("still_worried", "2026-12", ""): 24}
    assert books.fold() == 10
    assert books.counts() == {("still_worried", "2026-12", ""): 24}
    assert books.differs() == []


def test_the_database_counts_what_the_terms_say(books):
    kept = books.owner.execute("select measure, act, fact from hearth.counted").fetchall()
    assert {measure: (act, fact) for measure, act, fact in kept} == dict(COUNTED)


@pytest.mark.parametrize("question", ["monthly_counts", "monthly_counts_by_company"])
def test_the_question_reads_its_index_and_not_what_is_stored(books, question):
    """Cost does not grow: fifty years of every measure lie there, and one measure of one year is asked."""
    with psycopg.connect(books.owner.info.dsn, user="postgres", autocommit=True) as superuser:
        superuser.execute(
            "insert into assurance_sum (measure, month, part, total) select 'measure_' || m, month, 'part_' || p, 9"
            " from generate_series(1, 40) m, generate_series(1, 6) p,"
            " generate_series('1980-01-01'::date, '2029-12-01', '1 month') month"
        )
        superuser.execute("analyze assurance_sum")
    asked = f"select count(*) from hearth.{question}(array['measure_7'], '2026-01-01', '2026-12-01')"
    scans = "select seq_scan, seq_tup_read, idx_tup_fetch from pg_stat_xact_user_tables where relname = 'assurance_sum'"
    with acting_as(books.lead), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (72,)
        cursor.execute(scans)
        looked = cursor.fetchone()
    assert looked[0] == 0, "nothing is read from one end to the other"
    assert looked[2] <= 72
    with psycopg.connect(books.owner.info.dsn, user="postgres", autocommit=True) as superuser:
        superuser.execute("alter table assurance_sum drop constraint a_month_has_one_sum_for_each_part")
    with acting_as(books.lead), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        cursor.execute(scans)
        assert cursor.fetchone()[0] > 0, "the control"


acts = st.lists(
    st.tuples(
        st.sampled_from(["log", "decide", "worry", "reopen", "wrong", "restrict", "fold"]),
        st.integers(0, 3),  # which circle
        st.integers(1, 28),
        st.sampled_from([10, 11, 12]),
        st.sampled_from(["advice", "watch", "signpost"]),
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts)
def test_whatever_happens_in_whatever_order_the_figures_are_those_of_the_ledger(books, story):
    """Late entries, corrections, restriction and folding in between, over several months."""
    abouts = [books.concern(at=on(1, 10)) for _ in range(4)]
    model: list[list[tuple[int, tuple[str, str, str]]]] = [[] for _ in abouts]
    shut: set[int] = set()
    before = books.counts()
    for what, which, day, month, outcome in story:
        about, at, here = abouts[which], on(day, month), f"2026-{month}"
        if what == "log":
            model[which].append((books.says("concern.logged", about, at, **LOGGED), ("concerns_logged", here, "page")))
        elif what == "decide":
            entry = books.says("concern.triaged", about, at, outcome=outcome, subject="adult")
            model[which].append((entry, ("concerns_decided", here, outcome)))
        elif what == "worry":
            model[which].append((books.says("concern.still_worried", about, at), ("still_worried", here, "")))
        elif what == "reopen":
            entry = books.says("case.reopened", books.case(about), at, risk_band="high")
            model[which].append((entry, ("cases_reopened", here, "")))
        elif what == "wrong" and model[which]:
            books.says("entry.marked_wrong", about, at, entry=model[which].pop(day % len(model[which]))[0])
        elif what == "restrict" and which not in shut:
            books.restrict(about)
            shut.add(which)
        elif what == "fold":
            books.fold(most=day)
    expected = {key: n for key, n in before.items() if key[0] not in ("concerns_told_by", "concerns_about")}
    for which, cells in enumerate(model):
        for _, cell in cells if which not in shut else []:
            expected[cell] = expected.get(cell, 0) + 1
    now = {key: n for key, n in books.counts().items() if key[0] not in ("concerns_told_by", "concerns_about")}
    assert now == expected
    assert books.differs() == []

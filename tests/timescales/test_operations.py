"""Saying that something happened: the ledger and the clocks move together, whoever acts."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, NotYours, Part, Reach, Refused
from hearth.ledger.models import Entry
from hearth.ledger.paging import Place
from hearth.policy.calendars import Nation
from hearth.policy.durations import LOCAL
from hearth.policy.operations import keep_adopted
from hearth.policy.packs import BadPack, Chain, PackFiles, read_chain
from hearth.policy.queries import pack_in_force
from hearth.policy.terms import NoPolicy, NotNow, Whose
from hearth.timescales.declarations import Undeclared
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import (
    adopt_policy,
    correct_calendar,
    extend,
    happened,
    pause,
    require_gates,
    resume,
)
from hearth.timescales.queries import clock_for, clocks_for, due, due_for_me, next_due, promised
from hearth.timescales.terms import GateUnmet, NotThisClock, State, WrongRecord

PACKS = Path(__file__).resolve().parents[2] / "packs"
BEFORE_ANY_POLICY = datetime(2019, 12, 3, 14, 10, tzinfo=LOCAL)
THURSDAY = datetime(2026, 12, 3, 14, 10, tzinfo=LOCAL)
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
OPENED = {"risk_band": "medium", "subject": "child", "concern_logged_on": date(2026, 12, 3)}
LOGGED = {"danger_now": "no", "about_our_people": "no", "out_of_hours": False}


@pytest.fixture
def policy(cast):
    """The Manchester pack, adopted by the lead long before."""
    with acting_as(cast.lead):
        return adopt_policy(read_chain(PACKS / "manchester-2025"), by=cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))


@pytest.fixture
def case(cast, policy):
    """A case whose owner is the signed identity."""
    with acting_as(cast.owner):
        circle = make_circle(CircleKind.CASE, by=cast.owner, at=FRIDAY)
        give(circle, to=cast.owner.id, part_in_it=Part.OWNS_IT, by=cast.owner, at=FRIDAY)
        about = record_of("case", 1, circle)
        happened("case.opened", about=about, by=cast.owner, at=FRIDAY, facts=OPENED)
        happened("case.owner_changed", about=about, by=cast.owner, at=FRIDAY, facts={"owner": cast.owner.id})
        yield about


@pytest.fixture
def concern(cast, policy):
    """A concern as its reporter leaves it: in a circle he reads his own words of, and no more."""
    with acting_as(cast.reporter):
        circle = make_circle(CircleKind.CONCERN, by=cast.reporter, at=THURSDAY)
        give(
            circle,
            to=cast.reporter.id,
            reach=Reach.OWN_WORDS,
            part_in_it=Part.REPORTED_IT,
            by=cast.reporter,
            at=THURSDAY,
        )
        about = record_of("concern", 1, circle)
        happened("concern.logged", about=about, by=cast.reporter, at=THURSDAY, facts=LOGGED)
        yield about


def clock(about, rule: str) -> Clock:
    with as_the_house():
        return Clock.objects.filter(about_kind=about.ledger_kind, about_id=about.id, rule=rule).latest("id")


def test_what_happened_is_in_the_ledger_with_its_clause_and_its_clock_runs(concern, cast):
    """feature 11"""
    triage = clock(concern, "concern.triage")
    assert (triage.clause, triage.due_day, triage.state) == ("4.1.4b", date(2026, 12, 4), "running")
    with acting_as(cast.triage_officer):
        happened("concern.triaged", about=concern, by=cast.triage_officer, at=FRIDAY, facts={"outcome": "advice"})
    triage = clock(concern, "concern.triage")
    assert (triage.state, triage.stopped_at) == ("met", FRIDAY)


def test_the_entry_carries_the_clause_of_the_promise_it_keeps(case, cast):
    done = happened(
        "case.reviewed", about=case, by=cast.owner, at=FRIDAY + timedelta(days=3), facts={"outcome": "continue"}
    )
    with as_the_house():
        entry = Entry.objects.get(id=done.seq)
    assert (entry.clause, entry.act) == ("3.3b", "case.reviewed")


def test_a_reporter_who_is_still_worried_starts_a_clock_he_does_not_see(concern, cast):
    """feature 9"""
    happened("concern.still_worried", about=concern, by=cast.reporter, at=FRIDAY)
    assert clock(concern, "concern.worry").due_day == date(2026, 12, 7)
    assert promised(concern, ["concern.worry"], at=FRIDAY)[0].due_day == date(2026, 12, 7)
    with acting_as(cast.lead):
        seen = {each.rule for each in clocks_for(cast.lead, concern, at=FRIDAY)}
    assert seen == {"concern.triage", "concern.worry"}
    with acting_as(cast.outsider):
        assert clocks_for(cast.outsider, concern, at=FRIDAY) == []


def test_nobody_but_the_house_writes_clocks(case, cast):
    with acting_as(cast.lead), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Clock.objects.filter(about_id=case.id).update(due_at=None)


def test_only_the_signed_identity_can_be_named(case, cast):
    with pytest.raises(NotYours):
        happened("case.support_in_place", about=case, by=cast.lead, at=FRIDAY)
    with pytest.raises(ValueError, match="nobody's act"):
        happened("case.support_in_place", about=case, by=None, at=FRIDAY)


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        ("case.vanished", {}),
        ("case.opened", {"colour": "red"}),
        ("case.opened", {"risk_band": "enormous"}),
        ("case.closed", {"breach_reason": "the family went away"}),
        ("case.opened", {"concern_logged_on": "2026-12-03"}),
    ],
)
def test_undeclared_happenings_facts_and_typed_words_are_refused(case, cast, act, facts):
    with pytest.raises(Undeclared):
        happened(act, about=case, by=cast.owner, at=FRIDAY, facts=facts)


def test_a_promise_that_would_begin_without_its_record_is_a_mistake_of_ours(case, cast):
    with pytest.raises(WrongRecord, match="begins “action"):
        happened("action.planned", about=case, by=cast.owner, at=FRIDAY, facts={"due_on": date(2026, 12, 11)})


def test_another_records_happening_stops_the_clock_it_touches(case, cast):
    happened("case.high_risk_recognised", about=case, by=cast.owner, at=FRIDAY, facts={"score": 15})
    referral = record_of("referral", 9, case.circle_id)
    facts = {"to": "marac", "subject": "adult", "case": case.id}
    happened("referral.made", about=referral, by=cast.owner, at=FRIDAY + timedelta(hours=2), facts=facts)
    assert clock(case, "marac.referral").state == "met"


def test_a_late_entry_moves_only_what_it_changes_and_says_so(case, cast):
    seen = {"outcome": "seen"}
    happened("case.contact_made", about=case, by=cast.owner, at=FRIDAY + timedelta(days=10), facts=seen)
    late = happened("case.contact_made", about=case, by=cast.owner, at=FRIDAY + timedelta(days=5), facts=seen)
    with as_the_house():
        turns = list(Clock.objects.filter(rule="case.contact").order_by("started_at"))
        target = Clock.objects.get(rule="case.target")
    assert [turn.state for turn in turns] == ["met", "met", "running"]
    assert turns[0].stopped_by_entry == turns[1].started_by_entry == turns[0].changed_by_late_entry == late.seq
    assert turns[2].changed_by_late_entry is None
    assert target.changed_by_late_entry is None


def test_a_case_does_not_close_while_a_gate_is_shut_or_a_promise_of_ours_runs(case, cast):
    """feature 28"""
    referral = record_of("referral", 9, case.circle_id)
    made = {"to": "council_children", "subject": "child", "by_phone": True, "immediate": False, "case": case.id}
    happened("referral.made", about=referral, by=cast.owner, at=FRIDAY, facts=made)
    closing = {
        "outcome": "risk_reduced", "wishes_answered": True, "child_decision": "safe", "change_seen": True,
        "subject": "child",
    }  # fmt: skip
    late = datetime(2027, 3, 25, 12, tzinfo=LOCAL)
    with pytest.raises(GateUnmet) as shut:
        require_gates("case.closed", about=case, facts=closing, at=late)
    assert {each.gate for each in shut.value.unmet} == {"close.late", "close.statutory", "close.nothing_running"}
    assert {each.clause for each in shut.value.unmet} == {"4.1.6a", "H.closing"}

    done = late - timedelta(days=30)
    happened("referral.confirmed_in_writing", about=referral, by=cast.owner, at=done)
    happened("referral.decided", about=referral, by=cast.owner, at=done, facts={"outcome": "accepted"})
    require_gates("case.closed", about=case, facts={**closing, "breach_reason": "agency_late"}, at=late)
    happened("case.closed", about=case, by=cast.owner, at=late, facts={**closing, "breach_reason": "agency_late"})
    target = next(each for each in clocks_for(cast.owner, case, at=late) if each.rule == "case.target")
    assert (target.state, target.is_over) == (State.MET, True)


def test_what_is_due_comes_soonest_first_and_mine_is_what_waits_for_me(case, concern, cast):
    """feature 25"""
    with acting_as(cast.lead):
        everything = due(cast.lead, at=FRIDAY)
        assert [each.rule for each in everything] == ["concern.triage", "case.contact", "case.review", "case.target"]
        behind = Place((everything[0].due_at, everything[0].id))
        rest = due(cast.lead, at=FRIDAY, place=behind)
        assert [each.rule for each in rest] == ["case.contact", "case.review", "case.target"]
        assert [each.rule for each in due(cast.lead, at=FRIDAY, rule="case.review")] == ["case.review"]
    with acting_as(cast.triage_officer):
        assert [each.rule for each in due_for_me(cast.triage_officer, at=FRIDAY)] == ["concern.triage"]
    with acting_as(cast.owner):
        assert [each.rule for each in due_for_me(cast.owner, at=FRIDAY)] == ["case.contact", "case.target"]
        assert [each.rule for each in due_for_me(cast.owner, at=FRIDAY, limit=1)] == ["case.contact"]
    with acting_as(cast.champion), pytest.raises(Refused):
        due(cast.champion, at=FRIDAY)
    assert next_due(case) == clock(case, "case.contact").due_at


def test_a_limit_says_with_which_force_it_stands(case, cast):
    by_rule = {each.rule: each for each in clocks_for(cast.owner, case, at=FRIDAY)}
    assert by_rule["case.target"].force_sentence == "Promised by the policy"
    assert by_rule["case.contact"].force_sentence == "Set by Hearth, confirm with your lead"
    with acting_as(cast.lead):
        (as_she_reads,) = [each for each in clocks_for(cast.lead, case, at=FRIDAY) if each.rule == "case.contact"]
        assert as_she_reads.force_sentence == "Set by Hearth, for you to confirm"
    assert by_rule["case.target"].clause_text.startswith("A fitting resolution")
    assert by_rule["case.target"].whose == Whose.OURS


def test_a_pause_needs_a_ground_of_the_policy_and_a_reason_and_gives_its_days_back(case, cast):
    monday = FRIDAY + timedelta(days=3)
    row = clock_for(cast.owner, clock(case, "case.target").public_id)
    for ground in ("no_access", "refused_contact", "not_engaging", "busy"):
        with pytest.raises(NotThisClock):
            pause(row, ground=ground, why="They would not open", by=cast.owner, at=monday)
    with pytest.raises(NotThisClock, match="reason"):
        pause(row, ground="police_asked", why=" ", by=cast.owner, at=monday)
    pause(row, ground="police_asked", why="Written request of 7 December", by=cast.owner, at=monday)
    assert clocks_for(cast.owner, case, at=monday)[-1].pause_ground == "The police asked us in writing to hold back"
    resume(row, why="They are done", by=cast.owner, at=monday + timedelta(days=10))
    assert (row.state, row.due_day) == ("running", date(2027, 3, 8))


def test_a_later_day_is_approved_by_the_lead_and_not_by_the_owner(case, cast):
    with acting_as(cast.owner), pytest.raises(Refused):
        row = clock(case, "case.target")
        extend(row, to=date(2027, 3, 26), why="The court sits in March", by=cast.owner, at=FRIDAY)
    with acting_as(cast.lead):
        extend(row, to=date(2027, 3, 26), why="The court sits in March", by=cast.lead, at=FRIDAY)
    assert clock(case, "case.target").due_day == date(2027, 3, 26)


def test_a_corrected_calendar_moves_what_runs(concern, cast):
    with acting_as(cast.lead), pytest.raises(Refused):
        correct_calendar(
            nation=Nation.ENGLAND, day=date(2026, 12, 4), working=False, why="x", by=cast.lead, at=THURSDAY
        )
    with acting_as(cast.administrator):
        moved = correct_calendar(
            nation=Nation.ENGLAND, day=date(2026, 12, 4), working=False, why="A day of mourning",
            by=cast.administrator, at=THURSDAY,
        )  # fmt: skip
    assert moved == 1
    assert clock(concern, "concern.triage").due_day == date(2026, 12, 7)


def test_a_policy_is_adopted_by_the_lead_from_now_on_and_kept_byte_for_byte(cast, policy):
    england = read_chain(PACKS / "england")
    with acting_as(cast.owner), pytest.raises(Refused):
        adopt_policy(england, by=cast.owner, at=FRIDAY)
    with acting_as(cast.lead):
        with pytest.raises(NotNow):
            adopt_policy(england, by=cast.lead, at=FRIDAY, in_force_from=THURSDAY)
        with pytest.raises(BadPack):
            adopt_policy(Chain((PackFiles("bad", (("pack.toml", b"["),)),)), by=cast.lead, at=FRIDAY)
        adopt_policy(england, by=cast.lead, at=FRIDAY)
        assert (pack_in_force(THURSDAY).digest, pack_in_force(FRIDAY).digest) == (policy.digest, england.digest)
        with pytest.raises(NoPolicy):
            pack_in_force(BEFORE_ANY_POLICY)


def test_the_house_may_be_founded_with_a_policy(cast):
    chain = read_chain(PACKS / "london")
    with as_the_house():
        pack = keep_adopted(chain, in_force_from=FRIDAY, at=FRIDAY, by_id=None)
    with acting_as(cast.lead):
        assert pack_in_force(FRIDAY).digest == pack.digest == chain.digest


def test_without_a_policy_what_happens_is_written_and_nothing_is_promised(cast):
    with acting_as(cast.owner):
        circle = make_circle(CircleKind.CASE, by=cast.owner, at=FRIDAY)
        about, then = record_of("case", 1, circle), BEFORE_ANY_POLICY
        assert happened("case.opened", about=about, by=cast.owner, at=then, facts=OPENED).seq
        require_gates("case.closed", about=about, facts={}, at=then)
        assert clocks_for(cast.owner, about, at=then) == []


def test_a_promise_runs_once_for_a_record_whatever_the_application_does(case):
    with as_the_house():
        row = Clock.objects.get(rule="case.target")
        row.pk, row.public_id, row.started_by_entry = None, "00000000-0000-4000-8000-000000000000", 1
        with pytest.raises(IntegrityError, match="a_promise_runs_once_for_a_record"), transaction.atomic():
            row.save()


def test_the_due_list_reads_an_index_and_sorts_nothing(case, cast):
    with acting_as(cast.lead), connection.cursor() as cursor:
        # A table this small is read and sorted for nothing: the plan must find the index when that has its price.
        for way in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
            cursor.execute(f"set local {way} = off")
        rows = Clock.objects.filter(state="running", due_at__isnull=False, whose="ours").order_by("due_at", "id")[:25]
        plan = rows.explain()
    assert "clock_due" in plan
    assert "Sort" not in plan

"""One pooled connection, many people: nothing of one is left for the next."""

from copy import copy

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from access.worlds import ask, circle_of, give, run, sources_that_say
from hearth.access.identity import acting_as, as_the_house
from hearth.access.models import Circle


class Vouched:
    """How often PostgreSQL was asked to work out who acts."""

    times = 0


@pytest.fixture
def vouched(people, monkeypatch):
    counted, execute = Vouched(), psycopg.Cursor.execute

    def noted(cursor, query, *values, **options):
        counted.times += "hearth.voucher()" in str(query)
        return execute(cursor, query, *values, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    return counted


def test_a_prepared_statement_answers_to_whoever_runs_it(people):
    lead, worker, triage = people.lead, people.worker, people.triage_officer
    circle, _ = circle_of(lead)
    with acting_as(lead), transaction.atomic():
        run("prepare everything as select circle_id from trial_note")
        assert ask("execute everything") == circle
    with acting_as(worker), transaction.atomic():
        assert ask("execute everything") is None
    with acting_as(triage), transaction.atomic():
        assert ask("execute everything") == circle
    with transaction.atomic(), pytest.raises(Exception, match="permission denied"):
        ask("execute everything")


def test_a_cursor_that_outlives_its_transaction_holds_only_what_its_maker_saw(people):
    lead, worker = people.lead, people.worker
    circle_of(lead)
    with acting_as(worker), transaction.atomic():
        run("declare held cursor with hold for select circle_id from trial_note")
    with acting_as(lead), transaction.atomic():
        assert ask("fetch from held") is None
        run("close held")


def test_rows_half_read_do_not_wait_for_the_next_person(people):
    """Inside a transaction Django's own cursors end with it; nothing in Hearth declares one that does not."""
    lead, worker = people.lead, people.worker
    circle, _ = circle_of(lead)
    with acting_as(lead), transaction.atomic():
        half_read = Circle.objects.filter(id=circle).iterator(chunk_size=1)
        assert next(half_read).id == circle
        assert ask("select count(*) from pg_cursors") == 1
    with acting_as(worker), transaction.atomic():
        assert ask("select count(*) from pg_cursors") == 0
    assert sources_that_say(r"(?i)cursor with hold\b") == []


def test_settings_left_on_the_connection_do_not_become_the_next_identity(people):
    lead, worker = people.lead, people.worker
    circle_of(lead)
    with acting_as(lead), transaction.atomic():
        run("select set_config('hearth.identity', current_setting('hearth.identity'), false)")
        run("set session role hearth_broad")
    with acting_as(worker), transaction.atomic():
        assert ask("select hearth.me()") == worker.id
        assert ask("select current_user") == "hearth_narrow"
        assert ask("select count(*) from trial_note") == 0
    with transaction.atomic():
        assert ask("select hearth.me()") is None
        assert ask("select current_user") == "hearth_app"


def test_the_identity_outlives_neither_rollback_nor_commit(people):
    lead, worker = people.lead, people.worker
    circle, _ = circle_of(lead)
    with acting_as(lead):
        with transaction.atomic():
            assert ask("select circle_id from trial_note") == circle
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    with transaction.atomic():
        assert ask("select hearth.me()") is None
    with acting_as(worker), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(lead):
            assert ask("select count(*) from trial_note") == 1
            raise ZeroDivisionError
        assert ask("select count(*) from trial_note") == 0
        with pytest.raises(Exception, match="division"), transaction.atomic(), acting_as(lead):
            run("select 1/0")
        assert ask("select hearth.me()") == worker.id


def test_setting_the_identity_inside_a_query_does_not_help(people):
    lead, worker = people.lead, people.worker
    circle_of(lead)
    with acting_as(worker), transaction.atomic():
        forged = f"{lead.id}.9999999999.{'0' * 64}"
        taken = ask(
            "with lie as materialized (select set_config('hearth.identity', %s, true),"
            " set_config('role', 'hearth_broad', true))"
            " select count(*) from lie, trial_note",
            forged,
        )
        assert taken == 0
        assert ask("select count(*) from trial_note") == 0


def test_a_plan_that_is_kept_answers_to_whoever_asks(people):
    """Every statement is prepared at once here, and asked in turn by people of one role and of another."""
    lead, deputy, worker, outsider = people.lead, people.deputy, people.worker, people.outsider
    open_to_rank, _ = circle_of(lead)
    theirs, _ = circle_of(lead)
    give(theirs, worker, lead)
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    question = "select array_agg(circle_id order by circle_id) from trial_note where circle_id = any(%s)"
    asked = [open_to_rank, theirs]
    for _turn in range(3):
        for somebody, seen in ((lead, asked), (worker, [theirs]), (deputy, asked), (outsider, None)):
            with acting_as(somebody), transaction.atomic():
                assert ask(question, asked) == seen, somebody.name
    with acting_as(lead), transaction.atomic():
        kept = ask("select array_agg(statement) from pg_prepared_statements where statement like %s", "%trial_note%")
    assert sorted(text.split()[0] for text in kept) == ["/*hearth_broad*/", "/*hearth_narrow*/"]


def test_no_statement_goes_out_under_whoever_acted_before(people):
    """However it is sent: by a cursor opened earlier, by the driver itself, by a cursor that PostgreSQL holds."""
    lead, worker = people.lead, people.worker
    me = "select hearth.me()"
    with acting_as(lead), transaction.atomic():
        early, driver = connection.cursor(), connection.connection
        assert ask(me) == lead.id
        with acting_as(worker):
            early.execute(me)
            assert early.fetchone() == (worker.id,)
        assert driver.execute(me).fetchone() == (lead.id,)
        with acting_as(worker):
            assert driver.execute(me).fetchone() == (worker.id,)
            with driver.cursor("held") as held:
                assert held.execute(me).fetchone() == (worker.id,)
        with driver.cursor("held") as held:
            assert held.execute(me).fetchone() == (lead.id,)
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(worker):
            assert ask(me) == worker.id
            raise ZeroDivisionError
        assert ask(me) == lead.id
    with pytest.raises(ZeroDivisionError), acting_as(worker), transaction.atomic():
        raise ZeroDivisionError
    with acting_as(lead), transaction.atomic():
        assert ask(me) == lead.id


def test_whoever_acts_again_in_a_transaction_is_told_as_before_and_vouched_for_once(people, vouched):
    lead = people.lead
    with acting_as(lead), transaction.atomic():
        for _ in range(3):
            assert ask("select hearth.me()") == lead.id
            assert ask("select hearth.is_broad()")
            with as_the_house():
                assert ask("select hearth.me()") is None
                assert ask("select current_user") == "hearth_house"
    assert vouched.times == 2, "once for the lead and once for the house"


def test_somebody_read_anew_is_vouched_for_anew(people, vouched):
    """His posts may have changed between: the control of the test above."""
    with transaction.atomic():
        for _ in range(3):
            with acting_as(copy(people.lead)):
                assert ask("select hearth.is_broad()")
    assert vouched.times == 3


def test_what_was_told_before_a_rollback_is_told_anew(people, vouched):
    with acting_as(people.lead), transaction.atomic():
        assert ask("select hearth.is_broad()")
        with pytest.raises(DatabaseError), transaction.atomic():
            run("select 1 / 0")
        assert ask("select hearth.is_broad()")
    assert vouched.times == 2

"""One pooled connection, many people: nothing of one is left for the next."""

import pytest
from django.db import transaction

from access.worlds import ask, circle_of, run, sources_that_say
from hearth.access.identity import acting_as
from hearth.access.models import Circle


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

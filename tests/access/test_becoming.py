"""Injected SQL cannot become more than whoever runs it: any statement, as the role of the moment."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from access.worlds import AT, ask, circle_of, give, refused, run, seen_by
from hearth.access.clock import now
from hearth.access.identity import acting_as


def test_nobody_raises_himself_through_the_posts(people):
    """The identity is signed; its parts come from tables, so those must not be anybody's to write."""
    worker, administrator = people.worker, people.administrator
    lead_post = ask("select id from organisation_post where key = 'lead'")
    appoint = "insert into organisation_appointment (user_id, post_id, is_cover, starts_at) values (%s, %s, false, %s)"
    refused(worker, appoint, worker.id, lead_post, AT, because="nobody appoints himself")
    refused(worker, appoint, people.outsider.id, lead_post, AT, because="kept by an administrator")
    refused(
        worker,
        "update organisation_post set parts = parts || '{lead}' where key = 'case-worker'",
        because="kept by an administrator",
    )
    refused(administrator, appoint, administrator.id, lead_post, AT, because="nobody appoints himself")
    refused(
        administrator,
        "update organisation_post set parts = parts || '{lead}' where key = 'administrator'",
        because="nobody changes the parts of his own post",
    )
    with acting_as(worker), transaction.atomic():
        assert ask("select hearth.is_broad()") is False
    # Nor does an administrator let somebody else in alone: he asks, and another agrees.
    refused(administrator, appoint, worker.id, lead_post, AT, because="somebody else agrees")
    ask_for = (
        "insert into organisation_proposal (public_id, user_id, post_id, is_cover, starts_at, asked_at)"
        " values (gen_random_uuid(), %s, %s, false, %s, now())"
    )
    refused(administrator, ask_for, administrator.id, lead_post, AT, because="nobody appoints himself")
    refused(worker, ask_for, people.outsider.id, lead_post, AT, because="kept by an administrator")
    with acting_as(administrator), transaction.atomic():
        assert run(ask_for, worker.id, lead_post, AT) == 1
    agree = "update organisation_proposal set agreed = true, answered_at = now() where agreed is null"
    refused(administrator, agree, because="somebody else agrees")
    refused(worker, agree, because="nobody appoints himself")
    refused(people.outsider, agree, because="somebody else agrees")
    refused(people.lead, appoint, worker.id, lead_post, AT, because="kept by an administrator")
    # The control: a lead agrees, and it is so; the answer stands, and lets in nobody else.
    with acting_as(people.lead), transaction.atomic():
        assert run(agree) == 1
    refused(people.lead, appoint, people.outsider.id, lead_post, AT, because="kept by an administrator")
    with acting_as(people.lead), transaction.atomic():
        assert run(appoint, worker.id, lead_post, AT) == 1
    with acting_as(worker), transaction.atomic():
        assert ask("select hearth.is_broad()") is True
    refused(people.lead, appoint, people.outsider.id, lead_post, AT, because="kept by an administrator")
    refused(people.lead, appoint, worker.id, lead_post, AT, because="kept by an administrator")
    again = "update organisation_proposal set agreed = false, answered_at = now()"
    refused(people.lead, again, because="answered once")


def test_a_post_somebody_holds_never_grows_into_one_that_reads(people):
    """An invented colleague in a plain post would otherwise become a lead without a second person."""
    administrator = people.administrator
    grow = "update organisation_post set parts = parts || %s where key = %s"
    refused(administrator, grow, ["triage"], "income", because="a post nobody holds")
    with acting_as(administrator), transaction.atomic():
        assert run(grow, ["register_reader"], "income") == 1, "the control: a part that opens no record"
        run("insert into organisation_post (key, title, parts) values ('new', 'New', '{}')")
        assert run(grow, ["triage"], "new") == 1, "the control: nobody holds it yet"


def test_nobody_keeps_himself_on_and_who_reads_keeps_the_address_that_lets_him_in(people):
    administrator, worker = people.administrator, people.worker
    for change in ("is_active = false", "until = now()", "email = 'other@ashgrove.example'"):
        own = f"update organisation_user set {change} where id = %s"
        refused(administrator, own, administrator.id, because="nobody keeps his own account open")
    renamed = "update organisation_user set name = 'Somebody Else' where id = %s"
    refused(worker, renamed, people.outsider.id, because="kept by an administrator")
    address = "update organisation_user set email = 'mine@elsewhere.example' where id = %s"
    refused(administrator, address, worker.id, because="whoever reads keeps his address")
    with acting_as(administrator), transaction.atomic():
        assert run(address, people.operative.id) == 1, "the control: somebody who reads nothing"


def test_an_appointment_is_ended_and_never_made_longer(people):
    administrator, worker = people.administrator, people.worker
    longer = "update organisation_appointment set ends_at = %s where user_id = %s"
    with acting_as(administrator), transaction.atomic():
        assert run(longer, now() + timedelta(days=2), worker.id) == 1
    refused(administrator, longer, now() + timedelta(days=9), worker.id, because="only ended")
    refused(administrator, longer, None, worker.id, because="only ended")
    moved = "update organisation_appointment set post_id = 1 + post_id where user_id = %s"
    refused(administrator, moved, worker.id, because="only ended")
    with acting_as(administrator), transaction.atomic():
        assert run(longer, now(), worker.id) == 1
    with acting_as(worker), transaction.atomic():
        assert ask("select hearth.my_parts()") == [], "it bites with the next statement"


def test_somebody_whose_time_is_over_is_nobody_at_once(people):
    with acting_as(people.administrator), transaction.atomic():
        run("update organisation_user set until = now() + interval '1 hour' where id = %s", people.lead.id)
    with acting_as(people.lead), transaction.atomic():
        assert ask("select hearth.me()") == people.lead.id, "the control: an hour is left"
    with acting_as(people.administrator), transaction.atomic():
        run("update organisation_user set until = now() - interval '1 second' where id = %s", people.lead.id)
    with acting_as(people.lead), transaction.atomic():
        assert ask("select hearth.me()") is None
        assert ask("select hearth.is_broad()") in (None, False)


def test_nobody_switches_users_or_unties_himself_from_his_own_record(people):
    relative, administrator = people.relative, people.administrator
    for change in ("is_active = false", "kind = 'auditor'", "person_id = 7"):
        refused(
            relative,
            f"update organisation_user set {change} where id = {relative.id}",
            because="kept by an administrator",
        )
    with acting_as(relative), transaction.atomic():
        assert run("update organisation_user set last_login = now() where id = %s", relative.id) == 1
    with acting_as(administrator), transaction.atomic():
        assert run("update organisation_user set person_id = 7 where id = %s", relative.id) == 1


def test_a_broken_glass_cannot_be_made_to_last(people):
    lead, worker, outsider = people.lead, people.worker, people.outsider
    circle, address = circle_of(lead)
    call = "select hearth.break_glass('trial', %s, %s, %s, %s)"
    reason = "She rang, crying; nobody on call answers"
    for why, until, because in (
        (reason, None, "short"),
        (reason, now() + timedelta(hours=5), "short"),
        ("", now() + timedelta(hours=1), "reason"),
        (" \n\t ", now() + timedelta(hours=1), "reason"),
        (None, now() + timedelta(hours=1), "reason"),
    ):
        refused(worker, call, str(address), why, now(), until, because=because)
    refused(outsider, call, str(address), reason, now(), now() + timedelta(hours=1), because="no post of yours")
    assert seen_by(worker) == seen_by(outsider) == set()

    with acting_as(worker), transaction.atomic():
        assert ask(call, str(address), reason, now(), now() + timedelta(hours=1)) == circle
    assert seen_by(worker) == {circle}
    # What was opened for an hour cannot be given to himself or to others for good.
    for somebody in (worker, outsider):
        refused(
            worker,
            "select hearth.give(%s, %s, '', 'full', 'owns_it', '', null, '', now(), null)",
            circle,
            somebody.id,
        )
    refused(worker, "select hearth.restrict_circle(%s)", circle)
    # The control: the lead, whose post reads it, may.
    give(circle, outsider, lead)
    assert seen_by(outsider) == {circle}


def test_a_place_with_an_end_is_not_passed_on(people):
    lead, worker, outsider = people.lead, people.worker, people.outsider
    circle, _address = circle_of(lead)
    give(circle, worker, lead, until=now() + timedelta(days=1))
    with pytest.raises(Exception, match="not in your circle"):
        give(circle, outsider, worker)
    give(circle, worker, lead)
    give(circle, outsider, worker)
    assert seen_by(outsider) == {circle}


def test_taking_a_role_opens_nothing(people):
    lead, worker = people.lead, people.worker
    circle_of(lead)
    for role in ("hearth_broad", "hearth_narrow", "none"):
        with acting_as(worker), transaction.atomic():
            run(f"set local role {role}")
            if role == "none":
                with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                    ask("select count(*) from trial_note")
            else:
                assert ask("select count(*) from trial_note") == 0, role
    for role in ("hearth_owner", "hearth_definer", "hearth_sealer", "postgres"):
        refused(worker, f"set local role {role}")
    refused(worker, "set session authorization hearth_owner")
    refused(worker, "set local row_security = off; select * from trial_note", because="row-level security|permission")
    assert len(seen_by(lead)) == 1


# Turning the definer's functions against it

EVIL = """
create function pg_temp.evil(anything pg_catalog.text) returns pg_catalog.bool language plpgsql as $$
begin
  raise exception 'my code runs as %', current_user;
end $$;
create domain pg_temp.text as pg_catalog.text check (pg_temp.evil(value));
"""


def test_nothing_temporary_stands_in_front_of_the_real_thing(people, postgres):
    worker = people.worker
    for attempt in (
        "create temp table organisation_user (id bigint)",
        "create function pg_temp.f() returns int language sql as 'select 1'",
        "create domain pg_temp.text as pg_catalog.text",
        "create schema mine",
        "create table public.mine (id int)",
        "create function public.lower(text) returns text language sql as 'select $1'",
        "create function hearth.mine() returns int language sql as 'select 1'",
    ):
        refused(worker, attempt)
    # Even where the server allows temporary objects, the definer's functions look in pg_catalog first.
    name = connection.settings_dict["NAME"]
    with psycopg.connect(postgres.url(name, "postgres"), autocommit=True) as superuser:
        superuser.execute(f'grant temporary on database "{name}" to public')
        superuser.execute("""
            create function hearth.careless() returns bigint security definer language plpgsql set search_path = ''
            as $$ declare token text := 'anything';
            begin return length(token); end $$;
            alter function hearth.careless() owner to hearth_definer;
            grant execute on function hearth.careless() to public;
        """)
    with acting_as(worker), transaction.atomic():
        run(EVIL)
        run("select hearth.me(), hearth.my_circles(), hearth.is_broad(), hearth.i_may('keep users')")
        run("select hearth.note_refusal('a', 'b', 'c', now())")
        # The control: a function with an empty search_path runs the caller's code as the definer.
        with pytest.raises(Exception, match="my code runs as hearth_definer"), transaction.atomic():
            run("select hearth.careless()")


def test_functions_that_would_tell_are_not_for_callers(people):
    worker = people.worker
    for call in ("is_open(1)", "circle_called('', 'x')"):
        refused(worker, f"select hearth.{call}")
    refused(worker, "select * from hearth.my_grants()")
    refused(worker, "select * from hearth.protected_table")
    refused(worker, "call hearth.register_table('x', 'y', true, '', '')")
    for role in ("hearth_broad", "none"):
        with acting_as(worker), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            run(f"set local role {role}")
            run("select hearth.is_open(1)")

"""Injected SQL cannot learn that something hidden is there."""

import re

import psycopg
import pytest
from django.db import connection, transaction

from access.worlds import ask, circle_of, definer, give, nothing, refused, run, shut_out, sources_that_say
from hearth.access.identity import acting_as


def test_every_act_on_a_circle_answers_alike_for_hidden_and_missing(people, owner):
    lead, worker = people.lead, people.worker
    hidden, _ = circle_of(lead)
    restricted, _ = circle_of(lead, restricted=True)
    shut, _ = circle_of(lead)
    shut_out(owner, shut, worker)
    missing = 999_999
    acts = (
        "select hearth.give(%s, 1, '', 'full', 'owns_it', '', null, '', now(), null)",
        "select hearth.link_circles(%s, 1, now())",
        "select hearth.link_circles(1, %s, now())",
        "select hearth.unlink_circles(%s, 1, now())",
        "select hearth.restrict_circle(%s)",
        "insert into trial_note (circle_id, words) values (%s, 'x')",
        "insert into trial_event (circle_id, words) values (%s, 'x')",
        "select hearth.end_grant(%s, now())",
    )
    for act in acts:
        answers = {str(refused(worker, act, circle, because=".")) for circle in (hidden, restricted, shut, missing)}
        assert len(answers) == 1, answers
    for question in ("in_reach", "speaks_for", "parts_in"):
        with acting_as(worker), transaction.atomic():
            answers = [ask(f"select hearth.{question}(%s)", c) for c in (hidden, restricted, shut, missing)]
        assert answers in ([False] * 4, [[]] * 4)
    # Those who read broadly learn nothing of restricted circles either.
    broad = people.triage_officer
    for act in acts[:3] + acts[4:7]:
        assert str(refused(broad, act, restricted, because=".")) == str(refused(broad, act, missing, because="."))
    with acting_as(broad), transaction.atomic():
        assert [ask("select hearth.in_reach(%s)", c) for c in (restricted, missing, hidden)] == [False, False, True]


def test_an_unlucky_random_id_is_the_only_collision(people):
    """A unique key that is not random would tell that a hidden row exists. This one takes guessing 122 bits."""
    lead, worker = people.lead, people.worker
    _circle, address = circle_of(lead)
    mine, _ = circle_of(worker)
    give(mine, worker, lead)
    insert = "insert into trial_note (circle_id, public_id, words) values (%s, %s, 'x')"
    told = refused(worker, insert, mine, address, because="duplicate key")
    assert "words" not in str(told)
    with acting_as(worker), transaction.atomic():
        assert run(insert, mine, nothing()) == 1


LEAKS = (
    "select 1/(id - id) from trial_note where words = 'secret'",
    "select * from trial_note where 1/(case when words = 'secret' then 0 else 1 end) = 1",
    "select * from trial_note where words::int = 1",
    "select * from trial_event where 1/(case when words = 'secret' then 0 else 1 end) = 1",
    "update trial_note set words = 'x' where 1/(case when words = 'secret' then 0 else 1 end) = 1",
)


@pytest.mark.parametrize("leak", LEAKS)
def test_a_predicate_is_never_tried_on_a_hidden_row(people, leak):
    lead, worker = people.lead, people.worker
    circle, _ = circle_of(lead, words="secret")
    with acting_as(worker), transaction.atomic():
        assert run(leak) == 0
    give(circle, worker, lead)
    refused(worker, leak, because="division by zero|invalid input syntax")


def test_statistics_estimates_and_sequences_tell_nothing(people, owner):
    lead, worker = people.lead, people.worker
    for _ in range(5):
        circle_of(lead, words="secret")
    owner.execute("analyze trial_note, trial_event, access_circle, access_grant")
    with acting_as(worker), transaction.atomic():
        assert ask("select count(*) from pg_stats where tablename like 'trial%' or tablename like 'access%'") == 0
        plans = [
            ask(f"explain (format json) select * from trial_note where public_id = '{nothing()}'"),
            ask(f"explain (format json) select * from trial_note where public_id = '{some_address(owner)}'"),
        ]
        rows = {plan[0]["Plan"]["Plan Rows"] for plan in plans}
        assert len(rows) == 1
    refused(worker, "select last_value from trial_note_id_seq")
    refused(worker, "select currval('trial_note_id_seq')")
    refused(worker, "select * from pg_statistic")


def some_address(owner):
    with definer(owner):
        return owner.execute("select public_id from trial_note limit 1").fetchone()[0]


def test_what_others_are_asking_stays_with_them(people, postgres):
    """The words somebody is just saving stand in his query; the same role asks for everybody."""
    worker = people.worker
    name = connection.settings_dict["NAME"]
    with psycopg.connect(postgres.url(name, "hearth_app")) as other:
        other.execute("select 'bruises on both arms'")
        with acting_as(worker), transaction.atomic():
            run("set local role none")
            seen = ask("select string_agg(query, ' ') from pg_stat_activity where pid = %s", other.info.backend_pid)
            assert "bruises" not in (seen or "")
    # The control: where activity is tracked, the same role reads it.
    with psycopg.connect(postgres.url(name, "postgres"), autocommit=True) as superuser:
        superuser.execute(f'alter role hearth_app in database "{name}" set track_activities = on')
    with psycopg.connect(postgres.url(name, "hearth_app")) as other:
        other.execute("select 'bruises on both arms'")
        with acting_as(worker), transaction.atomic():
            run("set local role none")
            assert "bruises" in ask("select query from pg_stat_activity where pid = %s", other.info.backend_pid)


def test_files_programs_and_copies_go_through_the_same_wall(people):
    lead, worker = people.lead, people.worker
    circle, _ = circle_of(lead, words="secret")
    for statement in (
        "copy trial_note to '/tmp/taken'",
        "copy trial_note to program 'cat'",
        "select pg_read_file('/etc/passwd')",
        "select lo_export(1, '/tmp/taken')",
    ):
        refused(worker, statement, because="permission denied|must be|superuser|does not exist")
    refused(worker, "copy trial_note from stdin", because="row-level security|COPY")

    def copied():
        with connection.cursor() as cursor, cursor.copy("copy (select words from trial_note) to stdout") as copy:
            return b"".join(bytes(piece) for piece in copy)

    with acting_as(worker), transaction.atomic():
        assert copied() == b""
    give(circle, worker, lead)
    with acting_as(worker), transaction.atomic():
        assert copied() == b"secret\n"


def test_messages_between_sessions_carry_no_words():
    """LISTEN is anybody's: whatever is sent with NOTIFY may name a channel and a round of work, and nothing else."""
    wordy = r"pg_notify\(\s*'[^']*'\s*,(?!\s*'[a-z_]*'\s*\))|(?im:^\s*notify\s+\w+\s*,)"
    assert re.search(wordy, "perform pg_notify('due', 'register' || new.words)")
    assert re.search(wordy, "perform pg_notify('due', new.words)")
    assert not re.search(wordy, "perform pg_notify('due', '')")
    assert not re.search(wordy, "perform pg_notify('due', 'register')")
    assert sources_that_say(wordy) == []

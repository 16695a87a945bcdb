"""A lead asks for a policy to be tried; the jobs process works it out, and leads read what came of it."""

import psycopg
import pytest
from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act, Refused
from hearth.policy.packs import build, read_chain
from hearth.timescales.models import Trial
from hearth.timescales.simulating import BLOCKED, LATE, simulate
from hearth.timescales.trying import LOCKS, NoSuchTrial, ask, each_one, sums, trial_for, trials
from rounds import make_round
from timescales.three_cases import FRIDAY, PACKS, SPRING, STRICTER, three_cases, with_more

ROUND = "try_policies"
A_DAY_BEFORE = FRIDAY.replace(day=3)


def asked(lead, chain=None):
    with transaction.atomic(), acting_as(lead):
        return ask(chain or with_more(STRICTER), since=A_DAY_BEFORE, by=lead, at=SPRING)


def seen(lead, trial):
    with transaction.atomic(), acting_as(lead):
        return trial_for(lead, trial.public_id)


def test_it_is_worked_out_beside_and_says_what_would_have_been_different(own_cast, own_database):
    with transaction.atomic():
        three_cases(own_cast.lead, own_cast.owner)
    trial, same = asked(own_cast.lead), asked(own_cast.lead, read_chain(PACKS / "manchester-2025"))
    assert make_round(own_database, ROUND) == "2"
    done = seen(own_cast.deputy, trial)
    assert (done.state, done.records, done.left_out) == ("done", 2, 1)
    by_name = {(each.what, each.name): (each.recorded, each.tried) for each in each_one(done)}
    assert by_name[LATE, "case.target"] == (0, 1)
    assert by_name[BLOCKED, "review.band"] == (0, 2)
    with transaction.atomic():
        found = simulate(build(with_more(STRICTER)), since=A_DAY_BEFORE, until=SPRING).figures()
    assert sum(each.tried for each in sums(done)) == sum(each.tried for each in found), "the page adds up"
    assert all(each.recorded == each.tried for each in each_one(seen(own_cast.lead, same))), "the policy in force"


def test_one_whose_worker_died_is_taken_again_and_one_in_work_is_left_alone(own_cast, own_database):
    with transaction.atomic():
        three_cases(own_cast.lead, own_cast.owner)
    trial = asked(own_cast.lead)
    with psycopg.connect(own_database, user="postgres", autocommit=True) as worker:
        worker.execute("update timescales_trial set state = 'working', step = 'case'")
        worker.execute("select pg_advisory_lock(%s, %s)", (LOCKS, trial.pk))
        assert make_round(own_database, ROUND) == "0", "somebody works on it"
    assert make_round(own_database, ROUND) == "1"
    assert seen(own_cast.lead, trial).state == "done"


def test_only_those_who_propose_policies_ask_and_read(cast):
    trial = asked(cast.lead)
    for name in ("triage_officer", "manager", "auditor", "administrator", "reporter"):
        viewer = getattr(cast, name)
        with acting_as(viewer):
            with pytest.raises(Refused):
                ask(with_more(STRICTER), since=A_DAY_BEFORE, by=viewer, at=SPRING)
            with pytest.raises((Refused, NoSuchTrial)):
                trial_for(viewer, trial.public_id)
            assert not Trial.objects.exists(), "row security says the same"
    with acting_as(cast.deputy):
        assert [each.pk for each in trials(cast.deputy)] == [trial.pk]
        with connection.cursor() as cursor:
            cursor.execute("select hearth.proposing_parts()")
            assert set(cursor.fetchone()[0]) == {part.value for part in WHO_MAY[Act.ADOPT_POLICY]}


def test_asking_stands_in_the_ledger(own_cast, own_database):
    asked(own_cast.lead)
    with psycopg.connect(own_database, user="postgres") as superuser:
        said = superuser.execute("select by_id, facts ->> 'pack' from ledger_entry where act = 'policy.tried'")
        assert said.fetchall() == [(own_cast.lead.id, "stricter")]


def test_there_must_be_something_to_try_it_on(cast):
    with acting_as(cast.lead), pytest.raises(ValueError, match="nothing yet"):
        ask(with_more(STRICTER), since=SPRING, by=cast.lead, at=SPRING)

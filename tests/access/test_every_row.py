"""Every row of every guarded table, asked for by everybody; and every term of every policy taken away in turn.

What is asked comes from PostgreSQL's own catalogue: a new table, a new policy or a new arm of one is asked about
without being listed here, and fails until `rows_rules.py` says who may.
"""

import re
from contextlib import contextmanager
from itertools import chain

import psycopg
import pytest

from access.catalogue import policies_ask_who
from access.rows import house_of_rows
from access.rows_asked import QUESTIONS, Asker
from access.rows_me import BROAD, HOUSE, NARROW, THE_HOUSE
from access.terms_taken import Mutant, Policy, mutants, policies
from access.test_mutants import FUNCTIONS
from access.worlds import add_trial_tables

# A policy that looks the circle up meets the circle's own policy there, which asks the same: two locks on one door.
# Either alone goes unnoticed, and both together must not. The term here, and the one of `access_circle.broad_reads`.
SECOND_LOCKS = {
    "( SELECT hearth.is_broad() AS is_broad)": "( SELECT hearth.is_broad() AS is_broad)",
    "(NOT c.restricted)": "(NOT restricted)",
}
# Terms of the functions that stand in policies and that no other mutant takes away.
TERMS_OF_FUNCTIONS = (
    ("me", "(hearth.acting())[1]::bigint", "null"),
    ("my_parts", "(hearth.acting())[2:]", "array['lead']"),
    ("sent_concern", "c.reported_by_id = hearth.me() and", ""),
    ("sent_concern", "c.idempotency_key = hearth.my_key() and", ""),
    ("sent_concern", "and c.link_id is not null", ""),
    ("is_house", "coalesce(hearth.signed() = 0, false)", "true"),
    ("my_key", "return k::uuid", "return null"),
    ("my_alerts", "where s.user_id = (select hearth.me())", ""),
    ("my_excluded_people", "e.user_id = (select hearth.me()) and", ""),
    ("my_excluded_people", "(e.ends_at is null or e.ends_at > now())", "true"),
    ("reads_register", "select hearth.my_parts() && array", "select true or hearth.my_parts() && array"),
    ("keeps_register", "select hearth.my_parts() && array", "select true or hearth.my_parts() && array"),
    ("may_know_of", "not circle = any(hearth.my_excluded()) and", ""),
    ("may_know_of", "circle = any(hearth.my_circles()) or", ""),
    ("may_know_of", "coalesce(hearth.is_broad() and hearth.is_open(circle), false)", "false"),
    ("may_know_of", "hearth.is_broad() and", ""),
    ("may_know_of", "and hearth.is_open(circle)", ""),
    ("may_know_of", "g.circle_id = circle", "true"),
    ("may_know_of", "g.user_id = hearth.me() or", ""),
    ("may_know_of", "g.part <> '' and g.part = any(hearth.my_parts())", "false"),
    ("may_know_of", "and g.part = any(hearth.my_parts())", ""),
    ("may_know_of", "and g.ended_at is null", ""),
    ("may_know_of", "(g.ends_at is null or g.ends_at > now())", "true"),
)
# Lists of parts, held against WHO_MAY by test_catalogue or by the rules here.
ONLY_A_LIST = {"proposing_parts"}


@pytest.fixture(scope="module")
def database(cloned, postgres):
    """A superuser's connection to a house of rows, and the application's that asks."""
    with cloned() as address:
        name = psycopg.conninfo.conninfo_to_dict(address)["dbname"]
        with psycopg.connect(postgres.url(name, "hearth_owner"), autocommit=True) as owner:
            add_trial_tables(owner)
        with (
            psycopg.connect(postgres.url(name, "postgres"), autocommit=True) as superuser,
            psycopg.connect(postgres.url(name, "hearth_app"), autocommit=True) as connection,
        ):
            yield superuser, Asker(connection, house_of_rows(superuser, 4))


def people_for(asker, role):
    return asker.house.world.people if role != HOUSE else [THE_HOUSE, *asker.house.world.people[:2]]


def wrong(asker, table, command, role):
    return asker.wrong(table, command, role, people_for(asker, role))


# Who noticed last that a term was gone is asked first when it goes from another policy.
NOTICED_BEFORE: dict[str, str] = {}


def noticed(superuser, asker, *taken: Mutant) -> str:
    """What is answered wrongly of the first one's table while they stand; empty when nobody notices."""
    first = taken[0]
    before = NOTICED_BEFORE.get(first.term)
    people = sorted(people_for(asker, first.role), key=lambda who: who.name != before)
    with standing(superuser, *taken):
        asked = (asker.wrong(first.policy.table, command, first.role, people) for command in first.asked)
        found = next(chain.from_iterable(asked), None)
    if found:
        NOTICED_BEFORE[first.term] = found.who
    return str(found or "")


def found_by_the_catalogue(superuser, mutant: Mutant) -> str:
    with standing(superuser, mutant):
        return next(policies_ask_who(superuser), "")


@contextmanager
def standing(superuser, *taken: Mutant):
    try:
        for each in taken:
            superuser.execute(each.made)
        yield
    finally:
        for each in taken:
            superuser.execute(each.undone)


def first_lock(mutant: Mutant, every: list[Policy]) -> Mutant | None:
    """The term of the circle's own policy that refuses the same rows."""
    if "FROM access_circle c" not in f"{mutant.policy.using} {mutant.policy.check}" or mutant.term not in SECOND_LOCKS:
        return None
    (own,) = [each for each in every if (each.table, each.name) == ("access_circle", "broad_reads")]
    return next(each for each in mutants(own) if each.term == SECOND_LOCKS[mutant.term])


def test_everybody_reaches_every_row_as_the_rules_say(database):
    _superuser, asker = database
    found = [
        str(each)
        for table in asker.house.rows
        for command in QUESTIONS
        for role in (BROAD, NARROW, HOUSE)
        for each in wrong(asker, table, command, role)
    ]
    assert found == []
    assert len(asker.house.rows) > 50


def test_every_policy_has_a_mutant_and_every_mutant_is_noticed(database):
    superuser, asker = database
    every, alive = policies(superuser), []
    for policy in every:
        made = list(mutants(policy))
        assert made, f"{policy} has no mutant"
        alive += [str(mutant) for mutant in made if lives(superuser, asker, mutant, every)]
    assert alive == []
    left = [str(each) for table in asker.house.rows for each in wrong(asker, table, "reads", BROAD)]
    assert left == [], "a mutant was not undone"


def lives(superuser, asker, mutant: Mutant, every: list[Policy]) -> bool:
    seen, first = noticed(superuser, asker, mutant), first_lock(mutant, every)
    if first:
        assert not seen, f"{mutant} is noticed, so it is no second lock: {seen[:300]}"
        return not noticed(superuser, asker, mutant, first)
    return not (seen or found_by_the_catalogue(superuser, mutant))


def functions_in(policy: Policy) -> set[str]:
    return set(re.findall(r"hearth\.(\w+)\(", f"{policy.using} {policy.check}"))


def test_every_function_of_a_policy_has_a_mutant(database):
    superuser, _asker = database
    asked = {name for policy in policies(superuser) for name in functions_in(policy)}
    tried = {name for name, *_ in (*FUNCTIONS, *TERMS_OF_FUNCTIONS)}
    assert asked - tried == ONLY_A_LIST


@pytest.mark.parametrize(("name", "term", "instead"), TERMS_OF_FUNCTIONS)
def test_every_term_of_such_a_function_is_noticed(database, name, term, instead):
    superuser, asker = database
    was = superuser.execute("select pg_get_functiondef(%s::regproc)", (f"hearth.{name}",)).fetchone()[0]
    assert term in was
    using = [policy for policy in policies(superuser) if policy.role and name in functions_in(policy)]
    superuser.execute(was.replace(term, instead))
    try:
        found = (str(each) for policy in using for each in wrong(asker, policy.table, "reads", policy.role))
        assert next(found, "")
    finally:
        superuser.execute(was)


PLANTED = {
    "a policy nobody thought of": (
        "create policy kind on cases_note for select to hearth_narrow using ((select hearth.me()) is not null)",
        "drop policy kind on cases_note",
    ),
    "rows for whoever takes a role": (
        "create policy kind on drafts_draft for select to hearth_narrow using (true)",
        "drop policy kind on drafts_draft",
    ),
    "an insert nobody thought of": (
        "create policy kind on triage_watch for insert to hearth_narrow"
        " with check ((select hearth.i_may('keep users')))",
        "drop policy kind on triage_watch",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found(database, planted):
    """The control: each is asked about without being listed anywhere."""
    superuser, asker = database
    made, undone = PLANTED[planted]
    (table,) = re.findall(r" on (\w+)", undone)
    superuser.execute(made)
    try:
        assert [each for command in QUESTIONS for each in wrong(asker, table, command, NARROW)]
    finally:
        superuser.execute(undone)


def test_an_arm_that_opens_nothing_stays_alive(database):
    """The control of the mutants: nobody notices that it is gone, and the test says so."""
    superuser, asker = database
    (policy,) = [each for each in policies(superuser) if (each.table, each.name) == ("triage_watch", "narrow_reads")]
    idle = "((select hearth.i_may('keep users')) and (select hearth.i_may('nothing')))"
    superuser.execute(policy.altered("using", f"{policy.using} or {idle}"))
    try:
        (planted,) = [each for each in policies(superuser) if (each.table, each.name) == (policy.table, policy.name)]
        alive = [each.term for each in mutants(planted) if not noticed(superuser, asker, each)]
        assert any("nothing" in term for term in alive)
    finally:
        superuser.execute(policy.altered("using", policy.using))

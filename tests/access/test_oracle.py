"""Random houses: what PostgreSQL lets through is what a dozen lines of Python say."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from access.oracle import Somebody, World, may_see, may_see_grant, may_see_link, may_write, random_world
from access.worlds import run
from hearth.access.identity import acting_as

PROBES = 3_000


@pytest.fixture
def superuser(owner, postgres):
    with psycopg.connect(postgres.url(connection.settings_dict["NAME"], "postgres"), autocommit=True) as superuser:
        yield superuser


def expectations(world: World, who: Somebody) -> dict[str, tuple[set[int], set[int]]]:
    """What somebody asks -> the rows there are, and those he should get."""
    links = dict(zip(world.link_ids, world.links, strict=True))
    circles = set(world.restricted)
    mine = {circle for circle in circles if may_write(world, who, circle)}
    notes, events = {note.id for note in world.notes}, {event.id for event in world.events}
    return {
        "trial_note": (notes, {note.id for note in world.notes if may_see(world, who, note)}),
        "trial_event": (events, {event.id for event in world.events if event.circle in mine}),
        "access_circle": (circles, mine),
        "access_grant": (
            {grant.id for grant in world.grants},
            {grant.id for grant in world.grants if may_see_grant(world, who, grant)},
        ),
        "access_circlelink": (
            set(links),
            {id for id, (case, joined, _live) in links.items() if may_see_link(world, who, case, joined)},
        ),
        "changes": (notes, {note.id for note in world.notes if note.circle in mine}),
        "adds notes": (circles, mine),
        "adds events": (circles, mine),
    }


def differences(world: World, *, settings: str = "") -> tuple[int, list[str]]:
    """How often we asked, and where PostgreSQL and the oracle do not agree."""
    asked, wrong = 0, []
    for who in world.people:
        for act, (there, expected) in expectations(world, who).items():
            for role in ("", "hearth_broad"):
                if act == "changes":
                    found = touched(who, "update trial_note set words = 'x'", "trial.touched", role)
                elif act.startswith("adds"):
                    table = {"adds notes": "trial_note", "adds events": "trial_event"}[act]
                    circles = ",".join(map(str, world.restricted))
                    found = touched(who, TRY_TO_ADD % (circles, table), "trial.added", role)
                else:
                    found = answers(who, f"select id from {act}", role, settings)
                asked += len(there)
                wrong += [f"{who.name} {act} as {role or 'himself'}: {id}" for id in (found & there) ^ expected]
    return asked, wrong


def answers(who, statement, role, settings):
    with acting_as(who), transaction.atomic(), connection.cursor() as cursor:
        if settings:
            cursor.execute(settings)
        if role:
            cursor.execute(f"set local role {role}")
        cursor.execute(statement)
        ids = {id for (id,) in cursor.fetchall()}
        transaction.set_rollback(True)
    return ids


TRY_TO_ADD = """
do $$
declare c bigint; added text := '';
begin
  foreach c in array '{%s}'::bigint[] loop
    begin
      insert into %s (circle_id, words) values (c, 'x');
      added := added || c || ',';
    exception when insufficient_privilege then null;
    end;
  end loop;
  perform set_config('trial.added', added, true);
end $$
"""


def touched(who, statement, setting, role):
    """The numbers a statement left in a setting: an update that reads nothing answers to its own policy alone."""
    with acting_as(who), transaction.atomic(), connection.cursor() as cursor:
        if role:
            cursor.execute(f"set local role {role}")
        cursor.execute(statement)
        cursor.execute("select current_setting(%s, true)", [setting])
        numbers = {int(number) for number in (cursor.fetchone()[0] or "").split(",") if number}
        transaction.set_rollback(True)
    return numbers


def test_postgres_lets_through_what_the_oracle_says(superuser):
    world = random_world(superuser, 1, people=12, circles=50)
    asked, wrong = differences(world)
    print(f"{asked} probes")
    assert asked >= PROBES
    assert wrong == []
    some = [note for who in world.people for note in world.notes if may_see(world, who, note)]
    assert len(world.notes) < len(some) < len(world.notes) * len(world.people) / 2, "the world has to be mixed"


PARALLEL = (
    "set local debug_parallel_query = on; set local parallel_leader_participation = off;"
    " set local min_parallel_table_scan_size = 0; set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0"
)


def found_out(world):
    """Whether the probes notice: by a difference, or because an update that is allowed is refused outright."""
    try:
        return bool(differences(world, settings=PARALLEL)[1])
    except ProgrammingError as refused:
        return "row-level security" in str(refused)


def test_it_holds_when_parallel_workers_read_without_the_leader(superuser):
    """A worker has another process id, so the signed identity would fail there; rows would vanish without an error."""
    world = random_world(superuser, 2, people=4, circles=50)
    asked, wrong = differences(world, settings=PARALLEL)
    assert asked >= PROBES
    assert wrong == []
    # The control: were the functions called safe for parallel workers, the same probes would find it.
    for function in (
        "me()",
        "acting()",
        "worked_out()",
        "vouched_for(text)",
        "seal_of(bytea)",
        "reaches(bigint)",
        "is_broad()",
        "my_circles()",
        "my_excluded()",
        "my_parts()",
        "signed()",
        "parts_of(bigint)",
    ):
        superuser.execute(f"alter function hearth.{function} parallel safe")
    # A voucher holds in a parallel worker too; what is worked out anew does not.
    superuser.execute("""create or replace function hearth.voucher() returns text language sql
        set search_path = pg_catalog, pg_temp as $$ select '' $$""")
    world.people = [who for who in world.people if who.active][:2]
    assert found_out(world)


NAIVE = (
    "alter policy broad_reads on trial_note using (true)",
    "alter policy narrow_reads on trial_note using (circle_id = any(hearth.my_circles()))",
    "alter policy broad_reads on trial_event using (circle_id = any(hearth.my_circles()))",
    "alter policy narrow_changes on trial_note using (true) with check (true)",
    "alter policy narrow_adds on trial_event with check (true)",
)


@pytest.mark.parametrize("naive", NAIVE)
def test_a_naive_policy_is_caught(superuser, naive):
    world = random_world(superuser, 3, people=10, circles=20)
    assert differences(world)[1] == []
    superuser.execute(naive)
    assert differences(world)[1]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_ten_times_as_many_houses(superuser, seed):
    asked, wrong = differences(random_world(superuser, seed, people=40, circles=150))
    assert asked >= 10 * PROBES
    assert wrong == []
    run("select 1")

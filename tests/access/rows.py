"""A house with rows in every guarded table, of which PostgreSQL keeps nothing but the policies.

Foreign keys, checks, unique keys and triggers are taken off and every right is given, so that each policy is asked by
itself: a row needs no history, and no policy hides behind a right that was never given.
"""

import hashlib
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from access.oracle import NOW, WHEN, Grant, Somebody, World, new_user, tell
from hearth.organisation.terms import Part

TODAY = NOW.date() + timedelta(days=1)  # a day that is not over anywhere
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
POSTS = ("lead", "deputy", "triage", "case-worker", "intake", "auditor", "register-keeper", "administrator", "")
CIRCLES = 10
TOLD = frozenset(
    {"access_circle", "access_grant", "access_circlelink", "access_excludedcircle", "trial_note", "trial_event"}
)
KEY, TOKEN = "6f0b1f9e-3c1c-4d0a-9a57-3f6d2f0e8b15", "the token of one browser"
HOLDER = hashlib.sha256(TOKEN.encode()).hexdigest()
Row = dict[str, Any]

ALONE = """
do $$
declare each record;
begin
  for each in select k.conname, k.conrelid::regclass as t from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relrowsecurity and c.relnamespace = 'public'::regnamespace and not c.relispartition
      and k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0 order by k.contype <> 'f'
  loop execute format('alter table %s drop constraint if exists %I cascade', each.t, each.conname); end loop;
  for each in select x.indexrelid::regclass as i from pg_index x join pg_class c on c.oid = x.indrelid
    where c.relrowsecurity and c.relnamespace = 'public'::regnamespace and not c.relispartition
      and x.indisunique
  loop execute format('drop index if exists %s cascade', each.i); end loop;
  for each in select c.oid::regclass as t, c.relispartition as is_part from pg_class c
    where (c.relrowsecurity or c.relispartition) and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relispartition desc
  loop
    execute format('alter table %s disable trigger user', each.t);
    continue when each.is_part;
    execute format('create trigger trial_noted after update on %s for each row execute function hearth.trial_noted()',
      each.t);
  end loop;
  grant select, insert, update, delete on all tables in schema public to hearth_broad, hearth_narrow, hearth_house;
end $$"""
NOTED = """
create function hearth.trial_noted() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('trial.touched',
    coalesce(current_setting('trial.touched', true), '') || (to_jsonb(old) ->> 'id') || ',', true);
  return null;
end $$"""
APPOINT = "insert into organisation_appointment (user_id, post_id, is_cover, starts_at) values (%s, %s, false, %s)"
COLUMNS = """
select c.relname, a.attname, t.typname, a.attnotnull, a.attidentity <> '' or a.attgenerated <> '',
  exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any(k.conkey)
    and k.confrelid = 'organisation_user'::regclass),
  case when t.typname in ('varchar', 'bpchar') and a.atttypmod > 4 then a.atttypmod - 4 else 40 end
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
  and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum"""


@dataclass
class House:
    """Who is there, what they may do by the oracle, and every row of every guarded table."""

    world: World
    rows: dict[str, list[Row]] = field(default_factory=dict)
    whole: dict[str, Row] = field(default_factory=dict)  # one that can be added as it is, for each table
    circle_of: dict[str, str] = field(default_factory=dict)  # the column in which a protected table keeps its circle
    items: dict[str, list[Grant]] = field(default_factory=dict)  # places in one record of a kind, besides the trial's


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    needed: bool
    made: bool
    names_user: bool
    longest: int


def house_of_rows(superuser: psycopg.Connection, seed: int) -> House:
    """Build it in a database of the test's own, as the superuser."""
    chance, house = random.Random(seed), House(World())
    _in_post(superuser, house.world, chance)
    tell(superuser, house.world, chance, CIRCLES)
    columns = _columns(superuser)
    superuser.execute(NOTED)
    superuser.execute(ALONE)
    house.circle_of = dict(superuser.execute("select name, circle_column from hearth.protected_table").fetchall())
    superuser.execute("set session_replication_role = replica")
    for table in sorted(columns):
        _fill(superuser, house, chance, table, columns[table])
    _let_in_to_items(superuser, house, chance)
    _let_in_a_little(superuser, house)
    _let_in_by_a_part_and_by_a_link(superuser, house)
    _were_joined_once(superuser, house)
    _was_shut_out_once(superuser, house)
    superuser.execute("set session_replication_role = origin")
    for table in columns:
        house.rows[table] = _rows(superuser, table)
    return house


def _in_post(superuser: psycopg.Connection, world: World, chance: random.Random) -> None:
    posts = {key: (id, parts) for id, key, parts in superuser.execute("select id, key, parts from organisation_post")}
    for post in POSTS:
        who = new_user(superuser, chance, post or "nobody")
        if post:
            superuser.execute(APPOINT, (who, posts[post][0], LONG_AGO))
        parts = frozenset(Part(part) for part in (posts[post][1] if post else ()))
        world.people.append(Somebody(who, post or "nobody", True, parts))
    gone = new_user(superuser, chance, "gone", active=False)
    superuser.execute(APPOINT, (gone, posts["lead"][0], LONG_AGO))
    world.people.append(Somebody(gone, "gone", False, frozenset({Part.LEAD})))


def _columns(superuser: psycopg.Connection) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for table, *told in superuser.execute(COLUMNS).fetchall():
        found.setdefault(table, []).append(Column(*told))
    return found


def _fill(
    superuser: psycopg.Connection, house: House, chance: random.Random, table: str, columns: list[Column]
) -> None:
    circles = list(house.world.restricted)
    for n in range(len(circles) * MORE.get(table, 1)):
        circle = circles[n % len(circles)]
        row = {each.name: _value(house, chance, table, each, circle) for each in columns if not each.made}
        row |= SPECIAL[table](house, chance, n) if table in SPECIAL else {}
        if table not in TOLD:
            _add(superuser, table, row)
    house.rows[table] = _rows(superuser, table)
    (whole,) = superuser.execute(f"select to_jsonb(t) from {table} t limit 1").fetchone()
    house.whole[table] = {each.name: whole[each.name] for each in columns if not each.made}


def _add(superuser: psycopg.Connection, table: str, row: Row) -> int:
    names, places = sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join([sql.Placeholder()] * len(row))
    statement = sql.SQL("insert into {} ({}) values ({}) returning id").format(sql.Identifier(table), names, places)
    made: int = superuser.execute(statement, list(row.values())).fetchone()[0]
    return made


def _rows(superuser: psycopg.Connection, table: str) -> list[Row]:
    return superuser.cursor(row_factory=dict_row).execute(f"select * from {table} order by id").fetchall()


def _value(house: House, chance: random.Random, table: str, column: Column, circle: int) -> Any:
    if column.name == house.circle_of.get(table):
        return circle
    if column.name == "restricted":
        return house.world.restricted[circle]
    if column.names_user:
        return chance.choice(house.world.people).id
    if not column.needed:
        return None
    is_list = column.kind.startswith("_")
    return [] if is_list else KINDS[column.kind](chance, column.longest)


KINDS: dict[str, Callable[[random.Random, int], Any]] = {
    **dict.fromkeys(("int8", "int4"), lambda chance, _: chance.randrange(1, 10**9)),
    **dict.fromkeys(("int2", "numeric"), lambda chance, _: chance.randrange(1, 30_000)),
    **dict.fromkeys(("text", "varchar", "bpchar"), lambda chance, longest: f"{chance.randrange(10**9)}"[:longest]),
    **dict.fromkeys(("json", "jsonb"), lambda *_: Jsonb({})),
    "bool": lambda *_: False,
    "uuid": lambda chance, _: uuid.UUID(int=chance.getrandbits(128), version=4),
    "timestamptz": lambda *_: NOW,
    "date": lambda *_: NOW.date(),
    "time": lambda *_: time(9),
    "interval": lambda *_: timedelta(days=1),
    "bytea": lambda *_: b"x",
    "xid8": lambda *_: "1",
}


def _let_in_to_items(superuser: psycopg.Connection, house: House, chance: random.Random) -> None:
    """A guest has a place in one referral or note. In another one's meeting of that number he has none."""
    for table, kind in (("partners_referral", "referral"), ("trial_note", "trial")):
        for row in house.rows[table] * 2:
            said, ends = chance.choice([kind, kind, "meeting"]), chance.choice(["never", "future", "past"])
            who, ended = chance.choice(house.world.people).id, chance.random() < 0.2
            opens = row["id"] if said == "trial" else None
            place = Grant(row["circle_id"], who, "", "one_item", ends, ended, opens)
            _give(superuser, house, place, item_kind=said, item_id=row["id"])
            if said == "referral":
                house.items.setdefault(said, []).append(replace(place, item=row["id"]))


def _let_in_a_little(superuser: psycopg.Connection, house: House) -> None:
    """Everybody has places that open less than a record, some of them where nothing else opens it."""
    circles = list(house.world.restricted)
    for n, who in enumerate(house.world.people):
        for further, reach in ((0, "marker"), (2, "own_words"), (5, "marker"), (7, "own_words")):
            _give(superuser, house, Grant(circles[(n + further) % CIRCLES], who.id, "", reach, "never", False))


def _let_in_by_a_part_and_by_a_link(superuser: psycopg.Connection, house: House) -> None:
    """Somebody knows of one circle by his post alone, and somebody of another by its link to his own alone."""
    world, by_name = house.world, {who.name: who for who in house.world.people}
    (circle, *_), part = _strange_to(world, by_name["register-keeper"]), Part.REGISTER_KEEPER.value
    _give(superuser, house, Grant(circle, None, part, "marker", "never", False))
    case, joined, *_ = _strange_to(world, by_name["nobody"])
    _give(superuser, house, Grant(case, by_name["nobody"].id, "", "full", "never", False))
    _add(superuser, "access_circlelink", {"case_circle_id": case, "joined_circle_id": joined, "linked_at": NOW})
    world.links.append((case, joined, True))


def _strange_to(world: World, who: Somebody) -> list[int]:
    known = {grant.circle for grant in world.grants if grant.user == who.id or grant.part in who.parts}
    return [circle for circle in world.restricted if circle not in known and (who.id, circle) not in world.shut]


def _give(superuser: psycopg.Connection, house: House, place: Grant, **item: Any) -> None:
    made = _add(superuser, "access_grant", {
        "circle_id": place.circle, "user_id": place.user, "part": place.part, "reach": place.reach,
        "part_in_it": "invited", "item_kind": "", "why": "", "given_at": NOW, "ends_at": WHEN[place.ends],
        "ended_at": NOW if place.ended else None, **item,
    })  # fmt: skip
    house.world.grants.append(replace(place, id=made))


def _were_joined_once(superuser: psycopg.Connection, house: House) -> None:
    """Each circle was joined to each other some time, so that rows show what both ends of a link ask for."""
    circles, already = list(house.world.restricted), {(case, joined) for case, joined, _live in house.world.links}
    for case in circles:
        for joined in circles:
            if case != joined and (case, joined) not in already:
                over = {"case_circle_id": case, "joined_circle_id": joined, "linked_at": NOW, "ended_at": NOW}
                _add(superuser, "access_circlelink", over)


def _was_shut_out_once(superuser: psycopg.Connection, house: House) -> None:
    """A lead was shut out from somebody for a while. She is told of others there, and not that she was."""
    by_name = {who.name: who.id for who in house.world.people}
    for user, ends in ((by_name["lead"], "past"), (by_name["deputy"], "never")):
        _add(superuser, "access_exclusion", {
            "user_id": user, "declared_by_id": by_name["nobody"], "person_id": CIRCLES * 10, "why": "",
            "starts_at": LONG_AGO, "ends_at": WHEN[ends],
        })  # fmt: skip


# What the policies ask of a row besides its circle and its people: each of the answers, by turns or by chance.
MORE = dict.fromkeys(("concerns_worry", "outbound_alertstep"), 3) | dict.fromkeys(
    ("access_exclusion", "access_refusal", "concerns_concern", "drafts_draft", "housing_marker", "outbound_message",
     "people_person", "people_role"), 4,
) | {"outbound_notice": 11}  # fmt: skip


def _concern(house: House, chance: random.Random, n: int) -> Row:
    """Of each reporter two that came without a link and two by one, and of both one with the key that he holds."""
    by_link, held = n >= 2 * CIRCLES, n // CIRCLES % 2 == 1
    return {
        "reported_by_id": house.world.people[n % len(house.world.people)].id, "link_id": 1 if by_link else None,
        "idempotency_key": KEY if held else str(uuid.UUID(int=chance.getrandbits(128), version=4)),
    }  # fmt: skip


def _worry(house: House, chance: random.Random, n: int) -> Row:
    """Each reporter's, about what he sent with the key he holds, by a link with another one, and without a link."""
    concerns = house.rows["concerns_concern"]
    return {
        "raised_by_id": house.world.people[n % len(house.world.people)].id,
        "concern_id": concerns[len(concerns) - CIRCLES * (1 + n // CIRCLES) + n % CIRCLES]["id"],
    }  # fmt: skip


def _notice(house: House, chance: random.Random, n: int) -> Row:
    """For everybody one of each circle, and one of none."""
    circles = [*house.world.restricted, None]
    return {"user_id": house.world.people[n % len(house.world.people)].id, "circle_id": circles[n // CIRCLES % 11]}


SPECIAL: dict[str, Callable[[House, random.Random, int], Row]] = {
    "access_exclusion": lambda house, chance, _: {
        "person_id": chance.randrange(1, 9), "ends_at": WHEN[chance.choice(["never", "future", "past"])],
    },
    "access_refusal": lambda house, chance, n: {} if n % 4 else {"circle_id": None, "restricted": False},
    "concerns_concern": _concern,
    "concerns_worry": _worry,
    "drafts_draft": lambda house, chance, _: {"holder": chance.choice(["", HOLDER, "0" * 64])},
    "housing_marker": lambda house, chance, _: {
        "taken_off_at": chance.choice([None, None, NOW]),
        "until": chance.choice([TODAY, TODAY - timedelta(days=3), TODAY + timedelta(days=9)]),
    },
    "outbound_alertstep": lambda house, chance, _: {"alert_id": chance.choice(house.rows["outbound_alert"])["id"]},
    "outbound_message": lambda house, chance, _: {"state": chance.choice(["waiting", "sent", "failed", "withheld"])},
    "outbound_notice": _notice,
    "people_person": lambda house, chance, _: {"from_register": chance.choice([True, False])},
    "people_role": lambda house, chance, _: {"person_id": chance.choice(house.rows["people_person"])["id"]},
}  # fmt: skip

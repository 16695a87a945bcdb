"""Asking PostgreSQL for rows as somebody, one round trip each, and where it answers otherwise than the rules."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from access.oracle import Somebody
from access.rows import KEY, TOKEN, House, Row
from access.rows_me import HOUSE, THE_HOUSE, Me
from access.rows_own import as_the_house, rules_of
from access.rows_rules import Rules
from hearth.access import identity

ASK = """
begin;
select set_config('hearth.identity', {token}, true), set_config('hearth.key', {key}, true),
  set_config('hearth.draft_token', {draft}, true), set_config('hearth.voucher', hearth.voucher(), true);
set local role {role};
{statement};
rollback"""
SEEN = "select coalesce(string_agg(id::text, ','), '') from {table}"
# What else goes wrong is no refusal: it fails the test.
ADD = """
do $trial$
declare said text := ''; n int := 0; r record;
begin
  for r in select * from jsonb_populate_recordset(null::{table}, {tries}) loop
    begin
      insert into {table} ({names}) values ({values});
      said := said || n || ',';
    exception when insufficient_privilege then null;
    end;
    n := n + 1;
  end loop;
  perform set_config('trial.said', said, true);
end $trial$;
select current_setting('trial.said')"""
# Each change is taken back before the next: an update that reads nothing answers to its own policies alone.
CHANGE = """
do $trial$
declare said text := ''; touched text; r record;
begin
  for r in select * from jsonb_populate_recordset(null::{table}, {moves}) loop
    begin
      perform set_config('trial.touched', '', true);
      update {table} set {assignments};
      touched := current_setting('trial.touched');
      raise exception 'undone' using errcode = 'HR001';
    exception
      when sqlstate 'HR001' then said := said || touched || ';';
      when insufficient_privilege then said := said || 'refused;';
    end;
  end loop;
  perform set_config('trial.said', said, true);
end $trial$;
select current_setting('trial.said')"""


@dataclass(frozen=True)
class Asked:
    """One question to PostgreSQL, its answer and what the rule says."""

    table: str
    command: str
    who: str
    role: str
    found: object
    expected: object

    def __str__(self) -> str:
        return f"{self.table} {self.command} by {self.who} as {self.role}: {self.found}, must be {self.expected}"


@dataclass(frozen=True)
class Asker:
    """A connection of the application's, and the house it asks for."""

    connection: psycopg.Connection
    house: House

    def wrong(self, table: str, command: str, role: str, people: Iterable[Somebody]) -> Iterator[Asked]:
        """Answers that are not as the rule says."""
        rules = (as_the_house if role == HOUSE else rules_of)(table, self.house)
        for who in people:
            asked = QUESTIONS[command](self, table, Me(self.house, who, role), rules)
            if asked is not None and asked[0] != asked[1]:
                yield Asked(table, command, who.name, role, *asked)

    def reads(self, table: str, me: Me, rules: Rules) -> tuple[object, object]:
        said = self._say(me, sql.SQL(SEEN).format(table=sql.Identifier(table)))
        return _set(said), {str(row["id"]) for row in self.house.rows[table] if rules.reads(me, row)}

    def adds(self, table: str, me: Me, rules: Rules) -> tuple[object, object] | None:
        tries = rules.tries(me)
        if not tries:
            return None
        said = self._say(me, self._adding(table, tries))
        return _set(said), {str(n) for n, row in enumerate(tries) if rules.adds(me, row)}

    def changes(self, table: str, me: Me, rules: Rules) -> tuple[object, object] | None:
        moves = rules.moves(me)
        if not moves:
            return None
        said = self._say(me, self._changing(table, moves))
        found = [part if part == "refused" else _set(part) for part in said.split(";")[:-1]]
        return found, [self._expected(table, me, rules, move) for move in moves]

    def _expected(self, table: str, me: Me, rules: Rules, move: Row) -> object:
        """The rows somebody may change, unless one of them would become what he may not make of it."""
        mine = [row for row in self.house.rows[table] if rules.changes(me, row)]
        if all(rules.becomes(me, {**row, **move}) for row in mine):
            return {str(row["id"]) for row in mine}
        return "refused"

    def _adding(self, table: str, tries: list[Row]) -> sql.Composed:
        whole = self.house.whole[table]
        return sql.SQL(ADD).format(
            table=sql.Identifier(table), tries=_json([{**whole, **said} for said in tries]),
            names=sql.SQL(", ").join(map(sql.Identifier, whole)),
            values=sql.SQL(", ").join(sql.Identifier("r", name) for name in whole),
        )  # fmt: skip

    def _changing(self, table: str, moves: list[Row]) -> sql.Composed:
        """Into what each move says, or each row into what it is."""
        name, *_ = self.house.whole[table]
        into = [sql.SQL("{} = {}").format(sql.Identifier(each), sql.Identifier("r", each)) for each in moves[0]]
        as_it_is = sql.SQL("{0} = {1}").format(sql.Identifier(name), sql.Identifier(table, name))
        return sql.SQL(CHANGE).format(
            table=sql.Identifier(table), moves=_json(moves), assignments=sql.SQL(", ").join(into or [as_it_is])
        )

    def _say(self, me: Me, statement: sql.Composable) -> str:
        token = identity.token(0 if me.who is THE_HOUSE else me.who.id, self.connection.info.backend_pid)
        whole = sql.SQL(ASK).format(
            token=sql.Literal(token), key=sql.Literal(KEY), draft=sql.Literal(TOKEN), role=sql.Identifier(me.role),
            statement=statement,
        )  # fmt: skip
        try:
            cursor = self.connection.execute(whole)
        except psycopg.Error:
            self.connection.execute("rollback")
            raise
        answer = ""
        while True:
            if cursor.description:
                answer = cursor.fetchall()[-1][0]
            if not cursor.nextset():
                return str(answer)


QUESTIONS: Mapping[str, object] = {"reads": Asker.reads, "adds": Asker.adds, "changes": Asker.changes}


def _set(said: str) -> set[str]:
    return {part for part in said.split(",") if part}


def _json(rows: list[Row]) -> sql.Literal:
    return sql.Literal(json.dumps(rows))

"""Every policy of the database's own catalogue with one of its terms taken away, each in turn.

PostgreSQL writes its policies down with brackets around every `and` and `or`. Of each bracket every term is taken away
once: a term of an `and` becomes true, an arm of an `or` becomes false. A policy that is one term becomes true, and so
does one that only restricts others; one that holds for everybody in a role of the house's own is given to people too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

PEOPLE = ("hearth_broad", "hearth_narrow")
ASKED = {"SELECT": ("reads",), "INSERT": ("adds",), "UPDATE": ("changes",), "ALL": ("reads", "adds", "changes")}
POLICIES = """
select tablename, policyname, permissive = 'RESTRICTIVE', roles::text[], cmd, qual, with_check from pg_policies
where schemaname = 'public' order by tablename, policyname"""


@dataclass(frozen=True)
class Policy:
    table: str
    name: str
    restricts: bool
    roles: list[str]
    command: str
    using: str | None
    check: str | None

    @property
    def role(self) -> str:
        """As whom it is asked: people under the first role it names, else the house, else nobody of ours."""
        return next((role for role in (*PEOPLE, "hearth_house") if role in self.roles), "")

    def altered(self, what: str, said: str) -> str:
        return f"alter policy {self.name} on {self.table} {what} ({said})"

    def given_to(self, roles: list[str]) -> str:
        return f"alter policy {self.name} on {self.table} to {', '.join(roles)}"


@dataclass(frozen=True)
class Mutant:
    """A policy without one of its terms: how it is made, undone, and who is asked what to notice it."""

    policy: Policy
    what: str  # `using`, `with check` or `to`
    term: str
    made: str
    undone: str
    role: str

    def __str__(self) -> str:
        return f"{self.policy.table}.{self.policy.name} {self.what}: without {self.term}"

    @property
    def asked(self) -> tuple[str, ...]:
        """Which questions could show it."""
        asked = ASKED[self.policy.command]
        return tuple(each for each in asked if each != "reads") if self.what == "with check" else asked


def policies(superuser: psycopg.Connection) -> list[Policy]:
    return [Policy(*told) for told in superuser.execute(POLICIES).fetchall()]


def mutants(policy: Policy) -> Iterator[Mutant]:
    """All of one policy."""
    for what, said in (("using", policy.using), ("with check", policy.check)):
        if said and said != "true":
            whole = [(said, "true")] if policy.restricts else []
            for term, changed in (*whole, *without_each_term(said)):
                made, undone = policy.altered(what, changed), policy.altered(what, said)
                yield Mutant(policy, what, term, made, undone, policy.role)
    if {policy.using, policy.check} <= {"true", None}:
        made, undone = policy.given_to([*policy.roles, *PEOPLE]), policy.given_to(policy.roles)
        yield Mutant(policy, "to", f"its role {', '.join(policy.roles)}", made, undone, PEOPLE[0])


def without_each_term(said: str) -> Iterator[tuple[str, str]]:
    """Each term of an expression, and the expression without it."""
    found = False
    for start, end in _brackets(said):
        terms, joined_by = _terms(said, start + 1, end)
        for first, last in terms if joined_by else ():
            found = True
            neutral = "true" if joined_by == "AND" else "false"
            yield said[first:last], said[:first] + neutral + said[last:]
    if not found:
        yield said, "true"


def _brackets(said: str) -> Iterator[tuple[int, int]]:
    opened = []
    for place, letter in _outside_quotes(said):
        if letter == "(":
            opened.append(place)
        elif letter == ")":
            yield opened.pop(), place


def _terms(said: str, start: int, end: int) -> tuple[list[tuple[int, int]], str]:
    """The stretches a bracket joins by AND or OR, and by which."""
    depth, cuts, joined_by = 0, [start], ""
    for place, letter in _outside_quotes(said):
        if not start <= place < end:
            continue
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and (word := re.compile(r" (AND|OR) ").match(said, place)):
            joined_by = word[1]
            cuts += [place, word.end()]
    cuts.append(end)
    return list(zip(cuts[::2], cuts[1::2], strict=True)), joined_by


def _outside_quotes(said: str) -> Iterator[tuple[int, str]]:
    quoted = False
    for place, letter in enumerate(said):
        quoted ^= letter == "'"
        if not quoted:
            yield place, letter

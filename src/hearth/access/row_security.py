"""Row security, wall two: each app calls these from its own migrations.

Every protected table gets one simple policy per plan-choosing role, so that the planner starts from the right index;
identity decides, the role only picks the plan. See docs/concepts/access.md.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

BOTH = "hearth_broad, hearth_narrow"
NOT_SHUT = "not ({circle} = any((select hearth.my_excluded())::bigint[]))"
MINE = "{circle} = any((select hearth.my_circles())::bigint[])"
# A broad reader reaches so many circles that each row is asked instead of his list: docs/adr/0097.
REACHED = "hearth.reaches({circle})"


def protect(
    table: str,
    *,
    circle: str = "circle_id",
    arms: Sequence[str] = (),
    adds: Sequence[str] = (),
    append_only: bool = False,
    read_only: bool = False,
    reference: str = "",
    kind: str = "",
) -> list[RunSQL]:
    """Protect a table whose rows carry a circle.

    `arms` are extra SELECT conditions for lesser reaches (the reporter's own words, a guest's one item); `adds` are
    extra INSERT conditions, each a whole condition of its own (the reporter adds to his own words). An append-only
    table has no `restricted` column and no UPDATE: its policy looks the circle up. A read-only one is written by the
    house or by the definer's functions, for people. `kind` and `reference` let a refused or emergency opening be
    matched to its circle without telling the asker.
    """
    acts = "select" if read_only else "select, insert" if append_only else "select, insert, update"
    looked_up = f"exists (select from access_circle c where c.id = {table}.{circle} and not c.restricted)"
    broadly = f"({looked_up if append_only else 'not restricted'} and (select hearth.is_broad()))"
    mine, shut = MINE.format(circle=circle), NOT_SHUT.format(circle=circle)
    statements = [
        *_closed(table),
        f"grant {acts} on {table} to {BOTH}",
        f"create policy definer on {table} for select to hearth_definer using (true)",
        f"grant select on {table} to hearth_definer",
        f"call hearth.register_table('{table}', '{circle}', {not append_only}, '{kind}', '{reference}')",
    ]
    for role, reached, listed in (
        ("broad", f"({broadly} or {REACHED.format(circle=circle)})", f"({broadly} or {mine})"),
        ("narrow", mine, mine),
    ):
        seen = " or ".join([reached, *(f"({arm})" for arm in arms)])
        added = " or ".join([listed, *(f"({add})" for add in adds)])
        statements.append(
            f"create policy {role}_reads on {table} for select to hearth_{role} using (({seen}) and {shut})"
        )
        if "insert" in acts:
            statements.append(
                f"create policy {role}_adds on {table} for insert to hearth_{role} with check (({added}) and {shut})"
            )
        if "update" in acts:
            statements.append(
                f"create policy {role}_changes on {table} for update to hearth_{role}"
                f" using ({listed} and {shut}) with check ({listed} and {shut})"
            )
    if not append_only:
        statements += [
            f"grant update (restricted) on {table} to hearth_definer",
            f"create policy definer_restricts on {table} for update to hearth_definer using (true) with check (true)",
            f"create trigger fill_restricted before insert on {table} for each row"
            f" execute function hearth.fill_restricted('{circle}')",
            f"create trigger keep_circle before update on {table} for each row"
            f" execute function hearth.keep_circle('{circle}')",
        ]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def own_policies(table: str) -> list[RunSQL]:
    """A table whose policies stand in its app's own SQL. Named in the catalogue test with its reason."""
    return [RunSQL(statement, RunSQL.noop) for statement in _closed(table)]


def definer_table(table: str, acts: str = "select, insert") -> list[RunSQL]:
    """A table that the definer's functions keep. Whoever else reads it does so by its app's own SQL."""
    statements = [
        *_closed(table),
        f"grant {acts} on {table} to hearth_definer",
        f"create policy definer on {table} to hearth_definer using (true) with check (true)",
    ]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def _closed(table: str) -> list[str]:
    return [f"alter table {table} enable row level security", f"alter table {table} force row level security"]


def open_table(table: str, *, write: bool = False, to: str = BOTH) -> list[RunSQL]:
    """A table without confidential rows: homes, posts, teams. Named in the catalogue test with its reason."""
    acts = "select, insert, update" if write else "select"
    return [RunSQL(f"grant {acts} on {table} to {to}", RunSQL.noop)]


def house_table(table: str, acts: str = "select, insert, update") -> list[RunSQL]:
    """What the house itself may do with a table, whoever's act it follows from."""
    statements = [
        f"grant {acts} on {table} to hearth_house",
        f"create policy house on {table} to hearth_house using ((select hearth.is_house()))"
        f" with check ((select hearth.is_house()))",
    ]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def worker_table(table: str, acts: str = "select, insert, update") -> list[RunSQL]:
    """What the jobs process may do with a table when it acts as the system and for nobody."""
    statements = [
        f"grant {acts} on {table} to hearth_worker",
        f"create policy worker on {table} to hearth_worker using (true) with check (true)",
    ]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def parent_key(parent: str) -> list[RunSQL]:
    """What same_circle() of its children points at."""
    return [RunSQL(f"alter table {parent} add constraint {parent}_in_its_circle unique (circle_id, id)", RunSQL.noop)]


def same_circle(child: str, column: str, parent: str) -> list[RunSQL]:
    """A row lies in the circle of the row it hangs on, and can be put into no other: see docs/adr/0064.

    The foreign key over (circle, id) stands in the place of one over the id, so that a new row is looked up once: the
    model's own field says `db_constraint=False`.
    """
    return [
        RunSQL(
            f"alter table {child} add constraint {child}_{column}_in_its_circle foreign key (circle_id, {column})"
            f" references {parent} (circle_id, id) deferrable initially deferred",
            RunSQL.noop,
        )
    ]

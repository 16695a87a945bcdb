"""Whether the ledger's tables still stand as they were built: every month attached, every guard on, no stray words."""

from typing import LiteralString

from psycopg import Connection

from hearth.ledger.notebook import Notebook
from hearth.ledger.report import Problem

MISSING_MONTHS: LiteralString = """
    select p.name, to_regclass('public.' || quote_ident(p.name)) is not null
    from ledger_partition p
    where not exists (select from pg_inherits i
      where i.inhrelid = to_regclass('public.' || quote_ident(p.name))
        and i.inhparent = ('public.' || p.parent)::regclass and not i.inhdetachpending)
    order by p.starts_at nulls last, p.name
"""

# A month with seals in it, yet without a partition on the list: the list was cut too.
UNLISTED_MONTHS: LiteralString = """
    select owning || '_' || to_char(month at time zone 'UTC', 'YYYY_MM')
    from (select min(sealed_at) as first from ledger_seal) s,
      generate_series(date_trunc('month', s.first), now(), interval '1 month') as month,
      unnest(array['ledger_entry', 'ledger_change']) as owning
    where not exists (select from ledger_partition p where p.parent = owning and p.starts_at = month)
    order by month, owning
"""

# Every table of the ledger that holds rows refuses change and truncation, always; and nobody has a grant on a month.
GUARDS_OFF: LiteralString = """
    with held as (
      select c.oid, c.relname, c.relispartition, c.relacl, c.relowner from pg_class c
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and (c.relname in ('ledger_epoch', 'ledger_entry_words', 'ledger_change_rows', 'ledger_seal',
            'ledger_seal_leaves', 'ledger_partition')
          or exists (select from pg_inherits i where i.inhrelid = c.oid
            and i.inhparent in ('public.ledger_entry'::regclass, 'public.ledger_change'::regclass)))
    )
    select relname from held h
    where (select count(*) from pg_trigger t where t.tgrelid = h.oid and t.tgenabled = 'A'
        and t.tgname in ('refuse_change', 'refuse_truncate')) < 2
      or (h.relispartition and exists (select from aclexplode(h.relacl) a where a.grantee <> h.relowner))
    order by relname
"""

# Words without an entry: somebody added to what is kept beside, where no digest could speak for it.
STRAY_WORDS: LiteralString = """
    select 'entry ' || w.id from ledger_entry_words w where not exists (select from ledger_entry e where e.id = w.id)
    union all
    select 'change ' || r.id from ledger_change_rows r where not exists (select from ledger_change c where c.id = r.id)
    limit 100
"""


def check_structure(connection: Connection, notes: Notebook) -> None:
    """Note every month that is missing, every guard that is off and words that belong to nothing."""
    for name, stands in connection.execute(MISSING_MONTHS).fetchall():
        notes.add(Problem.PARTITION_DETACHED if stands else Problem.PARTITION_GONE, name)
    for (name,) in connection.execute(UNLISTED_MONTHS).fetchall():
        notes.add(Problem.PARTITION_GONE, name)
    for (name,) in connection.execute(GUARDS_OFF).fetchall():
        notes.add(Problem.GUARD_OFF, name)
    if not notes.total:  # a row that is gone leaves its words behind; it was named already
        for (name,) in connection.execute(STRAY_WORDS).fetchall():
            notes.add(Problem.WORDS_PLANTED, name)

"""No index stands twice: each one is kept up at every write, and two that answer the same question cost two."""

import psycopg

# An index is answered by another of its table that begins with the same columns, unless it also forbids doubles.
ANSWERED_TWICE = """
    with standing as (
      select i.indexrelid as id, i.indrelid as place, i.indisunique as forbids, i.indnkeyatts as width,
        i.indkey::int[] as columns, i.indclass::oid[] as kinds, i.indcollation::oid[] as orders, c.relname as name
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      join pg_am m on m.oid = c.relam and m.amname = 'btree'
      where t.relnamespace = 'public'::regnamespace and i.indpred is null and i.indexprs is null
        and not t.relispartition
    )
    select less.place::regclass::text, less.name, more.name from standing less join standing more
      on more.place = less.place and more.id <> less.id
        and more.columns[0:less.width - 1] = less.columns[0:less.width - 1]
        and more.kinds[0:less.width - 1] = less.kinds[0:less.width - 1]
        and more.orders[0:less.width - 1] = less.orders[0:less.width - 1]
    where not less.forbids and (more.width > less.width or more.forbids or more.id < less.id)
"""
# Tables of the frameworks, whose indexes are theirs.
THEIRS = ("auth_", "django_", "account_", "socialaccount_", "mfa_", "procrastinate_")


def doubles(owner: psycopg.Connection) -> list[str]:
    """Each index of ours that another one answers."""
    rows = owner.execute(ANSWERED_TWICE).fetchall()
    return [f"{table}: {less} is answered by {more}" for table, less, more in rows if not table.startswith(THEIRS)]


def test_no_index_stands_twice(owner: psycopg.Connection) -> None:
    assert not doubles(owner), "\n" + "\n".join(doubles(owner))


def test_an_index_that_another_one_answers_is_found(owner: psycopg.Connection) -> None:
    """The control: the beginning of a longer one, and the same one again."""
    owner.execute("create index long_one on trial_note (circle_id, words)")
    before = set(doubles(owner))
    owner.execute("create index short_one on trial_note (circle_id)")
    owner.execute("create index same_one on trial_note (circle_id, words)")
    found = set(doubles(owner)) - before
    assert "trial_note: short_one is answered by long_one" in found
    assert "trial_note: same_one is answered by long_one" in found

"""What all the tables hold, in one number for each: a refused act changes none of them but the kept attempts."""

import psycopg

KEPT_ATTEMPTS = "access_refusal"
OWN_BUSINESS = {"django_session", "hearth_cache"}
# That leads hear of somebody shut out who tries is part of keeping the attempt, once for each of them and record a day.
BUT = {"outbound_notice": "where words <> 'shut_out_tried'"}


def contents(database: psycopg.Connection) -> dict[str, tuple[int, int]]:
    """How many rows each table holds, and a digest of them. Read as the superuser, whom no policy stops."""
    names = [
        name
        for (name,) in database.execute("""
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition""")
        if name not in OWN_BUSINESS
    ]
    asked = " union all ".join(
        f"select '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text from {name} t "
        f"{BUT.get(name, '')}"
        for name in sorted(names)
    )
    return {name: (rows, int(digest)) for name, rows, digest in database.execute(asked)}

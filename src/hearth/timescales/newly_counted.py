"""What a tried policy would have counted that the one in force does not name, and what it would count no more."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection

from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack

CLOCK = "clock:"
HAPPENED = """
select date_trunc('month', e.happened_at at time zone %(zone)s)::date, e.act, e.by_id, count(*)
from ledger_entry e left join access_circle c on c.id = e.circle_id
where e.act = any(%(acts)s) and e.happened_at >= %(since)s and e.happened_at < %(until)s
  and (e.circle_id is null or not c.restricted)
  and case when %(entity)s::bigint is null then c.entity_id is null or c.entity_id <> all(%(own)s::bigint[])
    else c.entity_id = %(entity)s end
  and not exists (select from ledger_entry m where m.act = 'entry.marked_wrong' and m.circle_id = e.circle_id
    and m.facts -> 'entry' = to_jsonb(e.id) and m.id > e.id)
group by 1, 2, 3
"""


def counted_acts(pack: Pack | None) -> dict[str, str]:
    """The happening each figure of a policy counts. What its promises came to is told promise by promise."""
    metrics = pack.metrics.values() if pack else ()
    return {each.id: each.counts for each in metrics if not each.counts.startswith(CLOCK)}


def differing(
    before: Pack | None,
    tried: Pack,
    *,
    since: datetime,
    until: datetime,
    entity: int | None = None,
    own: Collection[int] = (),
) -> Iterator[tuple[date, int | None, str, int, int]]:
    """Month, who did it, the figure, and how many it counts under the policy in force and under the tried one.

    Only figures that one of them names and the other does not. Asked by the house; restricted records are left out.
    """
    was, would_be = counted_acts(before), counted_acts(tried)
    moved = {name: act for name, act in (was | would_be).items() if was.get(name) != would_be.get(name)}
    if not moved:
        return
    asked: dict[str, Any] = {
        "acts": sorted({*(was[name] for name in moved if name in was), *moved.values()}),
        "zone": str(LOCAL), "since": since, "until": until, "entity": entity, "own": list(own),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(HAPPENED, asked)
        for month, act, by, many in cursor.fetchall():
            for name in moved:
                counts = many * (was.get(name) == act), many * (would_be.get(name) == act)
                if any(counts):
                    yield month, by, name, *counts

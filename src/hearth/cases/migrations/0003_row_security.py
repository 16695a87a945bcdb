"""A case and everything in it is for its circle; notes are searched through one function that keeps the same rules."""

from django.db import migrations

from hearth.access.row_security import protect
from hearth.ledger.tables import track_changes

PLAIN = {"cases_case": "case", "cases_action": "action", "cases_handover": "handover", "cases_closure": "closure"}
APPEND_ONLY = ("cases_contact", "cases_riskband", "cases_review")

SEARCH = """
-- Newest first. A term found more than 2,000 times is answered from the last twelve months only, and says so by a row of
-- its own without an id. The conditions are those of the policies on cases_note.
set role hearth_definer;
create function hearth.search_notes(words text, most integer) returns table (id bigint, only_last_year boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  broad constant boolean := hearth.is_broad();
  mine constant bigint[] := hearth.my_circles();
  shut constant bigint[] := hearth.my_excluded();
  wanted constant tsquery := websearch_to_tsquery('english', words);
  found_often boolean;
begin
  if numnode(wanted) = 0 then return; end if;
  select count(*) > 2000 into found_often
    from (select from public.cases_note n where to_tsvector('english'::regconfig, n.text) @@ wanted limit 2001) as enough;
  if found_often then
    return query
      select n.id, true from public.cases_note n
      where n.written_at > now() - interval '12 months' and to_tsvector('english'::regconfig, n.text) @@ wanted
        and ((broad and hearth.is_open(n.circle_id)) or n.circle_id = any(mine)) and not n.circle_id = any(shut)
      order by n.written_at desc limit most;
    return query select null::bigint, true;
  else
    return query
      select n.id, false from public.cases_note n
      where to_tsvector('english'::regconfig, n.text) @@ wanted
        and ((broad and hearth.is_open(n.circle_id)) or n.circle_id = any(mine)) and not n.circle_id = any(shut)
      order by n.written_at desc limit most;
  end if;
end $$;
revoke execute on function hearth.search_notes(text, integer) from public;
grant execute on function hearth.search_notes(text, integer) to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial"), ("triage", "0002_row_security")]
    operations = [
        *[step for table, kind in PLAIN.items() for step in protect(table, kind=kind, reference="public_id")],
        *protect("cases_caseconcern"),
        *protect("cases_note", append_only=True, kind="note", reference="public_id"),
        *[step for table in APPEND_ONLY for step in protect(table, append_only=True)],
        *[step for table in (*PLAIN, "cases_caseconcern", "cases_note", *APPEND_ONLY) for step in track_changes(table)],
        migrations.RunSQL("create index note_newest on cases_note (written_at desc)", migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]

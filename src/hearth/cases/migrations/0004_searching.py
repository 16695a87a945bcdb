"""Words in notes, looked for at a cost that does not grow with the house (docs/adr/0065)."""

from django.db import migrations

WORDS = """
-- The words of a note, kept beside it: computing them again for every note that is looked at took most of the time.
alter table cases_note add column words tsvector
  generated always as (to_tsvector('english'::regconfig, text)) stored;
create index note_by_words on cases_note using gin (words);
-- They follow from the text, so what the ledger keeps of a new note leaves them out.
drop trigger note_added on cases_note;
create trigger note_added after insert on cases_note referencing new table as new_rows
  for each statement execute function hearth.note_added('id', 'false', 'words');
"""

SEARCH = """
-- Newest first, with the conditions of the policies on cases_note. A term found more than 2,000 times is answered from the
-- last twelve months only, and says so by a row of its own without an id. For a post that reads broadly they are looked
-- through in stretches, the newest first and each twice as long as the one before, until there is enough; anybody else
-- has few circles, and only their notes are looked at. Plans are made for the values asked for: a plan for any term is
-- a bad one for most.
set role hearth_definer;
create or replace function hearth.search_notes(words text, most integer) returns table (id bigint, only_last_year boolean)
stable security definer language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  broad constant boolean := hearth.is_broad();
  mine constant bigint[] := hearth.my_circles();
  shut constant bigint[] := hearth.my_excluded();
  wanted constant tsquery := websearch_to_tsquery('english', words);
  a_year_ago constant timestamptz := now() - interval '12 months';
  found_often boolean;
  until timestamptz := now();
  since timestamptz := now() - interval '7 days';
  found bigint[] := '{}';
begin
  if numnode(wanted) = 0 then return; end if;
  select count(*) > 2000 into found_often
    from (select from public.cases_note n where n.words @@ wanted limit 2001) as enough;
  if not broad then
    found := array(select n.id from public.cases_note n
      where n.circle_id = any(mine) and not n.circle_id = any(shut) and n.words @@ wanted
        and (not found_often or n.written_at > a_year_ago)
      order by n.written_at desc limit most);
  elsif not found_often then
    found := array(select n.id from public.cases_note n join public.access_circle c on c.id = n.circle_id
      where n.words @@ wanted and (not c.restricted or n.circle_id = any(mine)) and not n.circle_id = any(shut)
      order by n.written_at desc limit most);
  else
    loop
      found := found || array(select n.id from public.cases_note n join public.access_circle c on c.id = n.circle_id
        where n.written_at > since and n.written_at <= until and n.words @@ wanted
          and (not c.restricted or n.circle_id = any(mine)) and not n.circle_id = any(shut)
        order by n.written_at desc limit most - cardinality(found));
      exit when cardinality(found) >= most or since <= a_year_ago;
      until := since;
      since := greatest(a_year_ago, since - 2 * (now() - since));
    end loop;
  end if;
  return query select each, found_often from unnest(found) as each;
  if found_often then return query select null::bigint, true; end if;
end $$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_row_security")]
    operations = [
        migrations.RemoveIndex(model_name="note", name="note_words"),
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]

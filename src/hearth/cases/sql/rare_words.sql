-- A word that the last days hardly have is rare, as a rule: all its notes are read at once and not stretch by stretch. Each
-- stretch asks the index of words for two blocks of days as well, and those hold more the more notes there are.

set local role hearth_definer;
-- Newest first. For a post that reads broadly the newest notes are looked through, then those of the last two blocks of one
-- day and of four. What the last week hardly has is looked for everywhere, unless it stands in more than 2,000 notes; what it
-- has is found in stretches four times as long, until there are enough or a year is over. That older ones were not looked at
-- is said by a row of its own without an id.
create or replace function hearth.search_notes(words text, most integer) returns table (id bigint, only_last_year boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wanted constant tsquery := websearch_to_tsquery('english', words);
  a_year_ago constant timestamptz := now() - interval '12 months';
  today constant integer := floor(extract(epoch from now()) / 86400);
  mine constant bigint[] := hearth.my_circles();
  shut constant bigint[] := hearth.my_excluded();
  hardly_any constant integer := 5;
  is_rare boolean;
  older_left_out boolean := true;
  days integer;
  found bigint[];
begin
  if numnode(wanted) = 0 then return; end if;
  if not hearth.is_broad() then
    found := hearth.newest_notes_of(mine, wanted, most, shut);
    older_left_out := cardinality(found) >= most
      and (select n.written_at > a_year_ago from public.cases_note n where n.id = found[most]);
  else
    found := array(
      select h.id from (select n.id, n.circle_id, n.written_at, n.words from public.cases_note n order by n.written_at desc limit 100) as h
      join public.access_circle c on c.id = h.circle_id
      where h.words @@ wanted and h.written_at > a_year_ago
        and (not c.restricted or h.circle_id = any(mine)) and not h.circle_id = any(shut)
      order by h.written_at desc limit most
    );
    foreach days in array array[1, 4, 16, 64, 512] loop
      exit when cardinality(found) >= most;
      if days > 4 and is_rare is null and cardinality(found) <= hardly_any then
        is_rare := (select count(*) <= 2000 from (select from public.cases_note n where n.words @@ wanted limit 2001) as counted);
        exit when is_rare;
      end if;
      found := hearth.newest_notes(
        wanted && format(''' %1$s:%2$s'' | '' %1$s:%3$s''', days, today / days, today / days - 1)::tsquery, a_year_ago, most, mine, shut);
    end loop;
    if cardinality(found) < most then
      is_rare := coalesce(is_rare,
        (select count(*) <= 2000 from (select from public.cases_note n where n.words @@ wanted limit 2001) as counted));
      if is_rare then
        found := hearth.newest_notes(wanted, '-infinity', most, mine, shut);
        older_left_out := false;
      end if;
    end if;
  end if;
  return query select each, older_left_out from unnest(found) as each;
  if older_left_out then return query select null::bigint, true; end if;
end $$;
reset role;

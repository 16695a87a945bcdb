-- Words in notes, found from the newest note backwards, at a cost of the notes that are shown: docs/adr/0065.

create index note_newest on cases_note (written_at desc);
-- Beside its words a note holds the blocks of days it was written in, of 1, 4, 16, 64 and 512 days since the beginning of
-- 1970, so that one index finds the words of a time. No word that somebody looks for begins with a space.
alter table cases_note add column words tsvector generated always as (
  to_tsvector('english'::regconfig, text) || array_to_tsvector(array[
    ' 1:' || floor(extract(epoch from written_at at time zone 'UTC') / 86400)::int,
    ' 4:' || floor(extract(epoch from written_at at time zone 'UTC') / (86400 * 4))::int,
    ' 16:' || floor(extract(epoch from written_at at time zone 'UTC') / (86400 * 16))::int,
    ' 64:' || floor(extract(epoch from written_at at time zone 'UTC') / (86400 * 64))::int,
    ' 512:' || floor(extract(epoch from written_at at time zone 'UTC') / (86400 * 512))::int
  ])
) stored;
create index note_by_words on cases_note using gin (words) with (gin_pending_list_limit = 512);

set local role hearth_definer;
-- The newest notes of which something is true, as far as the signed user may know of them: the conditions of the policies
-- on cases_note, asked of one after the other until there are enough. Found first and put in order then: never by reading every note in
-- order, and never by a join that reads the circles whole.
create function hearth.newest_notes(wanted tsquery, since timestamptz, most integer, mine bigint[], shut bigint[]) returns bigint[]
stable security definer language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return array(
    select h.id
    from (select f.id, f.circle_id, f.written_at
      from (select n.id, n.circle_id, n.written_at from public.cases_note n where n.words @@ wanted offset 0) as f
      order by f.written_at desc offset 0) as h
    join public.access_circle c on c.id = h.circle_id
    where h.written_at > since and (not c.restricted or h.circle_id = any(mine)) and not h.circle_id = any(shut)
    order by h.written_at desc limit most
  );
end $$;

-- The same for somebody who reads only through circles: he has few, and only their notes are looked at. The plan is made for
-- the circles and words asked for.
create function hearth.newest_notes_of(circles bigint[], wanted tsquery, most integer, shut bigint[]) returns bigint[]
stable security definer language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan
set enable_seqscan = off as $$
begin
  return array(
    select n.id from public.cases_note n
    where n.circle_id = any(circles) and not n.circle_id = any(shut) and n.words @@ wanted
    order by n.written_at desc limit most
  );
end $$;

-- Newest first. For a post that reads broadly the newest notes are looked through, then those of the last days and of
-- stretches four times as long, until there are enough or a year is over; only then the older ones, unless the words stand
-- in more than 2,000 notes. That older ones were not looked at is said by a row of its own without an id.
create function hearth.search_notes(words text, most integer) returns table (id bigint, only_last_year boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wanted constant tsquery := websearch_to_tsquery('english', words);
  a_year_ago constant timestamptz := now() - interval '12 months';
  today constant integer := floor(extract(epoch from now()) / 86400);
  mine constant bigint[] := hearth.my_circles();
  shut constant bigint[] := hearth.my_excluded();
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
      found := hearth.newest_notes(
        wanted && format(''' %1$s:%2$s'' | '' %1$s:%3$s''', days, today / days, today / days - 1)::tsquery, a_year_ago, most, mine, shut);
    end loop;
    if cardinality(found) < most
        and (select count(*) <= 2000 from (select from public.cases_note n where n.words @@ wanted limit 2001) as counted) then
      found := hearth.newest_notes(wanted, '-infinity', most, mine, shut);
      older_left_out := false;
    end if;
  end if;
  return query select each, older_left_out from unnest(found) as each;
  if older_left_out then return query select null::bigint, true; end if;
end $$;
grant execute on function hearth.search_notes(text, integer) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

-- Who acts and the parts he plays are worked out once in a transaction and sealed for it, and not for every policy of every
-- statement. A broad reader's rows are asked one by one, and his whole list of circles is not worked out. See ADR 97.

set local role hearth_definer;

-- The seal of a text by the house's key. Only other functions of the definer may ask for one.
create function hearth.seal_of(what bytea) returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare pads record;
begin
  select inner_pad, outer_pad into pads from hearth.identity_key;
  return encode(sha256(pads.outer_pad || sha256(pads.inner_pad || what)), 'hex');
end $$;

create or replace function hearth.signed() returns bigint stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  token constant text := current_setting('hearth.identity', true);
  who constant text := split_part(token, '.', 1);
  until constant text := split_part(token, '.', 2);
begin
  if token is null or token = '' then return null; end if;
  if who || '.' || until || '.' || hearth.seal_of(convert_to(who || '.' || until || '.' || pg_backend_pid(), 'utf8'))
      is distinct from token then
    return null;
  end if;
  if until::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return who::bigint;
end $$;

-- What a voucher's seal covers: who and his parts, the identity that was said, and the moment this transaction began.
create function hearth.vouched_for(who text) returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return hearth.seal_of(
    convert_to('vouched ' || who || ' ' || current_setting('hearth.identity', true) || ' ', 'utf8') || timestamptz_send(now())
  );
end $$;

-- Who acts, and then his parts, worked out anew. Nothing when nobody is signed, or he is switched off.
create function hearth.worked_out() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare i bigint := hearth.signed();
begin
  if i is null or i = 0 or not exists (
    select from public.organisation_user u where u.id = i and u.is_active and (u.until is null or u.until > now())
  ) then return null; end if;
  return i::text || hearth.parts_of(i);
end $$;

-- The voucher to be said beside the identity: its seal, a space, who, and his parts.
create function hearth.voucher() returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare who text := array_to_string(hearth.worked_out(), ',');
begin
  return coalesce(hearth.vouched_for(who) || ' ' || who, '');
end $$;

-- Who acts, and then his parts: from the voucher where it is whole, else worked out anew.
create function hearth.acting() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  voucher constant text := coalesce(current_setting('hearth.voucher', true), '');
  who constant text := substr(voucher, 66);
begin
  if voucher <> '' and coalesce(left(voucher, 64) = hearth.vouched_for(who), false) then
    -- Only now is the identity known to be one that we signed, and so to have a time.
    if split_part(current_setting('hearth.identity', true), '.', 2)::bigint >= extract(epoch from clock_timestamp()) then
      return string_to_array(who, ',');
    end if;
  end if;
  return hearth.worked_out();
end $$;

create or replace function hearth.me() returns bigint stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return (hearth.acting())[1]::bigint;
end $$;

create or replace function hearth.my_parts() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.acting())[2:], '{}');
end $$;

create or replace function hearth.is_broad() returns boolean stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.acting())[2:] && hearth.broad_parts(), false);
end $$;

create or replace function hearth.my_excluded() returns bigint[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare i constant bigint := hearth.me();
begin
  return array(select e.circle_id from public.access_excludedcircle e
    where e.user_id = i and not coalesce(e.shut_in = pg_current_xact_id_if_assigned() and e.shut_by = i, false));
end $$;

create or replace function hearth.my_circles() returns bigint[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  acting constant text[] := hearth.acting();
  i constant bigint := acting[1];
  parts constant text[] := acting[2:];
  mine bigint[];
begin
  if i is null then return '{}'; end if;
  mine := array(
    select g.circle_id from (
      select * from public.access_grant where user_id = i
      union all
      select * from public.access_grant where part <> '' and part = any(parts)
    ) g
    where g.reach = 'full' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  );
  return mine
    || array(select l.joined_circle_id from public.access_circlelink l where l.case_circle_id = any(mine) and l.ended_at is null)
    || array(select c.id from public.access_circle c where c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i);
end $$;

-- Whether one circle is among mine, for a reader who reaches so many that the list costs more than the row.
create function hearth.reaches(circle bigint) returns boolean stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  acting constant text[] := hearth.acting();
  i constant bigint := acting[1];
  parts constant text[] := acting[2:];
begin
  return exists (
    select from public.access_grant g
    where g.circle_id in (
        select circle
        union all
        select l.case_circle_id from public.access_circlelink l where l.joined_circle_id = circle and l.ended_at is null
      )
      and g.reach = 'full' and (g.user_id = i or g.part <> '' and g.part = any(parts))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  ) or exists (
    select from public.access_circle c where c.id = circle and c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i
  );
end $$;
-- The same as before, with one row asked instead of the list, and the parts that were worked out already.
create or replace function hearth.in_reach(circle bigint) returns boolean stable security definer language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.is_broad() and hearth.is_open(circle)) or hearth.reaches(circle) or hearth.is_system(), false)
    and not circle = any(hearth.my_excluded());
end $$;

create or replace function hearth.speaks_for(circle bigint) returns boolean stable security definer language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  acting constant text[] := hearth.acting();
  i constant bigint := acting[1];
  parts constant text[] := acting[2:];
begin
  if exists (select from public.access_circle c
      where c.id = circle and c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i) then
    return not circle = any(hearth.my_excluded());
  end if;
  if not coalesce(hearth.in_reach(circle), false) then return false; end if;
  if hearth.is_system() or coalesce(hearth.is_broad() and hearth.is_open(circle), false) then return true; end if;
  return exists (select from public.access_grant g
      where g.circle_id = circle and g.reach = 'full' and (g.user_id = i or g.part <> '' and g.part = any(parts))
        and g.ended_at is null and g.ends_at is null and g.part_in_it not in ('broke_glass', 'invited'));
end $$;

create or replace function hearth.parts_in(circle bigint) returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  acting constant text[] := hearth.acting();
  i constant bigint := acting[1];
  parts constant text[] := acting[2:];
  cases bigint[];
begin
  if i is null or circle is null or circle = any(hearth.my_excluded()) then return '{}'; end if;
  cases := array(select l.case_circle_id from public.access_circlelink l where l.joined_circle_id = circle and l.ended_at is null);
  return array(
    select distinct g.part_in_it from public.access_grant g
    where g.circle_id = any(circle || cases) and (g.circle_id = circle or g.reach = 'full')
      and (g.user_id = i or g.part <> '' and g.part = any(parts))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  );
end $$;

revoke execute on function hearth.seal_of(bytea), hearth.vouched_for(text), hearth.worked_out(), hearth.acting(), hearth.voucher(),
  hearth.reaches(bigint) from public;
grant execute on function hearth.voucher() to hearth_app, hearth_worker, hearth_broad, hearth_narrow, hearth_house;
grant execute on function hearth.reaches(bigint) to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
set local role none;

-- Where the list stood before the rank of the post, it goes behind it: what is asked of a row is asked last.
alter policy broad_reads on access_grant using (
  (user_id = (select hearth.me())
    or ((select hearth.is_broad()) and exists (select from access_circle c where c.id = access_grant.circle_id and not c.restricted))
    or hearth.reaches(circle_id))
  and not (circle_id = any((select hearth.my_excluded())::bigint[]))
);
alter policy broad_reads on access_circlelink using (
  (((select hearth.is_broad()) and exists (select from access_circle c where c.id = access_circlelink.case_circle_id and not c.restricted))
    or hearth.reaches(case_circle_id))
  and not (case_circle_id = any((select hearth.my_excluded())::bigint[]))
  and not (joined_circle_id = any((select hearth.my_excluded())::bigint[]))
);

-- Every policy by which a broad reader reads asks its row, and not his list. Called again for each new table (protect()).
create procedure hearth.ask_by_row() language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  listed constant text := '\(((?:\w+\.)?\w+) = ANY \(\( SELECT hearth\.my_circles\(\) AS my_circles\)::bigint\[\]\)\)';
  p record;
begin
  for p in
    select q.schemaname, q.tablename, q.qual from pg_policies q
    where q.policyname = 'broad_reads' and q.qual ~ 'hearth\.my_circles'
  loop
    execute format(
      'alter policy broad_reads on %I.%I using (%s)',
      p.schemaname, p.tablename, regexp_replace(p.qual, listed, 'hearth.reaches(\1)', 'g')
    );
  end loop;
end $$;
revoke execute on procedure hearth.ask_by_row() from public;

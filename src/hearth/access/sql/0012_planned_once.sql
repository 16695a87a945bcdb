-- The same answers once more, from statements that are planned once for a connection: each policy of each statement asks
-- these, and PostgreSQL planned them anew at most calls. And what a reporter told is not read to find the circles he is
-- in: he may have told us of hundreds.

set local role hearth_definer;

create or replace function hearth.parts_of(somebody bigint) returns text[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  return array(
    select distinct part
    from public.organisation_appointment a
    join public.organisation_post p on p.id = a.post_id
    cross join lateral unnest(p.parts) as part
    where a.user_id = somebody and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
  );
end $$;

create or replace function hearth.my_parts() returns text[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return hearth.parts_of(hearth.me());
end $$;

create or replace function hearth.is_broad() returns boolean stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return hearth.my_parts() && hearth.broad_parts();
end $$;

create or replace function hearth.is_house() returns boolean stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(hearth.signed() = 0, false);
end $$;

create or replace function hearth.my_circles() returns bigint[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  i bigint := hearth.me();
  parts text[];
  mine bigint[];
begin
  if i is null then return '{}'; end if;
  parts := hearth.parts_of(i);
  mine := array(
    select g.circle_id from (
      select * from public.access_grant where user_id = i
      union all
      select * from public.access_grant where part <> '' and part = any(parts)
    ) g
    where g.reach = 'full' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  );
  return array(
    select unnest(mine)
    union
    -- A concern joined to a case: the case's full members reach it while the link stands.
    select l.joined_circle_id from public.access_circlelink l where l.case_circle_id = any(mine) and l.ended_at is null
    union
    -- What I am just writing: a circle I made in this very transaction.
    select c.id from public.access_circle c where c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i
  );
end $$;

-- The parts I play in one record: by live grants in its circle, or in the circle of a case it was joined to. Read from
-- the circle's few grants, not from all of mine.
create or replace function hearth.parts_in(circle bigint) returns text[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  i bigint := hearth.me();
  parts text[];
  cases bigint[];
begin
  if i is null or circle is null or circle = any(hearth.my_excluded()) then return '{}'; end if;
  parts := hearth.parts_of(i);
  cases := array(select l.case_circle_id from public.access_circlelink l where l.joined_circle_id = circle and l.ended_at is null);
  return array(
    select distinct g.part_in_it from public.access_grant g
    where g.circle_id = any(circle || cases) and (g.circle_id = circle or g.reach = 'full')
      and (g.user_id = i or g.part <> '' and g.part = any(parts))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  );
end $$;

create or replace function hearth.in_reach(circle bigint) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.is_broad() and hearth.is_open(circle)) or circle = any(hearth.my_circles()) or hearth.is_system(), false)
    and not circle = any(hearth.my_excluded());
end $$;

create or replace function hearth.speaks_for(circle bigint) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  i bigint;
  parts text[];
begin
  if not coalesce(hearth.in_reach(circle), false) then return false; end if;
  if hearth.is_system() or coalesce(hearth.is_broad() and hearth.is_open(circle), false) then return true; end if;
  i := hearth.me();
  parts := hearth.parts_of(i);
  return exists (select from public.access_circle c
      where c.id = circle and c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i)
    or exists (select from public.access_grant g
      where g.circle_id = circle and g.reach = 'full' and (g.user_id = i or g.part <> '' and g.part = any(parts))
        and g.ended_at is null and g.ends_at is null and g.part_in_it not in ('broke_glass', 'invited'));
end $$;
set local role none;

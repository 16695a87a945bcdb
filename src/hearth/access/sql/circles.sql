-- Which circles somebody is in, and which are shut to him.

-- The transaction that made a circle: its maker writes what he just typed before anybody has a grant.
alter table access_circle add column made_in xid8;
create index circle_made_in on access_circle (made_in);

-- Whoever adds a role finishes his own transaction: the row that shuts him out bites for him when it ends.
alter table access_excludedcircle add column shut_in xid8, add column shut_by bigint;

set local role hearth_definer;
-- From a statement planned once for a connection: every policy asks for them.
create function hearth.my_excluded() returns bigint[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare i constant bigint := hearth.me();
begin
  return array(select e.circle_id from public.access_excludedcircle e
    where e.user_id = i and not coalesce(e.shut_in = pg_current_xact_id_if_assigned() and e.shut_by = i, false));
end $$;
grant execute on function hearth.my_excluded() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- My live grants: to me, or to a part one of my posts carries.
create function hearth.my_grants()
returns table (circle_id bigint, reach text, part_in_it text, item_kind text, item_id bigint, ends_at timestamptz) stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select g.circle_id, g.reach, g.part_in_it, g.item_kind, g.item_id, g.ends_at from public.access_grant g
    where g.user_id = (select hearth.me()) and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  union all
  select g.circle_id, g.reach, g.part_in_it, g.item_kind, g.item_id, g.ends_at from public.access_grant g
    where g.part <> '' and g.part = any((select hearth.my_parts())::text[]) and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
$$;

-- The circles I am in; those joined to a case of mine, whose full members reach a joined concern while the link stands; and
-- what I am just writing, a circle I made in this very transaction. Each kind of grant is read from an index that answers
-- alone, and none is looked at again to leave out doubles, which change no answer: a lead reaches every restricted record
-- there ever was.
create function hearth.my_circles() returns bigint[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
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
grant execute on function hearth.my_circles() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

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
grant execute on function hearth.reaches(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The single records of one kind a guest was let in to. The kind matters: meeting 7 is not referral 7.
create function hearth.my_items(kind text) returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.item_id), '{}') from hearth.my_grants() g
  where g.reach = 'one_item' and g.item_kind = kind and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;
grant execute on function hearth.my_items(text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.my_marked() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.circle_id), '{}') from hearth.my_grants() g
  where g.reach in ('marker', 'full') and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;
grant execute on function hearth.my_marked() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The circles in which I have a reporter's reach: my own words and what I add to them.
create function hearth.my_own_words() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.circle_id), '{}') from public.access_grant g
  where g.user_id = (select hearth.me()) and g.reach = 'own_words' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
    and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;
grant execute on function hearth.my_own_words() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Whether a circle stands open to the posts that read broadly. For the functions of this schema only: whoever could ask
-- it freely would learn which circles there are.
create function hearth.is_open(circle bigint) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select not c.restricted from public.access_circle c where c.id = circle
$$;

-- The parts I play in one record: by live grants in its circle, or in the circle of a case it was joined to.
create function hearth.parts_in(circle bigint) returns text[] stable security definer parallel restricted language plpgsql
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
grant execute on function hearth.parts_in(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Whether I reach a circle: it is mine in full, or my post reads it. An exclusion beats both.
create function hearth.in_reach(circle bigint) returns boolean stable security definer language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.is_broad() and hearth.is_open(circle)) or hearth.reaches(circle) or hearth.is_system(), false)
    and not circle = any(hearth.my_excluded());
end $$;
grant execute on function hearth.in_reach(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Whether I may speak for a circle: say who is in it. Reach that is borrowed for a while (an emergency opening, an
-- invitation, a place with an end, a link) is not passed on and not made longer. Whoever makes a circle speaks for it at once.
create function hearth.speaks_for(circle bigint) returns boolean stable security definer language plpgsql
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
grant execute on function hearth.speaks_for(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

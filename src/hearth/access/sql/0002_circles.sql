-- Which circles somebody is in, and which are shut to him.

-- The transaction that made a circle: its maker writes what he just typed before anybody has a grant.
alter table access_circle add column made_in xid8;
create index circle_made_in on access_circle (made_in);

-- My live grants: to me, or to a part one of my posts carries.
create function hearth.my_grants()
returns table (circle_id bigint, reach text, part_in_it text, item_kind text, item_id bigint, ends_at timestamptz) stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select g.circle_id, g.reach, g.part_in_it, g.item_kind, g.item_id, g.ends_at from public.access_grant g
    where g.user_id = (select hearth.me()) and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  union all
  select g.circle_id, g.reach, g.part_in_it, g.item_kind, g.item_id, g.ends_at from public.access_grant g
    where g.part <> '' and g.part = any((select hearth.my_parts())::text[]) and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
$$;

create function hearth.my_circles() returns bigint[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  i bigint := hearth.me();
  mine bigint[];
begin
  if i is null then return '{}'; end if;
  mine := array(select g.circle_id from hearth.my_grants() g where g.reach = 'full');
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

create function hearth.my_excluded() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(e.circle_id), '{}') from public.access_excludedcircle e where e.user_id = (select hearth.me())
$$;

-- The single records of one kind a guest was let in to. The kind matters: meeting 7 is not referral 7.
create function hearth.my_items(kind text) returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.item_id), '{}') from hearth.my_grants() g
  where g.reach = 'one_item' and g.item_kind = kind and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;

create function hearth.my_marked() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.circle_id), '{}') from hearth.my_grants() g
  where g.reach in ('marker', 'full') and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;

-- Whether a circle stands open to the posts that read broadly. For the functions of this schema only: whoever could ask
-- it freely would learn which circles there are.
create function hearth.is_open(circle bigint) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select not c.restricted from public.access_circle c where c.id = circle
$$;

-- Triggers on every table that carries a circle.
create function hearth.fill_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('select restricted from public.access_circle where id = ($1).%I', tg_argv[0]) into new.restricted using new;
  return new;
end $$;

create function hearth.keep_circle() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare was bigint; becomes bigint;
begin
  execute format('select ($1).%1$I, ($2).%1$I', tg_argv[0]) into was, becomes using old, new;
  if was is distinct from becomes then raise exception 'a row keeps its circle for ever' using errcode = 'check_violation'; end if;
  -- Only the circle itself restricts or opens its rows; it says so by acting as the definer.
  if old.restricted is distinct from new.restricted and current_user <> 'hearth_definer' then
    new.restricted := old.restricted;
  end if;
  return new;
end $$;

create function hearth.spread_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare t record;
begin
  for t in select name, circle_column from hearth.protected_table where carries_restricted loop
    execute format('update public.%I set restricted = $1 where %I = $2', t.name, t.circle_column) using new.restricted, new.id;
  end loop;
  return null;
end $$;
create trigger spread_restricted after update of restricted on access_circle
  for each row when (old.restricted is distinct from new.restricted) execute function hearth.spread_restricted();

-- The parts I play in one record: by live grants in its circle, or in the circle of a case it was joined to.
create function hearth.parts_in(circle bigint) returns text[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct g.part_in_it), '{}') from hearth.my_grants() g
  where not circle = any((select hearth.my_excluded())::bigint[])
    and (g.circle_id = circle
      or g.reach = 'full' and exists (select from public.access_circlelink l
        where l.joined_circle_id = circle and l.case_circle_id = g.circle_id and l.ended_at is null))
$$;

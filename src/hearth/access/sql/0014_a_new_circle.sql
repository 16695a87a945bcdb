-- Whoever makes a circle speaks for it until the transaction ends. That is asked first: a concern's first places are given
-- in a circle nobody else has yet, and to look through all circles of somebody with hundreds of concerns told nothing more.

set local role hearth_definer;

create or replace function hearth.speaks_for(circle bigint) returns boolean stable security definer language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  i bigint := hearth.me();
  parts text[];
begin
  if exists (select from public.access_circle c
      where c.id = circle and c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i) then
    return not circle = any(hearth.my_excluded());
  end if;
  if not coalesce(hearth.in_reach(circle), false) then return false; end if;
  if hearth.is_system() or coalesce(hearth.is_broad() and hearth.is_open(circle), false) then return true; end if;
  parts := hearth.parts_of(i);
  return exists (select from public.access_grant g
      where g.circle_id = circle and g.reach = 'full' and (g.user_id = i or g.part <> '' and g.part = any(parts))
        and g.ended_at is null and g.ends_at is null and g.part_in_it not in ('broke_glass', 'invited'));
end $$;
set local role none;

-- The circles that are shut to me, from a statement planned once for a connection: every policy asks for them.

set local role hearth_definer;
create or replace function hearth.my_excluded() returns bigint[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  return array(select e.circle_id from public.access_excludedcircle e
    where e.user_id = hearth.me() and not coalesce(e.shut_in = pg_current_xact_id_if_assigned() and e.shut_by = e.user_id, false));
end $$;

set local role none;

-- My circles once more, for a post that reaches many: a lead reaches every restricted record there ever was. Each is read
-- from an index that answers alone, and none is looked at again to leave out doubles, which change no answer.

set local role hearth_definer;
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
  return mine
    -- A concern joined to a case: the case's full members reach it while the link stands.
    || array(select l.joined_circle_id from public.access_circlelink l where l.case_circle_id = any(mine) and l.ended_at is null)
    -- What I am just writing: a circle I made in this very transaction.
    || array(select c.id from public.access_circle c where c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = i);
end $$;
set local role none;

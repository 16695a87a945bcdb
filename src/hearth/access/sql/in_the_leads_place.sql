-- A record kept from the leads is held by the post the policy names: in that record it plays the lead's part as well.

set local role hearth_definer;
-- The parts I play in one record: by live grants in its circle, or in the circle of a case it was joined to. Whoever hears
-- it in the lead's place, through his post, is the lead there: nobody else could approve its closing or close it.
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
    select distinct played.part from public.access_grant g
    cross join lateral unnest(array[g.part_in_it::text] || case
      when g.circle_id = circle and (g.part, g.part_in_it, g.reach) = ('allegation_deputy', 'works_on_it', 'full')
        and not hearth.is_open(circle) then array['lead']
    end) as played(part)
    where g.circle_id = any(circle || cases) and (g.circle_id = circle or g.reach = 'full')
      and (g.user_id = i or g.part <> '' and g.part = any(parts))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
  );
end $$;
reset role;

-- Only what is true of somebody restricts a record: that he works with us, or is close to one who does. A declared
-- conflict shuts out whoever declared it and says nothing about the record: a neighbour's stays with the team.
create function hearth.close_colleagues(somebody bigint) returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select u.id from public.organisation_user u where u.person_id = somebody
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.other_id
    where t.person_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.person_id
    where t.other_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
$$;
revoke execute on function hearth.close_colleagues(bigint) from public;
grant execute on function hearth.close_colleagues(bigint) to hearth_definer;
alter function hearth.close_colleagues(bigint) owner to hearth_definer;

set local role hearth_definer;

create or replace function hearth.is_close_to_staff(somebody bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.me() is not null and exists (select from hearth.close_colleagues(somebody))
$$;

-- As before, but for the question whether anybody in it is close to a colleague. Who is left to lead it still leaves
-- out whoever declared a conflict.
create or replace function hearth.wall_off(circle bigint, at timestamptz) returns text[] security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  i bigint := hearth.require_identity();
  holders text[] := array['lead', 'deputy'];
  shut bigint;
  holder text;
begin
  if not hearth.in_reach(circle) or not coalesce(hearth.is_open(circle), false) or not exists (
      select from public.people_role r where r.circle_id = circle and r.wrong_since is null
        and exists (select from hearth.close_colleagues(r.person_id))) then
    return null;
  end if;
  if not hearth.is_led_by(circle, holders) then holders := array['allegation_deputy']; end if;
  for shut in
    select circle
    union
    select l.case_circle_id from public.access_circlelink l where l.joined_circle_id = circle and l.ended_at is null
    union
    select j.joined_circle_id from public.access_circlelink j where j.ended_at is null and j.case_circle_id in (
      select circle union
      select l.case_circle_id from public.access_circlelink l where l.joined_circle_id = circle and l.ended_at is null)
  loop
    continue when not hearth.is_open(shut);
    foreach holder in array holders loop
      insert into public.access_grant (circle_id, user_id, part, reach, part_in_it, item_kind, item_id, why, given_by_id, given_at)
      select shut, null, holder, 'full', 'works_on_it', '', null, 'somebody in it is close to a colleague', i, at
      where not exists (select from public.access_grant g where g.circle_id = shut and g.part = holder and g.reach = 'full'
        and g.ended_at is null and g.ends_at is null);
    end loop;
    update public.access_circle c set restricted = true where c.id = shut;
    update public.access_grant g set ended_at = now() where g.circle_id = shut and g.ended_at is null and g.reach = 'full'
      and (g.part_in_it = 'broke_glass' or (g.part <> '' and g.part <> all(holders)));
  end loop;
  return holders;
end $$;

set local role none;

-- A record in which somebody works with us, or is close to one who does, is shut to every post but the leads'.

set local role hearth_definer;
-- Whether anybody who holds a post with one of these parts is left who is not shut out of a circle by somebody in it.
create function hearth.is_led_by(circle bigint, wanted text[]) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.organisation_appointment a
    join public.organisation_post p on p.id = a.post_id and p.parts::text[] && wanted
    join public.organisation_user u on u.id = a.user_id and u.is_active
    where a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
      and not exists (select from public.people_role r
        where r.circle_id = is_led_by.circle and r.wrong_since is null and u.id in (select hearth.shut_from(r.person_id))))
$$;

-- Shut a circle, and those joined to it, to every post: first the leads get a place, then nobody else's post opens it.
-- It asks for itself whether somebody in it is close to a colleague, so whoever reaches the record may call it, also one
-- who could not say who else is in it. Who is left to lead it leaves out whoever declared a conflict. Returns the parts
-- that now hold it, or null where nothing is shut.
create function hearth.wall_off(circle bigint, at timestamptz) returns text[] security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
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
grant execute on function hearth.wall_off(bigint, timestamptz) to hearth_broad, hearth_narrow;
reset role;

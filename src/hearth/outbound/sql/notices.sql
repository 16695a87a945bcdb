-- Notices on the page of those who are told.

set local role hearth_definer;
-- Whether I may know that a circle exists: mine in any reach, or open to my post; never one that is shut to me.
create function hearth.may_know_of(circle bigint) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select not circle = any(hearth.my_excluded()) and (
    circle = any(hearth.my_circles()) or coalesce(hearth.is_broad() and hearth.is_open(circle), false)
    or exists (select from public.access_grant g where g.circle_id = circle
      and (g.user_id = hearth.me() or (g.part <> '' and g.part = any(hearth.my_parts())))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())))
$$;
grant execute on function hearth.may_know_of(bigint) to hearth_broad, hearth_narrow;
reset role;

grant select, update (read_at) on outbound_notice to hearth_broad, hearth_narrow;
create policy own_notices on outbound_notice to hearth_broad, hearth_narrow
  using (user_id = (select hearth.me()) and (circle_id is null or hearth.may_know_of(circle_id)))
  with check (user_id = (select hearth.me()));
-- What a notice asked for is done by somebody: the house then takes it as read for everybody who was told.
grant update (read_at) on outbound_notice to hearth_house;

-- The leads are told when somebody who is shut out of a record tries to open it: once a day for each of them, never one
-- who is shut out himself. Where no lead is left, the post that hears allegations about leads is told.
grant insert on outbound_notice to hearth_definer;
create policy definer_tells on outbound_notice for insert to hearth_definer with check (true);
create function hearth.tell_of_attempt() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  holders text[] := array['lead', 'deputy'];
begin
  if not hearth.is_led_by(new.circle_id, holders) then holders := array['allegation_deputy']; end if;
  insert into public.outbound_notice (public_id, key, user_id, words, about_kind, about, circle_id, at)
  select distinct on (u.id) gen_random_uuid(),
    format('shut_out:%s:%s:%s:%s', new.user_id, new.circle_id, u.id, to_char(new.at at time zone 'Europe/London', 'YYYYMMDD')),
    u.id, 'shut_out_tried', '', null::uuid, new.circle_id, new.at
  from public.organisation_appointment a
  join public.organisation_post p on p.id = a.post_id and p.parts::text[] && holders
  join public.organisation_user u on u.id = a.user_id and u.is_active
  where a.starts_at <= now() and (a.ends_at is null or a.ends_at > now()) and u.id <> new.user_id
    and not exists (select from public.access_excludedcircle e where e.user_id = u.id and e.circle_id = new.circle_id)
  on conflict do nothing;
  return null;
end $$;
create trigger tell_of_attempt after insert on access_refusal for each row when (new.was_excluded)
  execute function hearth.tell_of_attempt();

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.tell_of_attempt() owner to hearth_definer;

-- Whether I may know that a circle exists: mine in any reach, or open to my post; never one that is shut to me.
create function hearth.may_know_of(circle bigint) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select not circle = any(hearth.my_excluded()) and (
    circle = any(hearth.my_circles()) or coalesce(hearth.is_broad() and hearth.is_open(circle), false)
    or exists (select from public.access_grant g where g.circle_id = circle
      and (g.user_id = hearth.me() or (g.part <> '' and g.part = any(hearth.my_parts())))
      and g.ended_at is null and (g.ends_at is null or g.ends_at > now())))
$$;
revoke execute on function hearth.may_know_of(bigint) from public;
grant execute on function hearth.may_know_of(bigint) to hearth_broad, hearth_narrow;
alter function hearth.may_know_of(bigint) owner to hearth_definer;

alter table outbound_notice enable row level security;
alter table outbound_notice force row level security;
grant select, update (read_at) on outbound_notice to hearth_broad, hearth_narrow;
create policy own_notices on outbound_notice to hearth_broad, hearth_narrow
  using (user_id = (select hearth.me()) and (circle_id is null or hearth.may_know_of(circle_id)))
  with check (user_id = (select hearth.me()));

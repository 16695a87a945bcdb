-- The alerts that rang for me. Whoever is rung sees the alert even outside its circle; it holds no content.
create function hearth.my_alerts() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(s.alert_id), '{}') from public.outbound_alertstep s where s.user_id = (select hearth.me())
$$;
revoke execute on function hearth.my_alerts() from public;
grant execute on function hearth.my_alerts() to hearth_broad, hearth_narrow, hearth_house;
alter function hearth.my_alerts() owner to hearth_definer;

-- What the house looks up to ring people.
grant select on organisation_user, organisation_oncallshift, organisation_post, organisation_appointment to hearth_house;
set local role hearth_definer;
grant execute on function hearth.fill_restricted() to hearth_owner;
reset role;

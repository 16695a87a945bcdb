-- Whose policy a record stands under: the company it belongs to is written on its circle when it is made.

grant select on organisation_entity to hearth_house;
set local role hearth_definer;

-- The company of whoever acts: of the team of the post taken up last.
create function hearth.my_entity() returns bigint stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select t.entity_id from public.organisation_appointment a
    join public.organisation_post p on p.id = a.post_id
    join public.organisation_team t on t.id = p.team_id
    where a.user_id = hearth.me() and t.entity_id is not null
      and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
    order by a.starts_at desc, a.id desc limit 1
  );
end $$;
revoke execute on function hearth.my_entity() from public;
grant execute on function hearth.my_entity() to hearth_app, hearth_worker, hearth_broad, hearth_narrow;

drop function hearth.make_circle(text, boolean, timestamptz);
create function hearth.make_circle(kind text, restricted boolean, at timestamptz, entity bigint default null) returns bigint
security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into public.access_circle (kind, restricted, made_at, made_by_id, made_in, entity_id)
  values (kind, restricted, at, hearth.require_identity(), pg_current_xact_id(), coalesce(entity, hearth.my_entity())) returning id
$$;
revoke execute on function hearth.make_circle(text, boolean, timestamptz, bigint) from public;
grant execute on function hearth.make_circle(text, boolean, timestamptz, bigint) to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
set local role none;

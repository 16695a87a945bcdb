-- Whom an alert rings, and what it opens for whoever takes it.

set local role hearth_definer;
-- The alerts that rang for me. Whoever is rung sees the alert even outside its circle; it holds no content.
create function hearth.my_alerts() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(s.alert_id), '{}') from public.outbound_alertstep s where s.user_id = (select hearth.me())
$$;
grant execute on function hearth.my_alerts() to hearth_broad, hearth_narrow, hearth_house;
reset role;

-- What the house looks up to ring people.
grant select on organisation_user, organisation_oncallshift, organisation_post, organisation_appointment to hearth_house;

set local role hearth_definer;
-- Whoever took an alert may read the record it rang for, for a while. It opens nothing that is restricted or shut, nobody
-- else gains by it, and a place with an end cannot be passed on. The limit is the policy's; the longest is kept here.
create function hearth.open_for_alert(alert uuid, why text, at timestamptz, until timestamptz) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare i bigint := hearth.me(); rang record; given bigint;
begin
  select a.circle_id as circle, a.acknowledged_at as taken_at, a.acknowledged_by_id as taken_by into rang
    from public.outbound_alert a where a.public_id = alert;
  if not found or i is null or rang.taken_by is distinct from i then
    raise exception 'nobody opens what somebody else took' using errcode = 'insufficient_privilege';
  end if;
  if until is null or until > rang.taken_at + interval '7 days' then
    raise exception 'what an alert opens stays open for days at most' using errcode = 'check_violation';
  end if;
  if hearth.in_reach(rang.circle) or not hearth.is_open(rang.circle) or rang.circle = any(hearth.my_excluded()) then return null; end if;
  insert into public.access_grant (circle_id, user_id, part, reach, part_in_it, item_kind, why, given_by_id, given_at, ends_at)
  values (rang.circle, i, '', 'full', 'answered_alert', '', why, i, at, until) returning id into given;
  return given;
end $$;
grant execute on function hearth.open_for_alert(uuid, text, timestamptz, timestamptz) to hearth_broad, hearth_narrow;
reset role;

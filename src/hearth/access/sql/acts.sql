-- The only ways to change who is in a circle. Each answers to the signed identity, or to the jobs process as the system.
-- Missing, hidden and shut answer alike everywhere: a caller cannot tell which it was.

set local role hearth_definer;
create function hearth.require_identity() returns bigint security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me();
begin
  if i is null and not hearth.is_system() then raise exception 'nobody is signed in' using errcode = 'insufficient_privilege'; end if;
  return i;
end $$;
grant execute on function hearth.require_identity() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.require_voice(circle bigint) returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.speaks_for(circle) then raise exception 'not in your circle' using errcode = 'insufficient_privilege'; end if;
end $$;
grant execute on function hearth.require_voice(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

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
grant execute on function hearth.my_entity() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The company a record belongs to, whose policy it stands under, is written on its circle when it is made.
create function hearth.make_circle(kind text, restricted boolean, at timestamptz, entity bigint default null) returns bigint
security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into public.access_circle (kind, restricted, made_at, made_by_id, made_in, entity_id)
  values (kind, restricted, at, hearth.require_identity(), pg_current_xact_id(), coalesce(entity, hearth.my_entity())) returning id
$$;
grant execute on function hearth.make_circle(text, boolean, timestamptz, bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.give(circle bigint, to_user bigint, to_part text, reach text, part_in_it text, item_kind text, item bigint,
  why text, at timestamptz, until timestamptz)
returns bigint security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.require_identity(); given bigint;
begin
  perform hearth.require_voice(circle);
  insert into public.access_grant (circle_id, user_id, part, reach, part_in_it, item_kind, item_id, why, given_by_id, given_at, ends_at)
  values (circle, to_user, to_part, reach, part_in_it, item_kind, item, why, i, at, until) returning id into given;
  return given;
end $$;
grant execute on function hearth.give(bigint, bigint, text, text, text, text, bigint, text, timestamptz, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.end_grant(which bigint, at timestamptz) returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.require_identity();
  update public.access_grant g set ended_at = at where g.id = which and g.ended_at is null
    and (hearth.speaks_for(g.circle_id) or g.user_id = hearth.me() and hearth.in_reach(g.circle_id));
  if not found then raise exception 'no such grant' using errcode = 'no_data_found'; end if;
end $$;
grant execute on function hearth.end_grant(bigint, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.link_circles(case_circle bigint, joined bigint, at timestamptz) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.require_identity(); made bigint;
begin
  perform hearth.require_voice(case_circle), hearth.require_voice(joined);
  -- A restricted concern never opens to the members of an ordinary case.
  if not hearth.is_open(joined) and hearth.is_open(case_circle) then
    raise exception 'a restricted record cannot be joined to an open one' using errcode = 'check_violation';
  end if;
  insert into public.access_circlelink (case_circle_id, joined_circle_id, linked_at, linked_by_id)
  values (case_circle, joined, at, i) returning id into made;
  return made;
end $$;
grant execute on function hearth.link_circles(bigint, bigint, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.unlink_circles(case_circle bigint, joined bigint, at timestamptz) returns void
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.require_identity();
  update public.access_circlelink l set ended_at = at
    where l.case_circle_id = case_circle and l.joined_circle_id = joined and l.ended_at is null and hearth.speaks_for(case_circle);
  if not found then raise exception 'no such link' using errcode = 'no_data_found'; end if;
end $$;
grant execute on function hearth.unlink_circles(bigint, bigint, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Restricting also ends what would still let an ordinary case or an emergency opening in.
create function hearth.restrict_circle(circle bigint) returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.require_identity(), hearth.require_voice(circle);
  update public.access_circle c set restricted = true where c.id = circle;
  update public.access_circlelink l set ended_at = now()
    where l.joined_circle_id = circle and l.ended_at is null and hearth.is_open(l.case_circle_id);
  update public.access_grant g set ended_at = now()
    where g.circle_id = circle and g.ended_at is null and g.part_in_it = 'broke_glass';
end $$;
grant execute on function hearth.restrict_circle(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Which circle an address, or a reference said aloud, names, whoever asks. Only the two functions below use it, and
-- neither tells. Compared in the column's own type, so that the unique index answers in the same time whether it is there
-- or not. pg_input_is_valid() keeps the first type it is asked about when the type comes from a variable: it is asked in a
-- statement of its own.
create function hearth.circle_called(asked_kind text, asked text) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare t record; could_be boolean; found_circle bigint;
begin
  for t in select p.name, p.circle_column, a.attname as called, format_type(a.atttypid, null) as type
    from hearth.protected_table p
    join pg_attribute a on a.attrelid = format('public.%I', p.name)::regclass and a.attname in (p.reference_column, 'reference')
    where p.reference_column <> '' and (asked_kind = '' or p.kind = asked_kind) order by p.name, a.attname loop
    execute format('select pg_input_is_valid($1, %L)', t.type) into could_be using asked;
    continue when not could_be;
    execute format('select %I from public.%I where %I = $1::%s', t.circle_column, t.name, t.called, t.type)
      into found_circle using asked;
    if found_circle is not null then return found_circle; end if;
  end loop;
  return null;
end $$;

create function hearth.note_refusal(act text, page text, asked text, at timestamptz) returns void
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me(); circle bigint;
begin
  circle := hearth.circle_called('', asked);
  insert into public.access_refusal (public_id, user_id, act, page, asked_for, circle_id, restricted, was_excluded, at)
  values (gen_random_uuid(), i, act, page, asked, circle, coalesce(not hearth.is_open(circle), false),
    coalesce(circle = any(hearth.my_excluded()), false), at);
end $$;
grant execute on function hearth.note_refusal(text, text, text, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- An emergency opening: for a while, with a reason, never for somebody shut out, never into a restricted circle.
-- Missing, shut and restricted answer alike: null.
create function hearth.break_glass(asked_kind text, asked text, why text, at timestamptz, until timestamptz) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me(); circle bigint;
begin
  if i is null or not hearth.i_may('break glass') then
    raise exception 'no post of yours opens in an emergency' using errcode = 'insufficient_privilege';
  end if;
  if coalesce(why !~ '\S', true) then raise exception 'an emergency opening needs a reason' using errcode = 'check_violation'; end if;
  if coalesce(until > now() + interval '4 hours', true) then raise exception 'an emergency opening is short' using errcode = 'check_violation'; end if;
  circle := hearth.circle_called(asked_kind, asked);
  if circle is null or not hearth.is_open(circle) or circle = any(hearth.my_excluded()) then return null; end if;
  insert into public.access_grant (circle_id, user_id, part, reach, part_in_it, item_kind, why, given_by_id, given_at, ends_at)
  values (circle, i, '', 'full', 'broke_glass', '', why, i, at, until);
  return circle;
end $$;
grant execute on function hearth.break_glass(text, text, text, timestamptz, timestamptz) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

-- The only ways to change who is in a circle. Each answers to the signed identity, or to the jobs process as the system.
-- Missing, hidden and shut answer alike everywhere: a caller cannot tell which it was.

create function hearth.require_identity() returns bigint security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me();
begin
  if i is null and not hearth.is_system() then raise exception 'nobody is signed in' using errcode = 'insufficient_privilege'; end if;
  return i;
end $$;

-- Whether I reach a circle: it is mine in full, or my post reads it. An exclusion beats both.
create function hearth.in_reach(circle bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(circle = any(hearth.my_circles()) or (hearth.is_broad() and hearth.is_open(circle)) or hearth.is_system(), false)
    and not circle = any(hearth.my_excluded())
$$;

-- Whether I may speak for a circle: say who is in it. Reach that is borrowed for a while (an emergency opening, an
-- invitation, a place with an end, a link) is not passed on and not made longer.
create function hearth.speaks_for(circle bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.in_reach(circle) and (
    hearth.is_system()
    or coalesce(hearth.is_broad() and hearth.is_open(circle), false)
    or exists (select from public.access_circle c
      where c.id = circle and c.made_in = pg_current_xact_id_if_assigned() and c.made_by_id = hearth.me())
    or exists (select from hearth.my_grants() g where g.circle_id = circle and g.reach = 'full'
      and g.ends_at is null and g.part_in_it not in ('broke_glass', 'invited')))
$$;

create function hearth.require_voice(circle bigint) returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.speaks_for(circle) then raise exception 'not in your circle' using errcode = 'insufficient_privilege'; end if;
end $$;

create function hearth.make_circle(kind text, restricted boolean, at timestamptz) returns bigint
security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into public.access_circle (kind, restricted, made_at, made_by_id, made_in)
  values (kind, restricted, at, hearth.require_identity(), pg_current_xact_id()) returning id
$$;

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

create function hearth.end_grant(which bigint, at timestamptz) returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.require_identity();
  update public.access_grant g set ended_at = at where g.id = which and g.ended_at is null
    and (hearth.speaks_for(g.circle_id) or g.user_id = hearth.me() and hearth.in_reach(g.circle_id));
  if not found then raise exception 'no such grant' using errcode = 'no_data_found'; end if;
end $$;

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

create function hearth.unlink_circles(case_circle bigint, joined bigint, at timestamptz) returns void
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.require_identity();
  update public.access_circlelink l set ended_at = at
    where l.case_circle_id = case_circle and l.joined_circle_id = joined and l.ended_at is null and hearth.speaks_for(case_circle);
  if not found then raise exception 'no such link' using errcode = 'no_data_found'; end if;
end $$;

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

-- Which circle an address, or a reference said aloud, names, whoever asks. Only the two functions below use it, and
-- neither tells.
-- Compared in the column's own type, so that the unique index answers in the same time whether it is there or not.
create function hearth.circle_called(asked_kind text, asked text) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare t record; found_circle bigint;
begin
  for t in select p.name, p.circle_column, a.attname as called, format_type(a.atttypid, null) as type
    from hearth.protected_table p
    join pg_attribute a on a.attrelid = format('public.%I', p.name)::regclass and a.attname in (p.reference_column, 'reference')
    where p.reference_column <> '' and (asked_kind = '' or p.kind = asked_kind) order by p.name, a.attname loop
    continue when not pg_input_is_valid(asked, t.type);
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

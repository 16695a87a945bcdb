-- How the promises of a policy stand at a moment: of each, the one that falls due soonest. One look into the index for
-- each promise asked about, however many run. Restricted records are left out, as in every published figure.
grant select on timescales_notice to hearth_definer;

set local role hearth_definer;
-- How the promises of a policy stand at a moment: of each, the one that falls due soonest. One look into the index for
-- each promise asked about, however many run. Restricted records are left out, as in every published figure.
create function hearth.promises_now(rules text[], at timestamptz)
returns table (rule text, due_at timestamptz, is_over boolean, is_warned boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.my_parts() && hearth.counting_parts() and not hearth.is_house() then
    raise exception 'no post of yours sees how promises are kept' using errcode = 'insufficient_privilege';
  end if;
  return query
    select asked.rule, soonest.due_at, hearth.is_over(soonest.due_at, soonest.due_day, promises_now.at),
      exists (select from public.timescales_notice n where n.circle_id = soonest.circle_id and n.clock_id = soonest.id)
    from unnest(rules) asked (rule)
    cross join lateral (
      select c.id, c.circle_id, c.due_at, c.due_day from public.timescales_clock c
      where c.rule = asked.rule and c.state = 'running' and c.due_at is not null and not c.restricted
      order by c.due_at limit 1
    ) soonest;
end $$;
grant execute on function hearth.promises_now(text[], timestamptz) to hearth_broad, hearth_narrow, hearth_house;

-- The same where companies of a group have policies of their own: of those begun under these packs alone.
create function hearth.promises_now(rules text[], at timestamptz, packs text[])
returns table (rule text, due_at timestamptz, is_over boolean, is_warned boolean)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.my_parts() && hearth.counting_parts() and not hearth.is_house() then
    raise exception 'no post of yours sees how promises are kept' using errcode = 'insufficient_privilege';
  end if;
  return query
    select asked.rule, soonest.due_at, hearth.is_over(soonest.due_at, soonest.due_day, promises_now.at),
      exists (select from public.timescales_notice n where n.circle_id = soonest.circle_id and n.clock_id = soonest.id)
    from unnest(rules) asked (rule)
    cross join lateral (
      select c.id, c.circle_id, c.due_at, c.due_day from public.timescales_clock c
      where c.rule = asked.rule and c.state = 'running' and c.due_at is not null and not c.restricted
        and c.digest = any(promises_now.packs)
      order by c.due_at limit 1
    ) soonest;
end $$;
grant execute on function hearth.promises_now(text[], timestamptz, text[]) to hearth_broad, hearth_narrow, hearth_house;
reset role;

-- The house itself is told how promises are kept too: its commands print it, and nobody signs in to a command.
set role hearth_definer;
create or replace function hearth.monthly_counts(measures text[], since date, until date)
returns table (measure text, month date, part text, number bigint)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.my_parts() && hearth.counting_parts() and not hearth.is_house() then
    raise exception 'no post of yours sees monthly counts' using errcode = 'insufficient_privilege';
  end if;
  return query
    select c.measure, c.month, c.part, sum(c.number)::bigint from (
      select s.measure::text, s.month, s.part::text, s.total as number from public.assurance_sum s
        where s.measure = any(measures) and s.month between since and until
      union all
      select d.measure::text, d.month, d.part::text, d.number from public.assurance_delta d
        where d.measure = any(measures) and d.month between since and until
    ) c group by 1, 2, 3 having sum(c.number) <> 0 order by 1, 2, 3;
end $$;

create or replace function hearth.promises_now(rules text[], at timestamptz)
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

grant execute on function hearth.monthly_counts(text[], date, date), hearth.promises_now(text[], timestamptz) to hearth_house;
reset role;

-- Figures of some months: folded by a job, told by functions, counted anew by a command. No role of the house reads or
-- writes these tables: the functions do it as the definer.

-- Locking a delta to fold it takes the right to change it; a column nobody has a use for is enough.
grant delete, update (id) on assurance_delta to hearth_definer;
grant update (total) on assurance_sum to hearth_definer;

set local role hearth_definer;
-- The job: moves deltas into their month's sums, all in one statement. Two at once take different ones; one that is
-- killed has moved nothing.
create function hearth.fold_counts(most integer) returns integer
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare folded integer;
begin
  with taken as (
    select d.id from public.assurance_delta d order by d.id limit most for update skip locked
  ), moved as (
    delete from public.assurance_delta d using taken t where d.id = t.id returning d.month, d.measure, d.part, d.entity_id, d.number
  ), kept as (
    insert into public.assurance_sum as s (month, measure, part, entity_id, total)
      select m.month, m.measure, m.part, m.entity_id, sum(m.number) from moved m group by 1, 2, 3, 4 order by 2, 1, 3, 4
      on conflict (measure, month, part, entity_id) do update set total = s.total + excluded.total
  )
  select count(*) into folded from moved;
  return folded;
end $$;
grant execute on function hearth.fold_counts(integer) to hearth_worker, hearth_owner;
reset role;

-- What is folded and what is not yet, seen at one moment. The same for whoever may ask, and for the house itself, whose
-- commands print it.
create function hearth.counting_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['auditor', 'case_manager', 'champion', 'deputy', 'lead']
$$;
grant execute on function hearth.counting_parts() to hearth_broad, hearth_narrow;

set local role hearth_definer;
create function hearth.monthly_counts(measures text[], since date, until date)
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
grant execute on function hearth.monthly_counts(text[], date, date) to hearth_broad, hearth_narrow, hearth_house;

-- The same as monthly_counts(), company by company. What belongs to none comes with none.
create function hearth.monthly_counts_by_company(measures text[], since date, until date)
returns table (entity_id bigint, measure text, month date, part text, number bigint)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.my_parts() && hearth.counting_parts() and not hearth.is_house() then
    raise exception 'no post of yours sees monthly counts' using errcode = 'insufficient_privilege';
  end if;
  return query
    select c.entity_id, c.measure, c.month, c.part, sum(c.number)::bigint from (
      select s.entity_id, s.measure::text, s.month, s.part::text, s.total as number from public.assurance_sum s
        where s.measure = any(measures) and s.month between since and until
      union all
      select d.entity_id, d.measure::text, d.month, d.part::text, d.number from public.assurance_delta d
        where d.measure = any(measures) and d.month between since and until
    ) c group by 1, 2, 3, 4 having sum(c.number) <> 0 order by 2, 3, 4, 1;
end $$;
grant execute on function hearth.monthly_counts_by_company(text[], date, date) to hearth_broad, hearth_narrow, hearth_house;

-- Everything counted anew, beside what is stored. For the commands; it reads the whole ledger.
create function hearth.counts_that_differ()
returns table (measure text, month date, part text, entity_id bigint, stored bigint, told bigint)
security definer language sql set search_path = pg_catalog, pg_temp as $$
  with told as (
    select measure, month, part, coalesce(entity_id, 0) as entity, count(*) as number from (
      select e.measure, e.month, e.part, c.entity_id
        from hearth.counted_entry e left join public.access_circle c on c.id = e.circle_id
        where e.circle_id is null or not c.restricted
      union all
      select 'promise.' || k.rule, hearth.month_due(k.due_at, k.due_day),
        hearth.promise_kept(k.whose, k.restricted, k.state, k.due_at, k.due_day, k.stopped_at, k.pauses), c.entity_id
        from public.timescales_clock k left join public.access_circle c on c.id = k.circle_id
    ) each where part is not null group by 1, 2, 3, 4
  ), stored as (
    select measure, month, part, coalesce(entity_id, 0) as entity, sum(number) as number from (
      select measure, month, part, entity_id, total as number from public.assurance_sum
      union all select measure, month, part, entity_id, number from public.assurance_delta
    ) each group by 1, 2, 3, 4
  )
  select measure, month, part, nullif(entity, 0), coalesce(s.number, 0)::bigint, coalesce(t.number, 0)::bigint
  from told t full join stored s using (measure, month, part, entity)
  where coalesce(s.number, 0) <> coalesce(t.number, 0) order by 1, 2, 3, 4
$$;
grant execute on function hearth.counts_that_differ() to hearth_worker, hearth_owner;

create function hearth.mend_counts() returns integer security definer language sql set search_path = pg_catalog, pg_temp as $$
  with mended as (
    insert into public.assurance_delta (month, measure, part, entity_id, number)
      select d.month, d.measure, d.part, d.entity_id, d.told - d.stored from hearth.counts_that_differ() d returning 1
  )
  select count(*)::integer from mended
$$;
grant execute on function hearth.mend_counts() to hearth_worker, hearth_owner;
reset role;

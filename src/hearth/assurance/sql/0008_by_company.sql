-- Figures are kept apart by the company a record belongs to, which stands on its circle. What belongs to none has none.
-- Together they are what they were: monthly_counts() adds all companies up.
set role hearth_definer;

-- Whether what happens in a circle counts, and for which company. It waits for somebody who is just restricting the
-- circle, and he for us, so that neither counts past the other.
create function hearth.counted_for(circle bigint, out counts boolean, out company bigint)
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  counts := true;
  if circle is null then return; end if;
  select not c.restricted, c.entity_id into counts, company from public.access_circle c where c.id = circle for share;
  counts := coalesce(counts, false);
end $$;

create or replace function hearth.count_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare told record;
begin
  select * into told from hearth.counted_for(new.circle_id);
  if not told.counts then return null; end if;
  if new.act <> 'entry.marked_wrong' then
    insert into public.assurance_delta (month, measure, part, entity_id, number)
      select hearth.month_of(new.happened_at), c.measure,
        case when c.fact = '' then '' else coalesce(new.facts ->> c.fact, '') end, told.company, 1
      from hearth.counted c where c.act = new.act;
    return null;
  end if;
  -- An entry marked wrong is taken out once, however often it is marked.
  perform pg_advisory_xact_lock(hashtextextended('counted:' || (new.facts ->> 'entry'), 2));
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_of(e.happened_at), c.measure,
      case when c.fact = '' then '' else coalesce(e.facts ->> c.fact, '') end, told.company, -1
    from public.ledger_entry e join hearth.counted c on c.act = e.act
    where jsonb_typeof(new.facts -> 'entry') = 'number' and e.circle_id = new.circle_id
      and to_jsonb(e.id) = new.facts -> 'entry' and e.id < new.id
      and not exists (select from public.ledger_entry m where m.act = new.act and m.circle_id = new.circle_id
        and m.facts -> 'entry' = new.facts -> 'entry' and m.id > e.id and m.id <> new.id);
  return null;
end $$;

create or replace function hearth.count_begun_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_due(n.due_at, n.due_day), 'promise.' || n.rule, k.part, o.entity_id, count(*)
    from new_rows n
    cross join lateral hearth.promise_kept(n.whose, n.restricted, n.state, n.due_at, n.due_day, n.stopped_at, n.pauses) k (part)
    left join public.access_circle o on o.id = n.circle_id
    where k.part is not null group by 1, 2, 3, 4;
  return null;
end $$;

create or replace function hearth.count_moved_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_due(c.due_at, c.due_day), 'promise.' || c.rule, k.part, o.entity_id, sum(c.sign)
    from (select o.*, -1 as sign from old_rows o union all select n.*, 1 from new_rows n) c
    cross join lateral hearth.promise_kept(c.whose, c.restricted, c.state, c.due_at, c.due_day, c.stopped_at, c.pauses) k (part)
    left join public.access_circle o on o.id = c.circle_id
    where k.part is not null group by 1, 2, 3, 4 having sum(c.sign) <> 0;
  return null;
end $$;

create or replace function hearth.count_circle() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select e.month, e.measure, e.part, new.entity_id, count(*) * case when new.restricted then -1 else 1 end
    from hearth.counted_entry e where e.circle_id = new.id group by 1, 2, 3;
  return null;
end $$;

create or replace function hearth.fold_counts(most integer) returns integer
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

drop function hearth.counts_that_differ();
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

create or replace function hearth.mend_counts() returns integer security definer language sql set search_path = pg_catalog, pg_temp as $$
  with mended as (
    insert into public.assurance_delta (month, measure, part, entity_id, number)
      select d.month, d.measure, d.part, d.entity_id, d.told - d.stored from hearth.counts_that_differ() d returning 1
  )
  select count(*)::integer from mended
$$;

drop function hearth.counts_in(bigint);
revoke execute on function hearth.counted_for(bigint), hearth.counts_that_differ(), hearth.monthly_counts_by_company(text[], date, date) from public;
grant execute on function hearth.counts_that_differ() to hearth_worker, hearth_owner;
grant execute on function hearth.monthly_counts_by_company(text[], date, date) to hearth_broad, hearth_narrow, hearth_house;

-- What a group has counted so far is told apart. A house of one company has nothing to tell apart, and nothing is read.
do $$ begin
  if exists (select from public.access_circle where entity_id is not null) then perform hearth.mend_counts(); end if;
end $$;
reset role;

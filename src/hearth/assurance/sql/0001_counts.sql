-- Monthly figures. The transaction that writes in the ledger, or moves a clock, writes beside it what that adds to the
-- figures of a month: codes only. A job folds these deltas. See docs/concepts/figures.md.

-- Which acts count in which measure, and which fact of theirs is the part. assurance/terms.py says what they mean.
create table hearth.counted (
  act text not null,
  measure text not null,
  fact text not null default '',
  primary key (act, measure)
);
grant select on hearth.counted to hearth_definer;
insert into hearth.counted (act, measure, fact) values
  ('concern.logged', 'concerns_logged', 'came_by'),
  ('concern.logged', 'concerns_told_by', 'told_by'),
  ('concern.triaged', 'concerns_decided', 'outcome'),
  ('concern.triaged', 'concerns_about', 'subject'),
  ('concern.still_worried', 'still_worried', ''),
  ('oncall.alerted', 'alerts_rung', ''),
  ('oncall.passed_on', 'alerts_passed_on', ''),
  ('rota.gap_found', 'rota_gaps', ''),
  ('case.opened', 'cases_opened', 'subject'),
  ('case.closed', 'cases_closed', 'outcome'),
  ('case.reopened', 'cases_reopened', ''),
  ('referral.made', 'referrals_made', 'to'),
  ('referral.decided', 'referrals_answered', 'outcome'),
  ('hazard.recorded', 'hazards_opened', 'kind'),
  ('hazard.made_safe', 'hazards_made_safe', ''),
  ('access.glass_broken', 'emergency_openings', 'kind');

create function hearth.month_of(moment timestamptz) returns date
immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select date_trunc('month', moment at time zone 'Europe/London')::date
$$;

-- What counts of the ledger: every entry of a counted act, unless a later entry of its circle marks it as wrong.
create view hearth.counted_entry with (security_invoker = true) as
  select e.id, e.circle_id, hearth.month_of(e.happened_at) as month, c.measure,
    case when c.fact = '' then '' else coalesce(e.facts ->> c.fact, '') end as part
  from public.ledger_entry e join hearth.counted c on c.act = e.act
  where not exists (select from public.ledger_entry m
    where m.act = 'entry.marked_wrong' and m.circle_id = e.circle_id and m.facts -> 'entry' = to_jsonb(e.id) and m.id > e.id);
grant select on hearth.counted_entry to hearth_definer;

-- How a promise of ours counts, in the month it falls due. A day-limit is kept until midnight, an hour-limit up to and
-- including its last moment. What ended by itself, and what is rightly paused, counts nowhere.
create function hearth.is_over(due_at timestamptz, due_day date, moment timestamptz) returns boolean
immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select case when due_day is null then moment > due_at else moment >= due_at end
$$;

create function hearth.promise_kept(whose text, restricted boolean, state text, due_at timestamptz, due_day date,
  stopped_at timestamptz, pauses jsonb) returns text
stable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select case
    when whose <> 'ours' or restricted or due_at is null then null
    when state = 'met' then case when hearth.is_over(due_at, due_day, stopped_at) then 'late' else 'in_time' end
    when state = 'running' then 'open'
    when state = 'paused' and hearth.is_over(due_at, due_day, (pauses -> -1 ->> 1)::timestamptz) then 'open'
  end
$$;

create function hearth.month_due(due_at timestamptz, due_day date) returns date
immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(date_trunc('month', due_day::timestamp)::date, hearth.month_of(due_at))
$$;

-- Whether what happens in a circle counts. It waits for somebody who is just restricting the circle, and he for us, so
-- that neither counts past the other.
create function hearth.counts_in(circle bigint) returns boolean
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare is_open boolean;
begin
  if circle is null then return true; end if;
  select not c.restricted into is_open from public.access_circle c where c.id = circle for share;
  return coalesce(is_open, false);
end $$;

create function hearth.count_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.counts_in(new.circle_id) then return null; end if;
  if new.act <> 'entry.marked_wrong' then
    insert into public.assurance_delta (month, measure, part, number)
      select hearth.month_of(new.happened_at), c.measure,
        case when c.fact = '' then '' else coalesce(new.facts ->> c.fact, '') end, 1
      from hearth.counted c where c.act = new.act;
    return null;
  end if;
  -- An entry marked wrong is taken out once, however often it is marked.
  perform pg_advisory_xact_lock(hashtextextended('counted:' || (new.facts ->> 'entry'), 2));
  insert into public.assurance_delta (month, measure, part, number)
    select hearth.month_of(e.happened_at), c.measure,
      case when c.fact = '' then '' else coalesce(e.facts ->> c.fact, '') end, -1
    from public.ledger_entry e join hearth.counted c on c.act = e.act
    where jsonb_typeof(new.facts -> 'entry') = 'number' and e.circle_id = new.circle_id
      and to_jsonb(e.id) = new.facts -> 'entry' and e.id < new.id
      and not exists (select from public.ledger_entry m where m.act = new.act and m.circle_id = new.circle_id
        and m.facts -> 'entry' = new.facts -> 'entry' and m.id > e.id and m.id <> new.id);
  return null;
end $$;

-- The trigger stands in the way of entries that count and of no other: a page that only reads pays nothing.
create procedure hearth.count_these_acts() language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute 'drop trigger if exists count_entry on public.ledger_entry';
  execute (select format('create trigger count_entry after insert on public.ledger_entry for each row when (new.act = any (%L::text[]))'
      ' execute function hearth.count_entry()', array_agg(distinct act) || array['entry.marked_wrong']) from hearth.counted);
end $$;

-- Clocks: what a moved clock counted before is taken back, what it counts now is added. One statement, one look.
create function hearth.count_begun_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, number)
    select hearth.month_due(n.due_at, n.due_day), 'promise.' || n.rule, k.part, count(*)
    from new_rows n
    cross join lateral hearth.promise_kept(n.whose, n.restricted, n.state, n.due_at, n.due_day, n.stopped_at, n.pauses) k (part)
    where k.part is not null group by 1, 2, 3;
  return null;
end $$;

create function hearth.count_moved_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, number)
    select hearth.month_due(c.due_at, c.due_day), 'promise.' || c.rule, k.part, sum(c.sign)
    from (select o.*, -1 as sign from old_rows o union all select n.*, 1 from new_rows n) c
    cross join lateral hearth.promise_kept(c.whose, c.restricted, c.state, c.due_at, c.due_day, c.stopped_at, c.pauses) k (part)
    where k.part is not null group by 1, 2, 3 having sum(c.sign) <> 0;
  return null;
end $$;

-- A circle that becomes restricted takes its figures back out, and one that is opened again brings them back.
create function hearth.count_circle() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, number)
    select e.month, e.measure, e.part, count(*) * case when new.restricted then -1 else 1 end
    from hearth.counted_entry e where e.circle_id = new.id group by 1, 2, 3;
  return null;
end $$;

-- The job: moves deltas into their month's sums, all in one statement. Two at once take different ones; one that is
-- killed has moved nothing.
create function hearth.fold_counts(most integer) returns integer
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare folded integer;
begin
  with taken as (
    select d.id from public.assurance_delta d order by d.id limit most for update skip locked
  ), moved as (
    delete from public.assurance_delta d using taken t where d.id = t.id returning d.month, d.measure, d.part, d.number
  ), kept as (
    insert into public.assurance_sum as s (month, measure, part, total)
      select m.month, m.measure, m.part, sum(m.number) from moved m group by 1, 2, 3 order by 2, 1, 3
      on conflict (measure, month, part) do update set total = s.total + excluded.total
  )
  select count(*) into folded from moved;
  return folded;
end $$;

-- Figures of some months: what is folded and what is not yet, seen at one moment. The same for whoever may ask.
create function hearth.counting_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['auditor', 'case_manager', 'champion', 'deputy', 'lead']
$$;

create function hearth.monthly_counts(measures text[], since date, until date)
returns table (measure text, month date, part text, number bigint)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.my_parts() && hearth.counting_parts() then
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

-- Everything counted anew, beside what is stored. For the commands; it reads the whole ledger.
create function hearth.counts_that_differ() returns table (measure text, month date, part text, stored bigint, told bigint)
security definer language sql set search_path = pg_catalog, pg_temp as $$
  with told as (
    select measure, month, part, count(*) as number from (
      select e.measure, e.month, e.part from hearth.counted_entry e left join public.access_circle c on c.id = e.circle_id
        where e.circle_id is null or not c.restricted
      union all
      select 'promise.' || k.rule, hearth.month_due(k.due_at, k.due_day),
        hearth.promise_kept(k.whose, k.restricted, k.state, k.due_at, k.due_day, k.stopped_at, k.pauses)
        from public.timescales_clock k
    ) each where part is not null group by 1, 2, 3
  ), stored as (
    select measure, month, part, sum(number) as number from (
      select measure, month, part, total as number from public.assurance_sum
      union all select measure, month, part, number from public.assurance_delta
    ) each group by 1, 2, 3
  )
  select measure, month, part, coalesce(s.number, 0)::bigint, coalesce(t.number, 0)::bigint
  from told t full join stored s using (measure, month, part)
  where coalesce(s.number, 0) <> coalesce(t.number, 0) order by 1, 2, 3
$$;

create function hearth.mend_counts() returns integer security definer language sql set search_path = pg_catalog, pg_temp as $$
  with mended as (
    insert into public.assurance_delta (month, measure, part, number)
      select d.month, d.measure, d.part, d.told - d.stored from hearth.counts_that_differ() d returning 1
  )
  select count(*)::integer from mended
$$;

-- Rights: no role of the house reads or writes these tables; the functions above do it as the definer.
do $$
declare t text; f text;
begin
  foreach t in array array['assurance_delta', 'assurance_sum'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy definer on public.%I to hearth_definer using (true) with check (true)', t);
    execute format('grant select, insert on public.%I to hearth_definer', t);
  end loop;
  foreach f in array array['counts_in(bigint)', 'count_entry()', 'count_begun_clocks()', 'count_moved_clocks()', 'count_circle()',
    'fold_counts(integer)', 'monthly_counts(text[], date, date)', 'counts_that_differ()', 'mend_counts()'] loop
    execute 'revoke execute on function hearth.' || f || ' from public';
    execute 'alter function hearth.' || f || ' owner to hearth_definer';
  end loop;
end $$;
-- Locking a delta to fold it takes the right to change it; a column nobody has a use for is enough.
grant delete, update (id) on assurance_delta to hearth_definer;
grant update (total) on assurance_sum to hearth_definer;
revoke execute on function hearth.month_of(timestamptz), hearth.is_over(timestamptz, date, timestamptz), hearth.month_due(timestamptz, date),
  hearth.promise_kept(text, boolean, text, timestamptz, date, timestamptz, jsonb), hearth.counting_parts() from public;
grant execute on function hearth.counting_parts() to hearth_broad, hearth_narrow;
revoke execute on procedure hearth.count_these_acts() from public;
set local role hearth_definer;
grant execute on function hearth.count_entry(), hearth.count_begun_clocks(), hearth.count_moved_clocks(), hearth.count_circle() to hearth_owner;
grant execute on function hearth.fold_counts(integer), hearth.counts_that_differ(), hearth.mend_counts() to hearth_worker, hearth_owner;
grant execute on function hearth.monthly_counts(text[], date, date) to hearth_broad, hearth_narrow;
reset role;

call hearth.count_these_acts();
create trigger count_begun_clocks after insert on timescales_clock referencing new table as new_rows
  for each statement execute function hearth.count_begun_clocks();
create trigger count_moved_clocks after update on timescales_clock referencing old table as old_rows new table as new_rows
  for each statement execute function hearth.count_moved_clocks();
create trigger count_circle after update of restricted on access_circle
  for each row when (old.restricted is distinct from new.restricted) execute function hearth.count_circle();

-- What was written before figures were kept.
select hearth.mend_counts();

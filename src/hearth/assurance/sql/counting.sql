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
  ('access.glass_broken', 'emergency_openings', 'kind'),
  -- What the policy stopped is counted by the gate that was in the way.
  ('gate.stopped', 'acts_stopped', 'gate');

-- What a promise or a happening counts as is worked out in the statement that asks, and not by a call for each row: the
-- body of such a function is understood when it is made, so that no search path decides what it means.
create function hearth.month_of(moment timestamptz) returns date immutable parallel safe language sql
  return date_trunc('month', moment at time zone 'Europe/London')::date;

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
immutable parallel safe language sql
  return case when due_day is null then moment > due_at else moment >= due_at end;

create function hearth.promise_kept(whose text, restricted boolean, state text, due_at timestamptz, due_day date,
  stopped_at timestamptz, pauses jsonb) returns text stable parallel safe language sql
  return case
    when whose <> 'ours' or restricted or due_at is null then null
    when state = 'met' then case when hearth.is_over(due_at, due_day, stopped_at) then 'late' else 'in_time' end
    when state = 'running' then 'open'
    when state = 'paused' and hearth.is_over(due_at, due_day, (pauses -> -1 ->> 1)::timestamptz) then 'open'
  end;

create function hearth.month_due(due_at timestamptz, due_day date) returns date immutable parallel safe language sql
  return coalesce(date_trunc('month', due_day::timestamp)::date, hearth.month_of(due_at));

set local role hearth_definer;
-- Figures are kept apart by the company a record belongs to, which stands on its circle. What belongs to none has none.
create function hearth.count_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare counts boolean := true; company bigint;
begin
  -- Whether what happens in a circle counts, and for which company. It waits for somebody who is just restricting the
  -- circle, and he for us, so that neither counts past the other.
  if new.circle_id is not null then
    select not c.restricted, c.entity_id into counts, company from public.access_circle c where c.id = new.circle_id for share;
    if counts is not true then return null; end if;
  end if;
  if new.act <> 'entry.marked_wrong' then
    insert into public.assurance_delta (month, measure, part, entity_id, number)
      select hearth.month_of(new.happened_at), c.measure,
        case when c.fact = '' then '' else coalesce(new.facts ->> c.fact, '') end, company, 1
      from hearth.counted c where c.act = new.act;
    return null;
  end if;
  -- An entry marked wrong is taken out once, however often it is marked.
  perform pg_advisory_xact_lock(hashtextextended('counted:' || (new.facts ->> 'entry'), 2));
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_of(e.happened_at), c.measure,
      case when c.fact = '' then '' else coalesce(e.facts ->> c.fact, '') end, company, -1
    from public.ledger_entry e join hearth.counted c on c.act = e.act
    where jsonb_typeof(new.facts -> 'entry') = 'number' and e.circle_id = new.circle_id
      and to_jsonb(e.id) = new.facts -> 'entry' and e.id < new.id
      and not exists (select from public.ledger_entry m where m.act = new.act and m.circle_id = new.circle_id
        and m.facts -> 'entry' = new.facts -> 'entry' and m.id > e.id and m.id <> new.id);
  return null;
end $$;
grant execute on function hearth.count_entry() to hearth_owner;
reset role;

-- The trigger stands in the way of entries that count and of no other: a page that only reads pays nothing.
create procedure hearth.count_these_acts() language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute 'drop trigger if exists count_entry on public.ledger_entry';
  execute (select format('create trigger count_entry after insert on public.ledger_entry for each row when (new.act = any (%L::text[]))'
      ' execute function hearth.count_entry()', array_agg(distinct act) || array['entry.marked_wrong']) from hearth.counted);
end $$;
call hearth.count_these_acts();

set local role hearth_definer;
-- Clocks: what a moved clock counted before is taken back, what it counts now is added. One statement, one look. The
-- company of a clock that begins is asked by its circle's key: joined, it was found by reading all circles.
create function hearth.count_begun_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_due(n.due_at, n.due_day), 'promise.' || n.rule, k.part,
      (select o.entity_id from public.access_circle o where o.id = n.circle_id), count(*)
    from new_rows n
    cross join lateral hearth.promise_kept(n.whose, n.restricted, n.state, n.due_at, n.due_day, n.stopped_at, n.pauses) k (part)
    where k.part is not null group by 1, 2, 3, 4;
  return null;
end $$;
grant execute on function hearth.count_begun_clocks() to hearth_owner;
reset role;
create trigger count_begun_clocks after insert on timescales_clock referencing new table as new_rows
  for each statement execute function hearth.count_begun_clocks();

set local role hearth_definer;
create function hearth.count_moved_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_due(c.due_at, c.due_day), 'promise.' || c.rule, k.part, o.entity_id, sum(c.sign)
    from (select o.*, -1 as sign from old_rows o union all select n.*, 1 from new_rows n) c
    cross join lateral hearth.promise_kept(c.whose, c.restricted, c.state, c.due_at, c.due_day, c.stopped_at, c.pauses) k (part)
    left join public.access_circle o on o.id = c.circle_id
    where k.part is not null group by 1, 2, 3, 4 having sum(c.sign) <> 0;
  return null;
end $$;
grant execute on function hearth.count_moved_clocks() to hearth_owner;
reset role;
create trigger count_moved_clocks after update on timescales_clock referencing old table as old_rows new table as new_rows
  for each statement execute function hearth.count_moved_clocks();

set local role hearth_definer;
-- A circle that becomes restricted takes its figures back out, and one that is opened again brings them back.
create function hearth.count_circle() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select e.month, e.measure, e.part, new.entity_id, count(*) * case when new.restricted then -1 else 1 end
    from hearth.counted_entry e where e.circle_id = new.id group by 1, 2, 3;
  return null;
end $$;
grant execute on function hearth.count_circle() to hearth_owner;
reset role;
create trigger count_circle after update of restricted on access_circle
  for each row when (old.restricted is distinct from new.restricted) execute function hearth.count_circle();

-- What a promise or a happening counts as is worked out in the statement that asks, and not by a call for each row: the
-- body of such a function is understood when it is made, so that no search path decides what it means.

create or replace function hearth.month_of(moment timestamptz) returns date immutable parallel safe language sql
  return date_trunc('month', moment at time zone 'Europe/London')::date;
create or replace function hearth.month_due(due_at timestamptz, due_day date) returns date immutable parallel safe language sql
  return coalesce(date_trunc('month', due_day::timestamp)::date, hearth.month_of(due_at));
create or replace function hearth.is_over(due_at timestamptz, due_day date, moment timestamptz) returns boolean
immutable parallel safe language sql
  return case when due_day is null then moment > due_at else moment >= due_at end;
create or replace function hearth.promise_kept(whose text, restricted boolean, state text, due_at timestamptz, due_day date,
  stopped_at timestamptz, pauses jsonb) returns text stable parallel safe language sql
  return case
    when whose <> 'ours' or restricted or due_at is null then null
    when state = 'met' then case when hearth.is_over(due_at, due_day, stopped_at) then 'late' else 'in_time' end
    when state = 'running' then 'open'
    when state = 'paused' and hearth.is_over(due_at, due_day, (pauses -> -1 ->> 1)::timestamptz) then 'open'
  end;

-- The circle is asked in place too.
set local role hearth_definer;
create or replace function hearth.count_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
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
drop function hearth.counted_for(bigint);
set local role none;

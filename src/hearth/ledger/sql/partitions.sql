-- Partitions by month, all made by one function, so that none is ever without its guards.

create function hearth.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'The ledger is only added to: % on % is refused.', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;

-- Guards stand on each table itself: those a partition inherits would leave with it when it is detached. They are
-- `always`, so that a session playing replica meets them too. Nobody has a grant on a partition: its parent's row
-- security does not cover a partition named directly.
create function hearth.guard_ledger_table(name text, disposable boolean) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('create trigger refuse_change before update%s on public.%I for each row execute function hearth.refuse_change()',
    case when disposable then '' else ' or delete' end, name);
  execute format('create trigger refuse_truncate before truncate on public.%I for each statement execute function hearth.refuse_change()', name);
  execute format('alter table public.%I enable always trigger refuse_change', name);
  execute format('alter table public.%I enable always trigger refuse_truncate', name);
  execute format('revoke all on public.%I from public', name);
end $$;

-- `month` null makes the default partition: it should stay empty, and hearth.ledger_alarm() says when it is not.
create function hearth.make_ledger_partition(parent text, month date) returns boolean
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  called text := parent || '_' || coalesce(to_char(month, 'YYYY_MM'), 'default');
  starts timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
  if parent not in ('ledger_entry', 'ledger_change') then raise exception '% is not a table of the ledger', parent; end if;
  if exists (select from public.ledger_partition p where p.name = called) then return false; end if;
  execute format('create table public.%I partition of public.%I ', called, parent)
    || case when month is null then 'default' else format('for values from (%L) to (%L)', starts, ends) end;
  perform hearth.guard_ledger_table(called, false);
  if parent = 'ledger_entry' then
    execute format('create trigger begin_signing before insert on public.%I for each statement execute function hearth.begin_signing()', called);
  end if;
  insert into public.ledger_partition (name, parent, starts_at, ends_at) values (called, parent, starts, ends);
  return true;
end $$;

-- This month and the next `ahead`, for both tables. Returns how many were missing.
create function hearth.make_ledger_partitions(ahead integer default 3) returns integer
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare made integer := 0; parent text; step integer;
begin
  foreach parent in array array['ledger_entry', 'ledger_change'] loop
    for step in 0..ahead loop
      made := made + hearth.make_ledger_partition(parent, ((now() at time zone 'UTC') + make_interval(months => step))::date)::integer;
    end loop;
  end loop;
  return made;
end $$;
grant execute on function hearth.make_ledger_partitions(integer) to hearth_worker;

select hearth.make_ledger_partition('ledger_entry', null), hearth.make_ledger_partition('ledger_change', null),
  hearth.make_ledger_partitions();
select hearth.guard_ledger_table(name, name in ('ledger_entry_words', 'ledger_change_rows'))
  from unnest(array['ledger_epoch', 'ledger_entry_words', 'ledger_change_rows', 'ledger_seal', 'ledger_seal_leaves', 'ledger_partition']) as name;
create trigger refuse_truncate before truncate on ledger_entry for each statement execute function hearth.refuse_change();
create trigger refuse_truncate before truncate on ledger_change for each statement execute function hearth.refuse_change();

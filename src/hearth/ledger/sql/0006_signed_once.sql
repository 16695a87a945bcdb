-- Who writes, and in which epoch, is found once for each statement; who, request, transaction and epoch are then each
-- row's defaults. A row that says anything else, or a false time, meets sign_entry() as every row did before: what it says
-- does not count. A statement that adds many entries asks once and not for each of them.

set local role hearth_definer;
create function hearth.begin_signing() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('hearth.writer', coalesce(hearth.ledger_writer()::text, ''), true),
    set_config('hearth.epoch', (select max(n) from public.ledger_epoch)::text, true);
  return null;
end $$;
revoke execute on function hearth.begin_signing() from public;
grant execute on function hearth.begin_signing() to hearth_owner;
set local role none;

alter table ledger_entry
  alter by_id set default nullif(current_setting('hearth.writer', true), '')::bigint,
  alter request set default nullif(current_setting('hearth.request', true), '')::uuid,
  alter xid set default pg_current_xact_id(),
  alter epoch set default nullif(current_setting('hearth.epoch', true), '')::integer;

-- Both settings are written before the first row of each statement, whatever stood in them. Nobody but the definer's
-- functions and the owner may add entries; a partition that is named directly has the trigger too.
create trigger begin_signing before insert on ledger_entry for each statement execute function hearth.begin_signing();
drop trigger sign_entry on ledger_entry;
create trigger sign_entry before insert on ledger_entry for each row when (
    new.by_id is distinct from nullif(current_setting('hearth.writer', true), '')::bigint
    or new.request is distinct from nullif(current_setting('hearth.request', true), '')::uuid
    or new.xid is distinct from pg_current_xact_id()
    or new.epoch is distinct from nullif(current_setting('hearth.epoch', true), '')::integer
    or new.recorded_at not between clock_timestamp() - interval '1 minute' and clock_timestamp())
  execute function hearth.sign_entry();

do $$
declare called text;
begin
  for called in select p.name from public.ledger_partition p where p.parent = 'ledger_entry' loop
    execute format('create trigger begin_signing before insert on public.%I for each statement execute function hearth.begin_signing()', called);
  end loop;
end $$;

create or replace function hearth.make_ledger_partition(parent text, month date) returns boolean
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

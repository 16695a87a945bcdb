-- Who may do what with the ledger. Fails closed: people's roles get their SELECT with its policy from the access floor.

set local role hearth_definer;
-- How far sealing is behind: rows not yet sealed, and since when the oldest waits.
create function hearth.ledger_lag() returns table (unsealed bigint, oldest timestamptz)
security definer language sql set search_path = pg_catalog, pg_temp as $$
  with last as (
    select e.n as epoch, coalesce((select max(s.to_xid) from public.ledger_seal s where s.epoch = e.n), '0'::xid8) as to_xid
    from public.ledger_epoch e order by e.n desc limit 1
  ), waiting as (
    select e.recorded_at from public.ledger_entry e, last where e.epoch = last.epoch and e.xid >= last.to_xid
    union all
    select c.recorded_at from public.ledger_change c, last where c.epoch = last.epoch and c.xid >= last.to_xid
  )
  select count(*), min(recorded_at) from waiting
$$;
grant execute on function hearth.ledger_lag() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_sealer, hearth_owner;
reset role;

-- What is wrong with the partitions: rows where no month was ready, or fewer than two months ahead.
create function hearth.ledger_alarm() returns table (parent text, alarm text)
security definer language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from public.ledger_entry_default) then return query values ('ledger_entry', 'rows_in_default'); end if;
  if exists (select from public.ledger_change_default) then return query values ('ledger_change', 'rows_in_default'); end if;
  return query select p.parent, 'months_running_out' from public.ledger_partition p
    group by p.parent having max(p.ends_at) < now() + interval '2 months';
end $$;
grant execute on function hearth.ledger_alarm() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_sealer;

do $$
declare t text;
begin
  foreach t in array array['ledger_entry', 'ledger_change', 'ledger_entry_words', 'ledger_change_rows'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy ledger_definer on public.%I to hearth_definer using (true) with check (true)', t);
    execute format('create policy ledger_sealer on public.%I for select to hearth_sealer using (true)', t);
    execute format('create policy ledger_owner on public.%I for insert to hearth_owner with check (true)', t);
    execute format('grant select, insert on public.%I to hearth_definer', t);
    execute format('grant select on public.%I to hearth_sealer', t);
  end loop;
end $$;
grant delete on ledger_entry_words, ledger_change_rows to hearth_definer;
grant usage on sequence ledger_entry_id_seq, ledger_change_id_seq to hearth_definer;
grant select on ledger_epoch, ledger_seal to hearth_definer;

-- The sealer reads everything and adds seals. MAINTAIN lets it lock the tables, one sealer at a time.
grant select on ledger_partition to hearth_sealer;
grant select, insert on ledger_epoch, ledger_seal, ledger_seal_leaves to hearth_sealer;
grant maintain on ledger_entry, ledger_change, ledger_seal to hearth_sealer;
-- When the last seal was made is no secret.
grant select (n, sealed_at) on ledger_seal to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

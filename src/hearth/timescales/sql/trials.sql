-- Policies that were tried: for those who propose policies, asked for in one's own name and worked out by the jobs process.
create function hearth.proposing_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['deputy', 'lead']
$$;
grant execute on function hearth.proposing_parts() to hearth_broad, hearth_narrow;

grant select, insert on timescales_trial to hearth_broad, hearth_narrow;
create policy leads_read on timescales_trial for select to hearth_broad, hearth_narrow
  using ((select hearth.my_parts() && hearth.proposing_parts()));
create policy leads_ask on timescales_trial for insert to hearth_broad, hearth_narrow
  with check (asked_by_id = (select hearth.me()) and (select hearth.my_parts() && hearth.proposing_parts()));

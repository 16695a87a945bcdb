-- Homes are plain and found by anybody who may log a concern; only the register's keeper writes them.

alter table housing_home
  add column address_words tsvector generated always as (array_to_tsvector(string_to_array(address_plain, ' '))) stored,
  add column address_said tsvector generated always as (array_to_tsvector(string_to_array(address_sounds, ' '))) stored;
create index home_by_words on housing_home using gin (address_words);
create index home_by_sound on housing_home using gin (address_said);

create function hearth.keep_register() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not (hearth.keeps_register() or session_user in ('hearth_worker', 'hearth_owner')) then
    raise exception 'homes are kept by the keeper of the register' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke execute on function hearth.keep_register() from public;
create trigger keep_register before insert or update on housing_home for each statement execute function hearth.keep_register();
alter function hearth.keep_register() owner to hearth_definer;
grant select, insert, update on housing_home to hearth_broad, hearth_narrow, hearth_worker;

do $$
declare t text;
begin
  foreach t in array array['housing_tenancy', 'housing_tenancymember', 'housing_registerimport'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update on %I to hearth_broad, hearth_narrow', t);
    execute format('create policy keeper_adds on %I for insert to hearth_broad, hearth_narrow with check ((select hearth.keeps_register()))', t);
    execute format('create policy keeper_changes on %I for update to hearth_broad, hearth_narrow'
      ' using ((select hearth.keeps_register())) with check ((select hearth.keeps_register()))', t);
  end loop;
  foreach t in array array['housing_tenancy', 'housing_tenancymember'] loop
    execute format('create policy is_read on %I for select to hearth_broad, hearth_narrow using ((select hearth.reads_register()))', t);
  end loop;
end $$;
create policy is_read on housing_registerimport for select to hearth_broad, hearth_narrow
  using ((select hearth.keeps_register()) or imported_by_id = (select hearth.me()));
create policy importer_adds on housing_registerimport for insert to hearth_broad, hearth_narrow
  with check (imported_by_id = (select hearth.me()));

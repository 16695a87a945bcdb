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
create trigger keep_register before insert or update on housing_home for each statement execute function hearth.keep_register();
grant select, insert, update on housing_home to hearth_broad, hearth_narrow, hearth_worker;

-- Tenancies are the register's: kept by its keeper. Whoever changes no row is not asked what it becomes: said once, by `using`.
grant select, insert, update on housing_tenancy, housing_tenancymember to hearth_broad, hearth_narrow;
create policy is_read on housing_tenancy for select to hearth_broad, hearth_narrow using ((select hearth.reads_register()));
create policy keeper_adds on housing_tenancy for insert to hearth_broad, hearth_narrow with check ((select hearth.keeps_register()));
create policy keeper_changes on housing_tenancy for update to hearth_broad, hearth_narrow using ((select hearth.keeps_register()));
create policy is_read on housing_tenancymember for select to hearth_broad, hearth_narrow using ((select hearth.reads_register()));
create policy keeper_adds on housing_tenancymember for insert to hearth_broad, hearth_narrow with check ((select hearth.keeps_register()));
create policy keeper_changes on housing_tenancymember for update to hearth_broad, hearth_narrow using ((select hearth.keeps_register()));

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.keep_register() owner to hearth_definer;

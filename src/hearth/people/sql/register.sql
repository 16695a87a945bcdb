-- Who sees a person. What one record says about him is protected with its circle.

alter table people_person
  add column name_words tsvector generated always as (array_to_tsvector(string_to_array(name_plain, ' '))) stored,
  add column name_said tsvector generated always as (array_to_tsvector(string_to_array(name_sounds, ' '))) stored;
create index person_by_words on people_person using gin (name_words);
create index person_by_sound on people_person using gin (name_said);
create index person_by_start on people_person (name_plain text_pattern_ops);

set local role hearth_definer;
create function hearth.reads_register() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.my_parts() && array['register_reader', 'triage', 'lead', 'deputy', 'intake', 'case_worker', 'register_keeper']
$$;
grant execute on function hearth.reads_register() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.keeps_register() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.my_parts() && array['register_keeper']
$$;
grant execute on function hearth.keeps_register() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

-- People of the register: for those whose post reads it. Everybody else: only through a role I may see, because the
-- sub-query stands under the row security of people_role itself.
grant select, insert, update on people_person to hearth_broad, hearth_narrow;
create policy is_read on people_person for select to hearth_broad, hearth_narrow
  using ((from_register and (select hearth.reads_register()))
    or exists (select from people_role r where r.person_id = people_person.id));
create policy keeper_adds on people_person for insert to hearth_broad, hearth_narrow
  with check (from_register and (select hearth.keeps_register()));
create policy keeper_changes on people_person for update to hearth_broad, hearth_narrow
  using (from_register and (select hearth.keeps_register())) with check (from_register and (select hearth.keeps_register()));
create policy circle_changes on people_person for update to hearth_broad, hearth_narrow
  using (not from_register and (select hearth.me()) is not null
    and exists (select from people_role r where r.person_id = people_person.id))
  with check (not from_register and (select hearth.me()) is not null
    and exists (select from people_role r where r.person_id = people_person.id));

-- A keeper who reaches a record of the same person meets both policies, and no policy compares what was with what is.
create function hearth.stay_in_register() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'nobody is taken out of the register' using errcode = 'insufficient_privilege';
end $$;
create trigger stay_in_register before update of from_register on people_person
  for each row when (old.from_register and not new.from_register) execute function hearth.stay_in_register();

-- A household says nothing itself; who lives in it is the register's.
grant select, insert on people_household to hearth_broad, hearth_narrow;
grant select, insert, update on people_household to hearth_worker;
grant select, insert, update on people_householdmember to hearth_broad, hearth_narrow;
create policy is_read on people_householdmember for select to hearth_broad, hearth_narrow using ((select hearth.reads_register()));
create policy keeper_adds on people_householdmember for insert to hearth_broad, hearth_narrow with check ((select hearth.keeps_register()));
create policy keeper_changes on people_householdmember for update to hearth_broad, hearth_narrow using ((select hearth.keeps_register()));

"""Nobody takes a person out of the register: who is known from a record only is changed by those in the record."""

from django.db import migrations

NARROWER = """
alter policy circle_changes on people_person with check (not from_register and (select hearth.me()) is not null
  and exists (select from people_role r where r.person_id = people_person.id));

-- Whoever changes no row is not asked what it becomes: said once, by `using`.
drop policy keeper_changes on people_householdmember;
create policy keeper_changes on people_householdmember for update to hearth_broad, hearth_narrow
  using ((select hearth.keeps_register()));

-- A keeper who reaches a record of the same person meets both policies, and no policy compares what was with what is.
create function hearth.stay_in_register() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'nobody is taken out of the register' using errcode = 'insufficient_privilege';
end $$;
revoke execute on function hearth.stay_in_register() from public;
create trigger stay_in_register before update of from_register on people_person
  for each row when (old.from_register and not new.from_register) execute function hearth.stay_in_register();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_no_index_twice")]
    operations = [migrations.RunSQL(NARROWER, migrations.RunSQL.noop)]

"""Files of the register are sent and imports noted down by those who may import, also where Python was not asked."""

from django.db import migrations

NARROWER = """
alter policy own_uploads on housing_registerupload
  using (uploaded_by_id = (select hearth.me()) and (select hearth.keeps_register()))
  with check (uploaded_by_id = (select hearth.me()) and (select hearth.keeps_register()));
-- Files of staff are imported by whoever keeps users. Each in his own name, and what was noted stays.
alter policy importer_adds on housing_registerimport
  with check (imported_by_id = (select hearth.me()) and ((select hearth.keeps_register()) or (select hearth.i_may('keep users'))));
drop policy keeper_adds on housing_registerimport;
drop policy keeper_changes on housing_registerimport;
revoke update on housing_registerimport from hearth_broad, hearth_narrow;

-- Whoever changes no row is not asked what it becomes: said once, by `using`.
drop policy keeper_changes on housing_tenancy;
drop policy keeper_changes on housing_tenancymember;
create policy keeper_changes on housing_tenancy for update to hearth_broad, hearth_narrow using ((select hearth.keeps_register()));
create policy keeper_changes on housing_tenancymember for update to hearth_broad, hearth_narrow using ((select hearth.keeps_register()));
"""


class Migration(migrations.Migration):
    dependencies = [("housing", "0009_kinds_known"), ("access", "0015_companies")]
    operations = [migrations.RunSQL(NARROWER, migrations.RunSQL.noop)]

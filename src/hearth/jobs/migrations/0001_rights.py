"""The queue is the jobs process's alone."""

from django.db import migrations

RIGHTS = """
do $$
declare t text; f record;
begin
  foreach t in array array['jobs', 'periodic_defers', 'events', 'workers'] loop
    execute format('grant select, insert, update, delete on procrastinate_%s to hearth_worker', t);
  end loop;
  for t in select format('%I', c.relname) from pg_class c where c.relkind = 'S' and c.relname like 'procrastinate%' loop
    execute format('grant usage on sequence %s to hearth_worker', t);
  end loop;
  for f in select p.oid::regprocedure as name from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.proname like 'procrastinate%' loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to hearth_worker', f.name);
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    """Runs after the queue's own tables."""

    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(RIGHTS, migrations.RunSQL.noop)]

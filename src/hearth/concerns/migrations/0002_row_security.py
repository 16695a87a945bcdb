"""Who sees a concern: its circle whole, its reporter his own words, a link only what it is just sending."""

from django.db import migrations

from hearth.access.row_security import open_table, protect
from hearth.ledger.tables import track_changes

WORDS_STAY = """
create function hearth.concern_words_stay() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.noticed, old.thinks, old.did, old.wishes, old.elsewhere, old.who, old.something_else, old.parent_why_not, old.reported_by_id, old.logged_at)
    is distinct from
    (new.noticed, new.thinks, new.did, new.wishes, new.elsewhere, new.who, new.something_else, new.parent_why_not, new.reported_by_id, new.logged_at)
  then raise exception 'the words of a concern stay as they were told' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger concern_words_stay before update on concerns_concern for each row execute function hearth.concern_words_stay();
"""

MY_KEY = """
-- The key of the form that is just being sent: set by log_concern for this transaction only.
create function hearth.my_key() returns uuid stable language plpgsql set search_path = pg_catalog, pg_temp as $$
declare k text := current_setting('hearth.key', true);
begin
  if k ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then return k::uuid; end if;
  return null;
end $$;
revoke execute on function hearth.my_key() from public;
grant execute on function hearth.my_key() to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
revoke execute on function hearth.concern_words_stay() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial"), ("access", "0004_references"), ("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(WORDS_STAY + MY_KEY, migrations.RunSQL.noop),
        *open_table("concerns_reportinglink", write=True),
        *open_table("concerns_reportinglink", to="hearth_app"),
        *protect(
            "concerns_concern",
            arms=[
                "reported_by_id = (select hearth.me()) and (link_id is null or idempotency_key = (select hearth.my_key()))"
            ],
            kind="concern",
            reference="public_id",
        ),
        *protect("concerns_addition", append_only=True),
        *protect(
            "concerns_worry",
            arms=["raised_by_id = (select hearth.me())"],
            adds=[
                "raised_by_id = (select hearth.me()) and circle_id = any((select hearth.my_own_words())::bigint[])"
            ],
            kind="worry",
            reference="public_id",
        ),
        *track_changes("concerns_concern"),
        *track_changes("concerns_addition"),
        *track_changes("concerns_worry"),
        *track_changes("concerns_reportinglink", leaving_out=["secret_digest"]),
    ]

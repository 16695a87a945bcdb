-- The roles of Hearth, made once for a cluster by its superuser. No role of Hearth is a superuser or has BYPASSRLS.
do $$
declare r text;
begin
  foreach r in array array['hearth_owner', 'hearth_app', 'hearth_worker', 'hearth_sealer'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I login', r); end if;
  end loop;
  foreach r in array array['hearth_definer', 'hearth_broad', 'hearth_narrow', 'hearth_house'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
  end loop;
end $$;
alter role hearth_app set transaction_timeout = '60s';
alter role hearth_worker set transaction_timeout = '60s';
-- What others are asking just now holds their words: pg_stat_activity would show it to injected SQL of the same role.
do $$
begin
  alter role hearth_app set track_activities = off;
  alter role hearth_worker set track_activities = off;
exception when insufficient_privilege then
  raise notice 'ask whoever runs this PostgreSQL to set track_activities = off for hearth_app and hearth_worker';
end $$;
-- The plan-choosing roles: taken per transaction, never inherited.
grant hearth_broad, hearth_narrow, hearth_house to hearth_app, hearth_worker with inherit false, set true;
-- The owner hands functions to the definer; it never acts as it.
grant hearth_definer to hearth_owner with inherit false, set true;

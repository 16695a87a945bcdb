-- The schema of what PostgreSQL keeps by itself, and who may call a function of it: nobody, until it says who.
create schema hearth;
grant usage on schema hearth to hearth_app, hearth_worker, hearth_sealer, hearth_broad, hearth_narrow, hearth_house, hearth_definer;
grant create on schema hearth to hearth_definer;

-- Every function fixes its search_path to pg_catalog, pg_temp. An empty one is not enough: the temporary schema is
-- then searched first for the names of types, and a caller's own domain called `text` would run the caller's code as the definer.
alter default privileges revoke execute on functions from public;
alter default privileges in schema hearth grant execute on functions to hearth_definer;

set local role hearth_definer;
alter default privileges revoke execute on functions from public;
reset role;

-- What the parts of a post let somebody do, where PostgreSQL checks it as well.

-- The same list as hearth.access.rules.BROAD; a test compares them.
create function hearth.broad_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['triage', 'lead', 'deputy']
$$;
grant execute on function hearth.broad_parts() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

set local role hearth_definer;
create function hearth.is_broad() returns boolean stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.acting())[2:] && hearth.broad_parts(), false);
end $$;
grant execute on function hearth.is_broad() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

-- The acts PostgreSQL checks by post as well, with the same parts as hearth.access.rules.WHO_MAY; a test compares them.
create function hearth.parts_that_may(act text) returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select case act
    when 'break glass' then array['triage', 'lead', 'deputy', 'on_call', 'case_worker', 'case_manager', 'auditor']
    when 'review break glass' then array['lead', 'deputy']
    when 'read access log' then array['lead', 'deputy', 'auditor']
    when 'keep users' then array['administrator']
    when 'agree appointment' then array['administrator', 'lead', 'deputy']
    when 'import register' then array['register_keeper']
  end
$$;
grant execute on function hearth.parts_that_may(text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

set local role hearth_definer;
create function hearth.i_may(act text) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(hearth.my_parts() && hearth.parts_that_may(act), false)
$$;
grant execute on function hearth.i_may(text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The same list as hearth.access.rules.OPENING; a test compares them.
create function hearth.opening_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['administrator', 'allegation_deputy', 'auditor', 'case_manager', 'case_worker', 'deputy', 'intake', 'lead', 'on_call', 'triage']
$$;
grant execute on function hearth.opening_parts() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

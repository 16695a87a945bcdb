-- Who acts. See hearth.access.identity for the other half.
create schema if not exists hearth;
grant usage on schema hearth to hearth_app, hearth_worker, hearth_sealer, hearth_broad, hearth_narrow, hearth_definer;
grant create on schema hearth to hearth_definer;

-- Every function below fixes its search_path to pg_catalog, pg_temp. An empty one is not enough: the temporary schema is
-- then searched first for the names of types, and a caller's own domain called `text` would run the caller's code as the definer.
alter default privileges revoke execute on functions from public;
alter default privileges in schema hearth grant execute on functions to hearth_definer;

-- The key, as HMAC's two pads. Only the owner writes it, only the definer reads it.
create table hearth.identity_key (
  singleton boolean primary key default true check (singleton),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64)
);
grant select on hearth.identity_key to hearth_definer;

-- Which tables carry a circle: the triggers, the refusals and the catalogue test read it.
create table hearth.protected_table (
  name text primary key,
  circle_column text not null,
  carries_restricted boolean not null,
  kind text not null,
  reference_column text not null
);
grant select on hearth.protected_table to hearth_definer;
create procedure hearth.register_table(name text, circle_column text, carries_restricted boolean, kind text, reference_column text)
language sql as $$
  insert into hearth.protected_table values (name, circle_column, carries_restricted, kind, reference_column)
$$;
revoke execute on procedure hearth.register_table(text, text, boolean, text, text) from public;

-- Who is signed: a user, 0 for the house, or null where the token is forged, expired or another connection's.
-- No exception block: it would start a subtransaction, which a query with parallel workers may not.
create function hearth.signed() returns bigint stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  token text := current_setting('hearth.identity', true);
  piece text[];
  pads record;
begin
  if token is null or token !~ '^[0-9]{1,18}\.[0-9]{1,12}\.[0-9a-f]{64}$' then return null; end if;
  piece := string_to_array(token, '.');
  if piece[2]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  select inner_pad, outer_pad into pads from hearth.identity_key;
  if encode(sha256(pads.outer_pad || sha256(pads.inner_pad
      || convert_to(piece[1] || '.' || piece[2] || '.' || pg_backend_pid(), 'utf8'))), 'hex') is distinct from piece[3] then
    return null;
  end if;
  return piece[1]::bigint;
end $$;

-- The signed user, or null for the house and for a user who was switched off.
create function hearth.me() returns bigint stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.signed();
begin
  if i is null or i = 0 or not exists (select from public.organisation_user u where u.id = i and u.is_active) then return null; end if;
  return i;
end $$;

-- The jobs process or the owner, acting for nobody. A token that has died does not turn its bearer into the system.
create function hearth.is_system() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select session_user in ('hearth_worker', 'hearth_owner') and coalesce(current_setting('hearth.identity', true), '') = ''
$$;

create function hearth.parts_of(somebody bigint) returns text[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct part), '{}')
  from public.organisation_appointment a
  join public.organisation_post p on p.id = a.post_id
  cross join lateral unnest(p.parts) as part
  where a.user_id = somebody and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
$$;

create function hearth.my_parts() returns text[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.parts_of(hearth.me())
$$;

-- The same list as hearth.access.rules.BROAD; a test compares them.
create function hearth.broad_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['triage', 'lead', 'deputy']
$$;

create function hearth.is_broad() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.my_parts() && hearth.broad_parts()
$$;

-- The acts PostgreSQL checks by post as well, with the same parts as hearth.access.rules.WHO_MAY; a test compares them.
create function hearth.parts_that_may(act text) returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select case act
    when 'break glass' then array['triage', 'lead', 'deputy', 'on_call', 'case_worker', 'case_manager', 'auditor']
    when 'review break glass' then array['lead', 'deputy']
    when 'read access log' then array['lead', 'deputy', 'auditor']
    when 'keep users' then array['administrator']
    when 'import register' then array['register_keeper']
  end
$$;

create function hearth.i_may(act text) returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(hearth.my_parts() && hearth.parts_that_may(act), false)
$$;

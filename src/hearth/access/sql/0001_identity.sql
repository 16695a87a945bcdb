-- Who acts. See hearth.access.identity for the other half.
create schema if not exists hearth;
grant usage on schema hearth to hearth_app, hearth_worker, hearth_sealer, hearth_broad, hearth_narrow, hearth_definer;
grant create on schema hearth to hearth_definer;

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

-- The signed user, or null: forged, expired, another connection's token, or a user who was switched off.
-- No exception block: it would start a subtransaction, which a query with parallel workers may not.
create function hearth.me() returns bigint stable security definer parallel restricted language plpgsql set search_path = '' as $$
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
      || convert_to(piece[1] || '.' || piece[2] || '.' || pg_backend_pid(), 'utf8'))), 'hex') <> piece[3] then
    return null;
  end if;
  if not exists (select from public.organisation_user u where u.id = piece[1]::bigint and u.is_active) then return null; end if;
  return piece[1]::bigint;
end $$;

create function hearth.parts_of(somebody bigint) returns text[] stable security definer parallel restricted language sql set search_path = '' as $$
  select coalesce(array_agg(distinct part), '{}')
  from public.organisation_appointment a
  join public.organisation_post p on p.id = a.post_id
  cross join lateral unnest(p.parts) as part
  where a.user_id = somebody and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
$$;

create function hearth.my_parts() returns text[] stable security definer parallel restricted language sql set search_path = '' as $$
  select hearth.parts_of(hearth.me())
$$;

-- The same list as hearth.access.rules.BROAD; a test compares them.
create function hearth.broad_parts() returns text[] immutable parallel safe language sql as $$
  select array['triage', 'lead', 'deputy']
$$;

create function hearth.is_broad() returns boolean stable security definer parallel restricted language sql set search_path = '' as $$
  select hearth.my_parts() && hearth.broad_parts()
$$;

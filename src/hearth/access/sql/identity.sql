-- Who acts. See hearth.access.identity for the other half.

-- The key, as HMAC's two pads. Only the owner writes it, only the definer reads it.
create table hearth.identity_key (
  singleton boolean primary key default true check (singleton),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64)
);
grant select on hearth.identity_key to hearth_definer;

set local role hearth_definer;
-- The seal of a text by the house's key. Only other functions of the definer may ask for one.
create function hearth.seal_of(what bytea) returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare pads record;
begin
  select inner_pad, outer_pad into pads from hearth.identity_key;
  return encode(sha256(pads.outer_pad || sha256(pads.inner_pad || what)), 'hex');
end $$;

-- Who is signed: a user, 0 for the house, or null where the token is forged, expired or another connection's. The
-- signature first: what is not ours is not looked at further, and nothing that is wrongly formed is rightly signed.
-- No exception block: it would start a subtransaction, which a query with parallel workers may not.
create function hearth.signed() returns bigint stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  token constant text := current_setting('hearth.identity', true);
  who constant text := split_part(token, '.', 1);
  until constant text := split_part(token, '.', 2);
begin
  if token is null or token = '' then return null; end if;
  if who || '.' || until || '.' || hearth.seal_of(convert_to(who || '.' || until || '.' || pg_backend_pid(), 'utf8'))
      is distinct from token then
    return null;
  end if;
  if until::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return who::bigint;
end $$;
grant execute on function hearth.signed() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The jobs process or the owner, acting for nobody. A token that has died does not turn its bearer into the system.
create function hearth.is_system() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select session_user in ('hearth_worker', 'hearth_owner') and coalesce(current_setting('hearth.identity', true), '') = ''
$$;
grant execute on function hearth.is_system() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The house itself: a signed identity (user 0) that keeps clocks, notices and the like for records the person acting may
-- not see, such as a reporter who is still worried. It reaches only the tables named with house_table(), and injected SQL
-- cannot sign it any more than it can sign a user.
create function hearth.is_house() returns boolean stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(hearth.signed() = 0, false);
end $$;
grant execute on function hearth.is_house() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_house;

-- From statements that are planned once for a connection: each policy of each statement asks these.
create function hearth.parts_of(somebody bigint) returns text[] stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan as $$
begin
  return array(
    select distinct part
    from public.organisation_appointment a
    join public.organisation_post p on p.id = a.post_id
    cross join lateral unnest(p.parts) as part
    where a.user_id = somebody and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
  );
end $$;
grant execute on function hearth.parts_of(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Who acts, and then his parts, worked out anew. Nothing when nobody is signed, he is switched off or his time is over.
create function hearth.worked_out() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare i bigint := hearth.signed();
begin
  if i is null or i = 0 or not exists (
    select from public.organisation_user u where u.id = i and u.is_active and (u.until is null or u.until > now())
  ) then return null; end if;
  return i::text || hearth.parts_of(i);
end $$;

-- Who acts and the parts he plays are worked out once in a transaction and sealed for it, and not for every policy of
-- every statement (ADR 97). What a voucher's seal covers: who and his parts, the identity that was said, and the moment
-- this transaction began.
create function hearth.vouched_for(who text) returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return hearth.seal_of(
    convert_to('vouched ' || who || ' ' || current_setting('hearth.identity', true) || ' ', 'utf8') || timestamptz_send(now())
  );
end $$;

-- The voucher to be said beside the identity: its seal, a space, who, and his parts.
create function hearth.voucher() returns text stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare who text := array_to_string(hearth.worked_out(), ',');
begin
  return coalesce(hearth.vouched_for(who) || ' ' || who, '');
end $$;
grant execute on function hearth.voucher() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_house;

-- Who acts, and then his parts: from the voucher where it is whole, else worked out anew.
create function hearth.acting() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  voucher constant text := coalesce(current_setting('hearth.voucher', true), '');
  who constant text := substr(voucher, 66);
begin
  if voucher <> '' and coalesce(left(voucher, 64) = hearth.vouched_for(who), false) then
    -- Only now is the identity known to be one that we signed, and so to have a time.
    if split_part(current_setting('hearth.identity', true), '.', 2)::bigint >= extract(epoch from clock_timestamp()) then
      return string_to_array(who, ',');
    end if;
  end if;
  return hearth.worked_out();
end $$;

-- The signed user, or null for the house, for a user who was switched off and for one whose time here is over.
create function hearth.me() returns bigint stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return (hearth.acting())[1]::bigint;
end $$;
grant execute on function hearth.me() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_house;

create function hearth.my_parts() returns text[] stable security definer parallel restricted language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((hearth.acting())[2:], '{}');
end $$;
grant execute on function hearth.my_parts() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

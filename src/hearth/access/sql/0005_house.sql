-- The house itself: a signed identity (user 0) that keeps clocks, notices and the like for records the person acting may
-- not see, such as a reporter who is still worried. It reaches only the tables named with house_table(), and injected SQL
-- cannot sign it any more than it can sign a user.

create function hearth.signed() returns bigint stable security definer parallel restricted language plpgsql set search_path = '' as $$
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
  return piece[1]::bigint;
end $$;
alter function hearth.signed() owner to hearth_definer;
revoke execute on function hearth.signed() from public;
grant execute on function hearth.signed() to hearth_definer;

set role hearth_definer;
create or replace function hearth.me() returns bigint stable security definer parallel restricted language plpgsql set search_path = '' as $$
declare i bigint := hearth.signed();
begin
  if i is null or i = 0 or not exists (select from public.organisation_user u where u.id = i and u.is_active) then return null; end if;
  return i;
end $$;

grant execute on function hearth.me() to hearth_house;

create function hearth.is_house() returns boolean stable security definer parallel restricted language sql set search_path = '' as $$
  select coalesce(hearth.signed() = 0, false)
$$;
revoke execute on function hearth.is_house() from public;
grant execute on function hearth.is_house() to hearth_app, hearth_worker, hearth_broad, hearth_narrow, hearth_house;

-- The circles in which I have a reporter's reach: my own words and what I add to them.
create function hearth.my_own_words() returns bigint[] stable security definer parallel restricted language sql set search_path = '' as $$
  select coalesce(array_agg(g.circle_id), '{}') from public.access_grant g
  where g.user_id = hearth.me() and g.reach = 'own_words' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
$$;
revoke execute on function hearth.my_own_words() from public;
grant execute on function hearth.my_own_words() to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
reset role;
grant usage on schema hearth to hearth_house;

-- The house itself: a signed identity (user 0) that keeps clocks, notices and the like for records the person acting may
-- not see, such as a reporter who is still worried. It reaches only the tables named with house_table(), and injected SQL
-- cannot sign it any more than it can sign a user.

set role hearth_definer;
grant execute on function hearth.me() to hearth_house;

create function hearth.is_house() returns boolean stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(hearth.signed() = 0, false)
$$;
revoke execute on function hearth.is_house() from public;
grant execute on function hearth.is_house() to hearth_app, hearth_worker, hearth_broad, hearth_narrow, hearth_house;

-- The circles in which I have a reporter's reach: my own words and what I add to them.
create function hearth.my_own_words() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(g.circle_id), '{}') from public.access_grant g
  where g.user_id = (select hearth.me()) and g.reach = 'own_words' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
    and not g.circle_id = any((select hearth.my_excluded())::bigint[])
$$;
revoke execute on function hearth.my_own_words() from public;
grant execute on function hearth.my_own_words() to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
reset role;
grant usage on schema hearth to hearth_house;

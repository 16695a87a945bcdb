-- API tokens. Their keeper sees and ends his own; nobody else reads them, whatever his post.
grant select, insert, update (ended_at) on access_apitoken to hearth_broad, hearth_narrow;
create policy own_tokens on access_apitoken to hearth_broad, hearth_narrow
  using (user_id = (select hearth.me())) with check (user_id = (select hearth.me()));
grant update (last_used_at, ended_at) on access_apitoken to hearth_definer;

-- How often a token was used in the minute that runs. Losing it in a crash costs nothing.
create unlogged table hearth.token_pace (
  token bigint primary key,
  minute timestamptz not null,
  uses integer not null
);
grant select, insert, update on hearth.token_pace to hearth_definer;

set local role hearth_definer;
create function hearth.use_token(carried text, most integer)
returns table (token bigint, somebody bigint, scopes text[], wait integer)
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare found_token record; n integer;
begin
  select t.id, t.user_id, t.scopes::text[] as scopes, t.last_used_at into found_token
  from public.access_apitoken t join public.organisation_user u on u.id = t.user_id
  where t.digest = carried and t.ended_at is null and t.ends_at > now() and u.is_active;
  if not found then return; end if;
  insert into hearth.token_pace as p (token, minute, uses) values (found_token.id, date_trunc('minute', now()), 1)
  on conflict (token) do update
    set uses = case when p.minute = excluded.minute then p.uses + 1 else 1 end, minute = excluded.minute
  returning p.uses into n;
  if found_token.last_used_at is null or found_token.last_used_at < date_trunc('hour', now()) then
    update public.access_apitoken t set last_used_at = date_trunc('hour', now()) where t.id = found_token.id;
  end if;
  return query select found_token.id, found_token.user_id, found_token.scopes,
    case when n > most then 60 - extract(second from now())::integer % 60 else 0 end;
end $$;
grant execute on function hearth.use_token(text, integer) to hearth_app;
reset role;

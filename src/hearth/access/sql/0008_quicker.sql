-- The same answers in less time: who is signed is asked many times in each request, and for every row of the ledger.

set role hearth_definer;
-- The signature first; what is not ours is not looked at further. Checking the token's form by a regular expression took
-- twice as long as everything else together, and nothing that is wrongly formed is rightly signed.
create or replace function hearth.signed() returns bigint stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  token constant text := current_setting('hearth.identity', true);
  who constant text := split_part(token, '.', 1);
  until constant text := split_part(token, '.', 2);
  pads record;
begin
  if token is null or token = '' then return null; end if;
  select inner_pad, outer_pad into pads from hearth.identity_key;
  if who || '.' || until || '.' || encode(sha256(pads.outer_pad || sha256(pads.inner_pad
      || convert_to(who || '.' || until || '.' || pg_backend_pid(), 'utf8'))), 'hex') is distinct from token then
    return null;
  end if;
  if until::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return who::bigint;
end $$;

-- Nearly every table calls its circle circle_id: a statement that is always the same is planned once, not for each row.
create or replace function hearth.fill_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_argv[0] = 'circle_id' then
    new.restricted := (select c.restricted from public.access_circle c where c.id = new.circle_id);
  else
    execute format('select restricted from public.access_circle where id = ($1).%I', tg_argv[0]) into new.restricted using new;
  end if;
  return new;
end $$;
reset role;

create or replace function hearth.keep_circle() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare was bigint; becomes bigint;
begin
  if tg_argv[0] = 'circle_id' then
    was := old.circle_id;
    becomes := new.circle_id;
  else
    execute format('select ($1).%1$I, ($2).%1$I', tg_argv[0]) into was, becomes using old, new;
  end if;
  if was is distinct from becomes then raise exception 'a row keeps its circle for ever' using errcode = 'check_violation'; end if;
  -- Only the circle itself restricts or opens its rows; it says so by acting as the definer.
  if old.restricted is distinct from new.restricted and current_user <> 'hearth_definer' then
    new.restricted := old.restricted;
  end if;
  return new;
end $$;

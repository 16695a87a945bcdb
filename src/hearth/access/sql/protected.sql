-- Which tables carry a circle, and the triggers that stand on each of them: see protect() in row_security.py.
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

set local role hearth_definer;
-- A row that is written while its circle is being restricted waits, and is restricted with it. Nearly every table calls
-- its circle circle_id: a statement that is always the same is planned once, not for each row.
create function hearth.fill_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_argv[0] = 'circle_id' then
    select c.restricted into new.restricted from public.access_circle c where c.id = new.circle_id for share;
  else
    execute format('select restricted from public.access_circle where id = ($1).%I for share', tg_argv[0]) into new.restricted using new;
  end if;
  return new;
end $$;
grant execute on function hearth.fill_restricted() to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_owner;
reset role;

create function hearth.keep_circle() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
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
grant execute on function hearth.keep_circle() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.spread_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare t record;
begin
  for t in select name, circle_column from hearth.protected_table where carries_restricted loop
    execute format('update public.%I set restricted = $1 where %I = $2', t.name, t.circle_column) using new.restricted, new.id;
  end loop;
  return null;
end $$;
grant execute on function hearth.spread_restricted() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
create trigger spread_restricted after update of restricted on access_circle
  for each row when (old.restricted is distinct from new.restricted) execute function hearth.spread_restricted();

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.spread_restricted() owner to hearth_definer;

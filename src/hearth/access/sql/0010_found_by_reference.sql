-- Two functions of 0003_acts.sql and 0008_quicker.sql, put right.
set local role hearth_definer;

-- pg_input_is_valid() takes the type it was first asked about for the rest of a transaction when the type comes from a
-- variable. Records have an address (uuid) and a reference (text): after the first, no reference was ever found, and an
-- emergency opening by the reference somebody said aloud opened nothing. Asked in a statement of its own it is not so.
create or replace function hearth.circle_called(asked_kind text, asked text) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare t record; could_be boolean; found_circle bigint;
begin
  for t in select p.name, p.circle_column, a.attname as called, format_type(a.atttypid, null) as type
    from hearth.protected_table p
    join pg_attribute a on a.attrelid = format('public.%I', p.name)::regclass and a.attname in (p.reference_column, 'reference')
    where p.reference_column <> '' and (asked_kind = '' or p.kind = asked_kind) order by p.name, a.attname loop
    execute format('select pg_input_is_valid($1, %L)', t.type) into could_be using asked;
    continue when not could_be;
    execute format('select %I from public.%I where %I = $1::%s', t.circle_column, t.name, t.called, t.type)
      into found_circle using asked;
    if found_circle is not null then return found_circle; end if;
  end loop;
  return null;
end $$;

-- A row that is written while its circle is being restricted waits, and is restricted with it.
create or replace function hearth.fill_restricted() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_argv[0] = 'circle_id' then
    select c.restricted into new.restricted from public.access_circle c where c.id = new.circle_id for share;
  else
    execute format('select restricted from public.access_circle where id = ($1).%I for share', tg_argv[0]) into new.restricted using new;
  end if;
  return new;
end $$;
reset role;

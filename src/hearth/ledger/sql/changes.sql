-- Row changes of tracked tables: note_added, note_changed and note_removed, one call for each statement, set by set.
-- Arguments: the key column, whether nobody may be signed in (sign-in itself changes users), and columns whose contents
-- are left out. `columns` is empty when a whole row was added or removed. The salts of a statement all come from one
-- random value that is kept nowhere, so that each can be disposed of alone. Each row is made JSON once (`offset 0`,
-- `materialized`): PostgreSQL would make it anew for each of its columns. The owner puts these triggers on tables.

set local role hearth_definer;
do $make$
declare
  added constant text := $$select null::jsonb as old_row, to_jsonb(n) as new_row, '{}'::text[] as columns from new_rows n$$;
  removed constant text := $$select to_jsonb(o) as old_row, null::jsonb as new_row, '{}'::text[] as columns from old_rows o$$;
  changed constant text := $$
    select o.body as old_row, n.body as new_row, k.columns
    from (select to_jsonb(r) as body from old_rows r offset 0) o
    full join (select to_jsonb(r) as body from new_rows r offset 0) n on o.body -> tg_argv[0] = n.body -> tg_argv[0]
    cross join lateral (select array_agg(c.key order by c.key) as columns
      from jsonb_object_keys(coalesce(n.body, o.body)) as c (key) where o.body -> c.key is distinct from n.body -> c.key) k
    where k.columns is not null$$;
  only_changed constant text := $$(select jsonb_object_agg(c, %1$s -> c) from unnest(p.columns) c where not c = any(left_out))$$;
  whole constant text := $$(%1$s - left_out)$$;
  what text; pairs text; part text;
begin
  for what, pairs, part in values ('added', added, whole), ('changed', changed, only_changed), ('removed', removed, whole) loop
    execute format($function$
create function hearth.note_%1$s() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  left_out constant text[] := tg_argv[2:];
  secret constant bytea := uuid_send(gen_random_uuid());
  who bigint;
begin
  perform hearth.wait_for_disk(true);
  who := case when tg_argv[1]::boolean then hearth.me() else hearth.ledger_writer() end;
  with pair as materialized (%2$s),
  noted as materialized (
    select nextval('public.ledger_change_id_seq') as id, p.columns, coalesce(p.new_row, p.old_row) as row_now,
      jsonb_build_object('old', %3$s, 'new', %4$s)::text as body
    from pair p
  ), salted as materialized (
    select n.*, sha256(secret || int8send(n.id)) as salt, (n.row_now ->> 'circle_id')::bigint as circle_id from noted n
  ), kept as (
    insert into public.ledger_change_rows (id, circle_id, salt, body) select s.id, s.circle_id, s.salt, s.body from salted s
  )
  insert into public.ledger_change (id, table_name, row_id, circle_id, what, columns, by_id, request, rows_digest, xid, epoch)
    select s.id, tg_table_name, (s.row_now ->> tg_argv[0])::bigint, s.circle_id, '%1$s', s.columns, who,
      nullif(current_setting('hearth.request', true), '')::uuid, sha256(s.salt || convert_to(s.body, 'UTF8')),
      pg_current_xact_id(), (select max(e.n) from public.ledger_epoch e)
    from salted s;
  return null;
end $$ $function$, what, pairs, format(part, 'p.old_row'), format(part, 'p.new_row'));
    execute format('grant execute on function hearth.note_%s() to hearth_owner', what);
  end loop;
end $make$;
reset role;

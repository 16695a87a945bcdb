-- Writing: only through these functions. No role but the definer may insert, and nobody may update.

-- A page that only reads need not wait for the disk. The first thing that is written in the same transaction puts
-- waiting back, so that nothing is acknowledged before it is safe.
create function hearth.wait_for_disk(durable boolean) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if durable then
    if current_setting('hearth.usual_commit', true) <> '' then
      perform set_config('synchronous_commit', current_setting('hearth.usual_commit'), true);
    end if;
  elsif pg_current_xact_id_if_assigned() is null then
    perform set_config('hearth.usual_commit', current_setting('synchronous_commit'), true);
    perform set_config('synchronous_commit', 'off', true);
  end if;
end $$;

-- Who writes: the signed identity. Null is the system: our own processes, and the house itself while it keeps a record
-- that the person acting may not see.
create function hearth.ledger_writer() returns bigint security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare who bigint := hearth.me();
begin
  if who is null and session_user not in ('hearth_worker', 'hearth_owner', 'hearth_sealer') and not hearth.is_house() then
    raise exception 'Nobody is signed in, so nothing can be written in the ledger.' using errcode = 'insufficient_privilege';
  end if;
  return who;
end $$;

-- Whatever the caller says, the database fills in who, in which request, transaction and epoch. A false time is refused.
create function hearth.sign_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.by_id := hearth.ledger_writer();
  new.request := nullif(current_setting('hearth.request', true), '')::uuid;
  new.xid := pg_current_xact_id();
  new.epoch := (select max(n) from public.ledger_epoch);
  if new.recorded_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() then
    raise exception 'The time an entry is recorded is written by the database.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger sign_entry before insert on ledger_entry for each row execute function hearth.sign_entry();

create function hearth.record(act text, about_kind text, about_id bigint, circle_id bigint, happened_at timestamptz,
  clause text, facts jsonb, words text, durable boolean) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare entry bigint; salt bytea;
begin
  perform hearth.wait_for_disk(durable);
  entry := nextval('public.ledger_entry_id_seq');
  if words is not null then
    salt := uuid_send(gen_random_uuid());
    insert into public.ledger_entry_words (id, circle_id, salt, body) values (entry, circle_id, salt, words);
  end if;
  insert into public.ledger_entry (id, act, about_kind, about_id, circle_id, happened_at, clause, facts, words_digest)
    values (entry, act, about_kind, about_id, circle_id, coalesce(happened_at, clock_timestamp()), clause, facts,
      sha256(salt || convert_to(words, 'UTF8')));
  return entry;
end $$;

-- Disposal deletes the words or row contents, salt included, and says so in an entry.
create function hearth.dispose(entries bigint[], changes bigint[], clause text) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare gone_words bigint[]; gone_rows bigint[];
begin
  with gone as (delete from public.ledger_entry_words where id = any(entries) returning id)
    select coalesce(array_agg(id order by id), '{}') into gone_words from gone;
  with gone as (delete from public.ledger_change_rows where id = any(changes) returning id)
    select coalesce(array_agg(id order by id), '{}') into gone_rows from gone;
  return hearth.record('ledger.disposed', null, null, null, clock_timestamp(), clause,
    jsonb_build_object('disposed', jsonb_build_object('entry', gone_words, 'change', gone_rows)), null, true);
end $$;

-- Row changes of tracked tables: note_added, note_changed and note_removed, one call for each statement, set by set.
-- Arguments: the key column, whether nobody may be signed in (sign-in itself changes users), and columns whose contents
-- are left out. `columns` is empty when a whole row was added or removed. The salts of a statement all come from one
-- random value that is kept nowhere, so that each can be disposed of alone.
do $make$
declare
  added constant text := $$select null::jsonb as old_row, to_jsonb(n) as new_row, '{}'::text[] as columns from new_rows n$$;
  removed constant text := $$select to_jsonb(o) as old_row, null::jsonb as new_row, '{}'::text[] as columns from old_rows o$$;
  changed constant text := $$
    select o.body as old_row, n.body as new_row, k.columns
    from (select to_jsonb(r) as body from old_rows r) o
    full join (select to_jsonb(r) as body from new_rows r) n on o.body -> tg_argv[0] = n.body -> tg_argv[0]
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
  with pair as (%2$s),
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
  end loop;
end $make$;

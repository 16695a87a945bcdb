-- Writing: only through these functions. No role but the definer may insert, and nobody may update.

-- Who writes: the signed identity; null is the system, and only our own processes may be that.
create function hearth.ledger_writer() returns bigint security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare who bigint := hearth.me();
begin
  if who is null and session_user not in ('hearth_worker', 'hearth_owner', 'hearth_sealer') then
    raise exception 'Nobody is signed in, so nothing can be written in the ledger.' using errcode = 'insufficient_privilege';
  end if;
  return who;
end $$;

create function hearth.request() returns uuid stable language sql set search_path = pg_catalog, pg_temp as $$
  select nullif(current_setting('hearth.request', true), '')::uuid
$$;

create function hearth.salt() returns bytea volatile language sql set search_path = pg_catalog, pg_temp as $$
  select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
$$;

create function hearth.salted_digest(salt bytea, body text) returns bytea immutable language sql set search_path = pg_catalog, pg_temp as $$
  select sha256(salt || convert_to(body, 'UTF8'))
$$;

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

-- Whatever the caller says, the database fills in who, in which request, transaction and epoch. A false time is refused.
create function hearth.sign_entry() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.by_id := hearth.ledger_writer();
  new.request := hearth.request();
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
    salt := hearth.salt();
    insert into public.ledger_entry_words (id, circle_id, salt, body) values (entry, circle_id, salt, words);
  end if;
  insert into public.ledger_entry (id, act, about_kind, about_id, circle_id, happened_at, clause, facts, words_digest)
    values (entry, act, about_kind, about_id, circle_id, coalesce(happened_at, clock_timestamp()), clause, facts, hearth.salted_digest(salt, words));
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

-- Row changes of tracked tables, one call for each statement. Arguments: the key column, whether nobody may be signed in
-- (sign-in itself changes users), and columns whose contents are left out.
create function hearth.note_changes() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  key_column constant text := tg_argv[0];
  left_out constant text[] := tg_argv[2:];
  who bigint;
begin
  perform hearth.wait_for_disk(true);
  who := case when tg_argv[1]::boolean then hearth.me() else hearth.ledger_writer() end;
  if tg_op = 'INSERT' then
    perform hearth.write_change(tg_table_name, key_column, left_out, who, null, to_jsonb(n)) from new_rows n;
  elsif tg_op = 'DELETE' then
    perform hearth.write_change(tg_table_name, key_column, left_out, who, to_jsonb(o), null) from old_rows o;
  else
    perform hearth.write_change(tg_table_name, key_column, left_out, who, o.body, n.body)
      from (select to_jsonb(r) as body from old_rows r) o
      full join (select to_jsonb(r) as body from new_rows r) n on o.body -> key_column = n.body -> key_column;
  end if;
  return null;
end $$;

-- One changed row. What did not change is not kept.
create function hearth.write_change(table_name text, key_column text, left_out text[], who bigint, old_row jsonb, new_row jsonb)
returns void security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  change bigint;
  columns text[];
  salt bytea := hearth.salt();
  row_now constant jsonb := coalesce(new_row, old_row);
  body text;
begin
  select coalesce(array_agg(c order by c), '{}') into columns from jsonb_object_keys(row_now) c
    where old_row is null or new_row is null or old_row -> c is distinct from new_row -> c;
  if columns = '{}' then return; end if;
  select jsonb_build_object('old', jsonb_object_agg(c, old_row -> c) filter (where old_row is not null),
      'new', jsonb_object_agg(c, new_row -> c) filter (where new_row is not null))::text
    into body from unnest(columns) c where not c = any(left_out);
  change := nextval('public.ledger_change_id_seq');
  insert into public.ledger_change_rows (id, circle_id, salt, body) values (change, (row_now ->> 'circle_id')::bigint, salt, body);
  insert into public.ledger_change (id, table_name, row_id, circle_id, what, columns, by_id, request, rows_digest, xid, epoch)
    values (change, table_name, (row_now ->> key_column)::bigint, (row_now ->> 'circle_id')::bigint,
      case when old_row is null then 'added' when new_row is null then 'removed' else 'changed' end, columns, who,
      hearth.request(), hearth.salted_digest(salt, body), pg_current_xact_id(), (select max(n) from public.ledger_epoch));
end $$;

-- Writing: only through these functions. No role but the definer may insert, and nobody may update.

set local role hearth_definer;
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

-- Who writes, and in which epoch, is found once for each statement; who, request, transaction and epoch are then each
-- row's defaults. A statement that adds many entries asks once and not for each of them.
create function hearth.begin_signing() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('hearth.writer', coalesce(hearth.ledger_writer()::text, ''), true),
    set_config('hearth.epoch', (select max(n) from public.ledger_epoch)::text, true);
  return null;
end $$;
grant execute on function hearth.begin_signing() to hearth_owner;

-- A row that says anything else, or a false time, meets this: whatever the caller says, the database fills in who, in
-- which request, transaction and epoch, and a false time is refused.
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
grant execute on function hearth.sign_entry() to hearth_owner;
reset role;

-- Both settings are written before the first row of each statement, whatever stood in them. Nobody but the definer's
-- functions and the owner may add entries; a partition that is named directly has the trigger too.
create trigger begin_signing before insert on ledger_entry for each statement execute function hearth.begin_signing();
create trigger sign_entry before insert on ledger_entry for each row when (
    new.by_id is distinct from nullif(current_setting('hearth.writer', true), '')::bigint
    or new.request is distinct from nullif(current_setting('hearth.request', true), '')::uuid
    or new.xid is distinct from pg_current_xact_id()
    or new.epoch is distinct from nullif(current_setting('hearth.epoch', true), '')::integer
    or new.recorded_at not between clock_timestamp() - interval '1 minute' and clock_timestamp())
  execute function hearth.sign_entry();

set local role hearth_definer;
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
grant execute on function hearth.record(text, text, bigint, bigint, timestamptz, text, jsonb, text, boolean) to hearth_broad, hearth_narrow, hearth_worker, hearth_house, hearth_sealer, hearth_owner;

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
grant execute on function hearth.dispose(bigint[], bigint[], text) to hearth_worker, hearth_owner;
reset role;

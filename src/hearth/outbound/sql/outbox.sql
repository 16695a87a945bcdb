-- The outbox. The house writes it with the act that causes a message; the jobs process sends; people see what failed.

-- Leads and administrators see which messages did not leave: never the address, nor the key that names the record.
grant select (id, words, channel, user_id, made_at, ended_at, tries, state, problem) on outbound_message to hearth_broad, hearth_narrow;
create policy unsent_is_seen on outbound_message for select to hearth_broad, hearth_narrow
  using (state not in ('waiting', 'sent') and (select hearth.my_parts()) && array['lead', 'deputy', 'administrator']);

-- Nothing leaves without a decision for exactly this channel, these words, this address and this person.
grant select on outbound_decision to hearth_definer;
create policy definer_compares on outbound_decision for select to hearth_definer using (true);
create function hearth.require_decision() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from public.outbound_decision d
    where d.id = new.decision_id and d.is_allowed and d.withdrawn_at is null and d.channel = new.channel
      and d.words = new.words and d.address_digest = new.address_digest and d.user_id is not distinct from new.user_id) then
    raise exception 'no decision lets this message leave' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_comes_first before insert on outbound_message for each row execute function hearth.require_decision();

-- A queued message is never turned into another one, and what was sent stays sent. A letter may enclose one sealed link: it
-- is never exchanged for another, only dropped when the message has ended.
create function hearth.keep_message() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (new.decision_id, new.key, new.channel, new.words, new.address, new.address_digest, new.made_at)
      is distinct from (old.decision_id, old.key, old.channel, old.words, old.address, old.address_digest, old.made_at)
      or new.user_id is distinct from old.user_id or old.state = 'sent'
      or (new.enclosed is not null and new.enclosed is distinct from old.enclosed) then
    raise exception 'a queued message stays as it was decided' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger message_stays before update on outbound_message for each row execute function hearth.keep_message();

-- A decision can only be withdrawn.
create function hearth.keep_decision() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.withdrawn_at is not null or (to_jsonb(new) - 'withdrawn_at') is distinct from (to_jsonb(old) - 'withdrawn_at') then
    raise exception 'a decision is not rewritten' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_stays before update on outbound_decision for each row execute function hearth.keep_decision();

-- Wake the jobs process as soon as the message is committed.
create function hearth.wake_jobs() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('hearth_due', '');
  return null;
end $$;
create trigger wake_jobs after insert on outbound_message for each statement execute function hearth.wake_jobs();

-- The house lets a message that did not leave be tried again, and keeps that somebody was told by telephone.
grant update (state, tries, next_try_at, ended_at, problem) on outbound_message to hearth_house;
-- What left does not stay for ever: the jobs process removes it. Its decision stays.
grant delete on outbound_message, outbound_attempt to hearth_worker;

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.require_decision() owner to hearth_definer;

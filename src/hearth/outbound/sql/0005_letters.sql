-- A letter may enclose one sealed link. It is never exchanged for another, only dropped when the message has ended.
create or replace function hearth.keep_message() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (new.decision_id, new.key, new.channel, new.words, new.address, new.address_digest, new.made_at)
      is distinct from (old.decision_id, old.key, old.channel, old.words, old.address, old.address_digest, old.made_at)
      or new.user_id is distinct from old.user_id or old.state = 'sent'
      or (new.enclosed is not null and new.enclosed is distinct from old.enclosed) then
    raise exception 'a queued message stays as it was decided' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- The house lets a message that did not leave be tried again, and keeps that somebody was told by telephone.
grant update (state, tries, next_try_at, ended_at, problem) on outbound_message to hearth_house;

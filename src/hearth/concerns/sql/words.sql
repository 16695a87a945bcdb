-- The words of a concern stay, and who sends one is known by the key of his form.

create function hearth.concern_words_stay() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.noticed, old.thinks, old.did, old.wishes, old.elsewhere, old.who, old.something_else, old.parent_why_not, old.reported_by_id, old.logged_at)
    is distinct from
    (new.noticed, new.thinks, new.did, new.wishes, new.elsewhere, new.who, new.something_else, new.parent_why_not, new.reported_by_id, new.logged_at)
  then raise exception 'the words of a concern stay as they were told' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger concern_words_stay before update on concerns_concern for each row execute function hearth.concern_words_stay();

-- The key of the form that is just being sent: set by log_concern for this transaction only.
create function hearth.my_key() returns uuid stable language plpgsql set search_path = pg_catalog, pg_temp as $$
declare k text := current_setting('hearth.key', true);
begin
  if k ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then return k::uuid; end if;
  return null;
end $$;
grant execute on function hearth.my_key() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

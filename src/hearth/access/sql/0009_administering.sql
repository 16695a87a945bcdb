-- An administrator administers; he does not read. Whoever asks for a post that opens records is not the one who agrees.

create or replace function hearth.parts_that_may(act text) returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select case act
    when 'break glass' then array['triage', 'lead', 'deputy', 'on_call', 'case_worker', 'case_manager', 'auditor']
    when 'review break glass' then array['lead', 'deputy']
    when 'read access log' then array['lead', 'deputy', 'auditor']
    when 'keep users' then array['administrator']
    when 'agree appointment' then array['administrator', 'lead', 'deputy']
    when 'import register' then array['register_keeper']
  end
$$;

set local role hearth_definer;

-- Somebody whose time here is over is nobody, whether or not he has been switched off yet.
create or replace function hearth.me() returns bigint stable security definer parallel restricted language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.signed();
begin
  if i is null or i = 0 or not exists (
    select from public.organisation_user u where u.id = i and u.is_active and (u.until is null or u.until > now())
  ) then return null; end if;
  return i;
end $$;

-- The same list as hearth.access.rules.OPENING; a test compares them.
create function hearth.opening_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['administrator', 'allegation_deputy', 'auditor', 'case_manager', 'case_worker', 'deputy', 'intake', 'lead', 'on_call', 'triage']
$$;

-- The owner of the tables, the jobs process and a database's superuser: commands, not pages.
create function hearth.founds() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select session_user = 'hearth_owner' or hearth.is_system()
    or coalesce((select r.rolsuper from pg_roles r where r.rolname = session_user), false)
$$;

-- Until a lead has ever been appointed there is nobody to agree and nothing to read.
create function hearth.had_a_lead() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.organisation_appointment a join public.organisation_post p on p.id = a.post_id
    where p.parts && array['lead', 'deputy']::varchar[])
$$;

create function hearth.post_opens_records(post bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.organisation_post p where p.id = post and p.parts::text[] && hearth.opening_parts())
$$;

create or replace function hearth.keep_appointment() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me();
begin
  if hearth.founds() then return new; end if;
  if new.user_id = i then raise exception 'nobody appoints himself' using errcode = 'insufficient_privilege'; end if;
  if tg_op = 'UPDATE' then
    if not hearth.keeps_users() then
      raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
    end if;
    if (new.user_id, new.post_id, new.is_cover, new.starts_at, new.public_id, new.made_by_id)
        is distinct from (old.user_id, old.post_id, old.is_cover, old.starts_at, old.public_id, old.made_by_id)
        or coalesce(new.ends_at > old.ends_at, new.ends_at is null and old.ends_at is not null) then
      raise exception 'an appointment is only ended; anything else is a new one' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  new.made_by_id := i;
  if exists (select from public.organisation_proposal p
      where p.user_id = new.user_id and p.post_id = new.post_id and p.is_cover = new.is_cover
        and new.starts_at in (p.starts_at, p.answered_at) and p.ends_at is not distinct from new.ends_at
        and p.agreed and p.answered_by_id = i
        and not exists (select from public.organisation_appointment a
          where a.user_id = p.user_id and a.post_id = p.post_id and a.starts_at in (p.starts_at, p.answered_at))) then
    return new;
  end if;
  if not hearth.keeps_users() then
    raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
  end if;
  if hearth.post_opens_records(new.post_id) and hearth.had_a_lead() then
    raise exception 'somebody else agrees to a post that opens records' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function hearth.keep_parts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from public.organisation_appointment a where a.post_id = new.id and a.user_id = hearth.me()) then
    raise exception 'nobody changes the parts of his own post' using errcode = 'insufficient_privilege';
  end if;
  if not hearth.founds() and exists (select from unnest(new.parts::text[]) as part
      where part = any(hearth.opening_parts()) and not part = any(old.parts::text[]))
    and exists (select from public.organisation_appointment a where a.post_id = new.id and (a.ends_at is null or a.ends_at > now())) then
    raise exception 'parts that open records are given to a post nobody holds' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function hearth.opening_parts(), hearth.founds(), hearth.had_a_lead(), hearth.post_opens_records(bigint) from public;
grant execute on function hearth.opening_parts(), hearth.founds(), hearth.had_a_lead(), hearth.post_opens_records(bigint)
  to hearth_app, hearth_worker, hearth_broad, hearth_narrow;
-- A failed sign-in has nobody signed in to answer for it: the house writes it down.
grant execute on function hearth.record(text, text, bigint, bigint, timestamptz, text, jsonb, text, boolean) to hearth_house;
set local role none;

grant select on organisation_proposal to hearth_definer;
drop trigger keep_organisation on organisation_appointment;

-- Who asks and who answers is filled in here, and an answer is given once.
create function hearth.keep_proposal() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare i bigint := hearth.me();
begin
  if hearth.founds() then return new; end if;
  if new.user_id = i then raise exception 'nobody appoints himself' using errcode = 'insufficient_privilege'; end if;
  if tg_op = 'INSERT' then
    if not hearth.keeps_users() then
      raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
    end if;
    new.asked_by_id := i; new.agreed := null; new.answered_by_id := null; new.answered_at := null;
    return new;
  end if;
  if old.agreed is not null or new.agreed is null
      or (new.user_id, new.post_id, new.is_cover, new.starts_at, new.asked_by_id, new.public_id)
        is distinct from (old.user_id, old.post_id, old.is_cover, old.starts_at, old.asked_by_id, old.public_id)
      or new.ends_at is distinct from old.ends_at then
    raise exception 'what was asked for is answered once, as it was asked' using errcode = 'insufficient_privilege';
  end if;
  if not hearth.i_may('agree appointment') or (new.agreed and old.asked_by_id = i) then
    raise exception 'somebody else agrees to a post that opens records' using errcode = 'insufficient_privilege';
  end if;
  new.answered_by_id := i;
  return new;
end $$;
create trigger keep_proposal before insert or update on organisation_proposal for each row execute function hearth.keep_proposal();

-- Nobody keeps his own account open, and whoever has ever read keeps the address that opens it.
create function hearth.keep_user() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.keeps_users() then
    raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
  end if;
  if hearth.founds() then return new; end if;
  if new.id = hearth.me() and (new.is_active, new.email) is distinct from (old.is_active, old.email)
      or new.id = hearth.me() and new.until is distinct from old.until then
    raise exception 'nobody keeps his own account open' using errcode = 'insufficient_privilege';
  end if;
  if new.email is distinct from old.email and exists (select from public.organisation_appointment a
      where a.user_id = new.id and hearth.post_opens_records(a.post_id)) then
    raise exception 'whoever reads keeps his address' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger keep_user on organisation_user;
create trigger keep_user before update on organisation_user for each row
  when ((old.is_active, old.left_at, old.kind, old.person_id, old.public_id, old.email, old.name, old.employer, old.until, old.times_switched_off)
    is distinct from (new.is_active, new.left_at, new.kind, new.person_id, new.public_id, new.email, new.name, new.employer, new.until, new.times_switched_off))
  execute function hearth.keep_user();

-- Whoever is switched off has no token either, also when he is switched on again.
grant update (ended_at) on access_apitoken to hearth_definer;
create function hearth.end_tokens() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update public.access_apitoken t set ended_at = now() where t.user_id = new.id and t.ended_at is null;
  return null;
end $$;
create trigger end_tokens after update of is_active on organisation_user for each row
  when (old.is_active and not new.is_active) execute function hearth.end_tokens();

-- A lead looks again at an emergency opening of somebody else's, once, in the circle it opened.
create function hearth.keep_review() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if hearth.founds() then return new; end if;
  if not hearth.i_may('review break glass') or new.reviewed_by_id is distinct from hearth.me()
      or not exists (select from public.access_grant g where g.id = new.grant_id and g.circle_id = new.circle_id
        and g.part_in_it = 'broke_glass' and g.user_id <> hearth.me()) then
    raise exception 'a lead reviews the emergency opening of somebody else' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_review before insert on access_emergencyreview for each row execute function hearth.keep_review();

revoke execute on function hearth.keep_proposal(), hearth.keep_user(), hearth.keep_review(), hearth.end_tokens() from public;
alter function hearth.end_tokens() owner to hearth_definer;
alter function hearth.keep_proposal() owner to hearth_definer;
alter function hearth.keep_user() owner to hearth_definer;
alter function hearth.keep_review() owner to hearth_definer;

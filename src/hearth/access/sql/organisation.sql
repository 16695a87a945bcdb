-- Users, posts and the rota. The identity is signed, but what it may do follows from posts and from being switched on:
-- those who keep users keep them, nobody raises himself, and an administrator administers but does not read.

-- Everybody who is let in at all may look up users, posts and teams; sign-in changes users.
grant select, insert, update on organisation_user to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
grant select on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_definer;
grant insert, update on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_broad, hearth_narrow, hearth_worker;
grant select, insert, update on organisation_proposal to hearth_broad, hearth_narrow;
grant select on organisation_user, organisation_proposal to hearth_definer;
grant select on organisation_entity to hearth_house;

set local role hearth_definer;
-- The identity is signed, but what it may do follows from posts and from being switched on: those who keep users keep
-- them, and nobody raises himself.
create function hearth.keeps_users() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select session_user = 'hearth_owner' or hearth.is_system() or hearth.i_may('keep users') or hearth.i_may('import register')
    or (select r.rolsuper from pg_roles r where r.rolname = session_user)
$$;
grant execute on function hearth.keeps_users() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The owner of the tables, the jobs process and a database's superuser: commands, not pages.
create function hearth.founds() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select session_user = 'hearth_owner' or hearth.is_system()
    or coalesce((select r.rolsuper from pg_roles r where r.rolname = session_user), false)
$$;
grant execute on function hearth.founds() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Until a lead has ever been appointed there is nobody to agree and nothing to read.
create function hearth.had_a_lead() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.organisation_appointment a join public.organisation_post p on p.id = a.post_id
    where p.parts && array['lead', 'deputy']::varchar[])
$$;
grant execute on function hearth.had_a_lead() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.post_opens_records(post bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.organisation_post p where p.id = post and p.parts::text[] && hearth.opening_parts())
$$;
grant execute on function hearth.post_opens_records(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

create function hearth.keep_organisation() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.keeps_users() then
    raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
grant execute on function hearth.keep_organisation() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
create trigger keep_organisation before insert or update on organisation_provider for each row execute function hearth.keep_organisation();
create trigger keep_organisation before insert or update on organisation_entity for each row execute function hearth.keep_organisation();
create trigger keep_organisation before insert or update on organisation_team for each row execute function hearth.keep_organisation();
create trigger keep_organisation before insert or update on organisation_post for each row execute function hearth.keep_organisation();
create trigger keep_organisation before insert or update on organisation_oncallshift for each row execute function hearth.keep_organisation();

-- Whoever asks for a post that opens records is not the one who agrees.
create function hearth.keep_appointment() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
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
grant execute on function hearth.keep_appointment() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
create trigger keep_appointment before insert or update on organisation_appointment for each row execute function hearth.keep_appointment();

create function hearth.keep_parts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
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
grant execute on function hearth.keep_parts() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
create trigger keep_parts before update of parts on organisation_post for each row
  when (old.parts is distinct from new.parts) execute function hearth.keep_parts();

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

-- Nobody keeps his own account open, and whoever has ever read keeps the address that opens it. Signing in and password
-- changes stay the application's.
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
create trigger keep_user before update on organisation_user for each row
  when ((old.is_active, old.left_at, old.kind, old.person_id, old.public_id, old.email, old.name, old.employer, old.until, old.times_switched_off)
    is distinct from (new.is_active, new.left_at, new.kind, new.person_id, new.public_id, new.email, new.name, new.employer, new.until, new.times_switched_off))
  execute function hearth.keep_user();

-- Whoever is switched off has no token either, also when he is switched on again.
create function hearth.end_tokens() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update public.access_apitoken t set ended_at = now() where t.user_id = new.id and t.ended_at is null;
  return null;
end $$;
create trigger end_tokens after update of is_active on organisation_user for each row
  when (old.is_active and not new.is_active) execute function hearth.end_tokens();

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.keep_organisation() owner to hearth_definer;
alter function hearth.keep_appointment() owner to hearth_definer;
alter function hearth.keep_parts() owner to hearth_definer;
alter function hearth.keep_proposal() owner to hearth_definer;
alter function hearth.keep_user() owner to hearth_definer;
alter function hearth.end_tokens() owner to hearth_definer;

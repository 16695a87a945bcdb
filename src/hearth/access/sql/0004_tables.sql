-- What the roles may do with the tables of the two ground floors.

-- Everybody who is let in at all may look up users, posts and teams; sign-in changes users.
grant select, insert, update on organisation_user to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
grant select on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_definer;
grant insert, update on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_broad, hearth_narrow, hearth_worker;
grant select on organisation_user to hearth_definer;

-- The identity is signed, but what it may do follows from posts and from being switched on: those who keep users keep
-- them, and nobody raises himself.
create function hearth.keeps_users() returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select session_user = 'hearth_owner' or hearth.is_system() or hearth.i_may('keep users') or hearth.i_may('import register')
    or (select r.rolsuper from pg_roles r where r.rolname = session_user)
$$;

create function hearth.keep_organisation() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not hearth.keeps_users() then
    raise exception 'users, posts and the rota are kept by an administrator' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create function hearth.keep_appointment() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.user_id = hearth.me() then raise exception 'nobody appoints himself' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;

create function hearth.keep_parts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from public.organisation_appointment a where a.post_id = new.id and a.user_id = hearth.me()) then
    raise exception 'nobody changes the parts of his own post' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

do $$
declare t text;
begin
  foreach t in array array['provider', 'entity', 'team', 'post', 'appointment', 'oncallshift'] loop
    execute format('create trigger keep_organisation before insert or update on organisation_%s for each row execute function hearth.keep_organisation()', t);
  end loop;
end $$;
create trigger keep_appointment before insert or update on organisation_appointment for each row execute function hearth.keep_appointment();
create trigger keep_parts before update of parts on organisation_post for each row
  when (old.parts is distinct from new.parts) execute function hearth.keep_parts();
-- Signing in and password changes stay the application's; being on, one's kind and one's own person record do not.
create trigger keep_user before update on organisation_user for each row
  when ((old.is_active, old.left_at, old.kind, old.person_id, old.public_id) is distinct from (new.is_active, new.left_at, new.kind, new.person_id, new.public_id))
  execute function hearth.keep_organisation();

do $$
declare t text;
begin
  foreach t in array array['access_circle', 'access_grant', 'access_circlelink', 'access_exclusion', 'access_excludedcircle', 'access_refusal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy definer on %I to hearth_definer using (true) with check (true)', t);
    execute format('grant select, insert, update on %I to hearth_definer', t);
    execute format('create policy worker on %I to hearth_worker using (true)', t);
    execute format('grant select on %I to hearth_worker', t);
  end loop;
end $$;
grant delete on access_excludedcircle to hearth_definer;

grant select on access_circle, access_grant, access_circlelink, access_refusal to hearth_broad, hearth_narrow;
grant select, insert on access_exclusion to hearth_broad, hearth_narrow;
grant update (ends_at) on access_exclusion to hearth_broad;

create policy broad_reads on access_circle for select to hearth_broad
  using (((not restricted and (select hearth.is_broad())) or id = any((select hearth.my_circles())::bigint[]))
    and not id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circle for select to hearth_narrow
  using (id = any((select hearth.my_circles())::bigint[]) and not id = any((select hearth.my_excluded())::bigint[]));

-- Grants: one's own, and everybody's in a circle one is in.
create policy broad_reads on access_grant for select to hearth_broad
  using ((user_id = (select hearth.me()) or circle_id = any((select hearth.my_circles())::bigint[])
      or ((select hearth.is_broad()) and exists (select from public.access_circle c where c.id = circle_id and not c.restricted)))
    and not circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_grant for select to hearth_narrow
  using ((user_id = (select hearth.me()) or circle_id = any((select hearth.my_circles())::bigint[]))
    and not circle_id = any((select hearth.my_excluded())::bigint[]));

create policy broad_reads on access_circlelink for select to hearth_broad
  using ((case_circle_id = any((select hearth.my_circles())::bigint[])
      or ((select hearth.is_broad()) and exists (select from public.access_circle c where c.id = case_circle_id and not c.restricted)))
    and not case_circle_id = any((select hearth.my_excluded())::bigint[]) and not joined_circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circlelink for select to hearth_narrow
  using (case_circle_id = any((select hearth.my_circles())::bigint[])
    and not case_circle_id = any((select hearth.my_excluded())::bigint[]) and not joined_circle_id = any((select hearth.my_excluded())::bigint[]));

-- Exclusions: anybody declares his own conflict and sees what he declared himself. Leads declare and see those of others,
-- but not what was declared about himself or about a person he is shut out from: that would tell him why.
create function hearth.my_excluded_people() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(e.person_id), '{}') from public.access_exclusion e
  where (select hearth.i_may('review break glass')) and e.user_id = (select hearth.me()) and (e.ends_at is null or e.ends_at > now())
$$;
create policy broad_reads on access_exclusion for select to hearth_broad
  using ((user_id = (select hearth.me()) and declared_by_id = (select hearth.me()))
    or ((select hearth.i_may('review break glass')) and user_id <> (select hearth.me()) and not person_id = any((select hearth.my_excluded_people())::bigint[])));
create policy narrow_reads on access_exclusion for select to hearth_narrow
  using (user_id = (select hearth.me()) and declared_by_id = (select hearth.me()));
create policy broad_adds on access_exclusion for insert to hearth_broad
  with check (declared_by_id = (select hearth.me()) and (user_id = (select hearth.me()) or (select hearth.i_may('review break glass'))));
create policy narrow_adds on access_exclusion for insert to hearth_narrow
  with check (declared_by_id = (select hearth.me()) and user_id = (select hearth.me()));
-- Nobody ends his own exclusion.
create policy broad_ends on access_exclusion for update to hearth_broad
  using ((select hearth.i_may('review break glass')) and user_id <> (select hearth.me())) with check (user_id <> (select hearth.me()));

-- Refused attempts: for leads and auditors; of a restricted circle only for those in it; never for somebody shut out.
create policy broad_reads on access_refusal for select to hearth_broad
  using ((select hearth.i_may('read access log'))
    and (not restricted or circle_id = any((select hearth.my_circles())::bigint[]))
    and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));
create policy narrow_reads on access_refusal for select to hearth_narrow
  using ((select hearth.i_may('read access log'))
    and (not restricted or circle_id = any((select hearth.my_circles())::bigint[]))
    and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));
call hearth.register_table('access_refusal', 'circle_id', true, '', '');
create trigger keep_circle before update on access_refusal for each row execute function hearth.keep_circle('circle_id');

-- Functions that must read past the policies belong to the definer, who can do nothing else and never signs in.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as name, p.proname as plain_name, p.prosecdef as definer from pg_proc p where p.pronamespace = 'hearth'::regnamespace and p.prokind = 'f' loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to hearth_definer', f.name);
    -- What would tell which circles there are, or whose grants, is for the definer alone.
    if f.plain_name not in ('circle_called', 'is_open', 'my_grants') then
      execute format('grant execute on function %s to hearth_app, hearth_worker, hearth_broad, hearth_narrow', f.name);
    end if;
    if f.definer then execute format('alter function %s owner to hearth_definer', f.name); end if;
  end loop;
end $$;
-- protect() puts this trigger on tables of the floors above, as their owner.
set role hearth_definer;
grant execute on function hearth.fill_restricted() to hearth_owner;
reset role;

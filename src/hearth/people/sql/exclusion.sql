-- Exclusion: being the person, close to the person or declared in conflict shuts every circle where the person has a role.
-- It is kept here, in the transaction that makes it true, whoever writes.

-- The same list as hearth.people.rules.CLOSE; a test compares them.
create function hearth.close_ties() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['parent', 'child', 'step_parent', 'step_child', 'grandparent', 'grandchild', 'sibling', 'partner',
    'former_partner', 'relative', 'guardian', 'ward', 'carer', 'cared_for', 'friend', 'lives_with']
$$;
grant execute on function hearth.close_ties() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

set local role hearth_definer;
-- The people somebody is shut out from.
create function hearth.people_shut_to(somebody bigint) returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select u.person_id from public.organisation_user u where u.id = somebody and u.person_id is not null
  union
  select e.person_id from public.access_exclusion e where e.user_id = somebody and (e.ends_at is null or e.ends_at > clock_timestamp())
  union
  select case when t.person_id = u.person_id then t.other_id else t.person_id end
    from public.organisation_user u join public.people_relationship t on u.person_id in (t.person_id, t.other_id)
    where u.id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
$$;

-- The users a person is shut from: the same question from the other side.
create function hearth.shut_from(somebody bigint) returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select u.id from public.organisation_user u where u.person_id = somebody
  union
  select e.user_id from public.access_exclusion e where e.person_id = somebody and (e.ends_at is null or e.ends_at > clock_timestamp())
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.other_id
    where t.person_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.person_id
    where t.other_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
$$;

-- Whoever works with us as that person, or is close to him. A declared conflict is not among them: it shuts out whoever
-- declared it and says nothing about the record, so a neighbour's stays with the team.
create function hearth.close_colleagues(somebody bigint) returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select u.id from public.organisation_user u where u.person_id = somebody
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.other_id
    where t.person_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
  union
  select u.id from public.people_relationship t join public.organisation_user u on u.person_id = t.person_id
    where t.other_id = somebody and t.wrong_since is null and t.tie = any(hearth.close_ties())
$$;

-- Whether somebody works with us or is close to one who does: such a concern is restricted.
create function hearth.is_close_to_staff(somebody bigint) returns boolean stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select hearth.me() is not null and exists (select from hearth.close_colleagues(somebody))
$$;
grant execute on function hearth.is_close_to_staff(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.circles_shut_to(somebody bigint) returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select distinct r.circle_id from public.people_role r
  where r.wrong_since is null and r.person_id in (select hearth.people_shut_to(somebody))
$$;

create function hearth.shut_out(somebody bigint) returns void security definer language sql set search_path = pg_catalog, pg_temp as $$
  insert into public.access_excludedcircle (user_id, circle_id)
  select somebody, circle from hearth.circles_shut_to(somebody) as circle on conflict (user_id, circle_id) do nothing
$$;
reset role;

create function hearth.role_shuts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.access_excludedcircle (user_id, circle_id, shut_in, shut_by)
  select u, new.circle_id, pg_current_xact_id(), hearth.me() from hearth.shut_from(new.person_id) as u
  on conflict (user_id, circle_id) do nothing;
  return null;
end $$;
create trigger role_shuts after insert on people_role for each row execute function hearth.role_shuts();

create function hearth.relationship_shuts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.shut_out(u.id) from public.organisation_user u where u.person_id in (new.person_id, new.other_id);
  return null;
end $$;
create trigger relationship_shuts after insert or update on people_relationship
  for each row execute function hearth.relationship_shuts();

create function hearth.exclusion_shuts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.shut_out(new.user_id);
  return null;
end $$;
create trigger exclusion_shuts after insert or update on access_exclusion for each row execute function hearth.exclusion_shuts();

create function hearth.own_record_shuts() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform hearth.shut_out(new.id);
  return null;
end $$;
create trigger own_record_shuts after insert or update of person_id on organisation_user
  for each row when (new.person_id is not null) execute function hearth.own_record_shuts();

set local role hearth_definer;
-- Nothing opens by itself. Whoever ends an exclusion, and the nightly job, ask for the truth to be worked out again.
-- It can only ever be the truth, so anybody may ask.
create function hearth.work_out_exclusions(somebody bigint) returns int security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare opened int;
begin
  perform hearth.require_identity();
  delete from public.access_excludedcircle e
    where e.user_id = somebody and e.circle_id not in (select hearth.circles_shut_to(somebody));
  get diagnostics opened = row_count;
  perform hearth.shut_out(somebody);
  return opened;
end $$;
grant execute on function hearth.work_out_exclusions(bigint) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

create function hearth.users_shut_out() returns setof bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select distinct e.user_id from public.access_excludedcircle e where hearth.is_system()
$$;
grant execute on function hearth.users_shut_out() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;


-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.role_shuts() owner to hearth_definer;
alter function hearth.relationship_shuts() owner to hearth_definer;
alter function hearth.exclusion_shuts() owner to hearth_definer;
alter function hearth.own_record_shuts() owner to hearth_definer;

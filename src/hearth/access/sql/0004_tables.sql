-- What the roles may do with the tables of the two ground floors.

-- Everybody who is let in at all may look up users, posts and teams; sign-in changes users.
grant select, insert, update on organisation_user to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
grant select on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_definer;
grant insert, update on organisation_provider, organisation_entity, organisation_team, organisation_post, organisation_appointment, organisation_oncallshift
  to hearth_broad, hearth_narrow, hearth_worker;
grant select on organisation_user to hearth_definer;

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
grant select, insert, update on access_exclusion to hearth_broad, hearth_narrow;

create policy broad_reads on access_circle for select to hearth_broad
  using (((not restricted and (select hearth.is_broad())) or id = any((select hearth.my_circles())::bigint[]))
    and not id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circle for select to hearth_narrow
  using (id = any((select hearth.my_circles())::bigint[]) and not id = any((select hearth.my_excluded())::bigint[]));

-- Grants: one's own, and everybody's in a circle one is in.
create policy broad_reads on access_grant for select to hearth_broad
  using (user_id = (select hearth.me()) or (((select hearth.is_broad()) and hearth.is_open(circle_id)) or circle_id = any((select hearth.my_circles())::bigint[]))
    and not circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_grant for select to hearth_narrow
  using (user_id = (select hearth.me()) or circle_id = any((select hearth.my_circles())::bigint[])
    and not circle_id = any((select hearth.my_excluded())::bigint[]));

create policy broad_reads on access_circlelink for select to hearth_broad
  using ((((select hearth.is_broad()) and hearth.is_open(case_circle_id)) or case_circle_id = any((select hearth.my_circles())::bigint[]))
    and not case_circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circlelink for select to hearth_narrow
  using (case_circle_id = any((select hearth.my_circles())::bigint[]) and not case_circle_id = any((select hearth.my_excluded())::bigint[]));

-- Exclusions: anybody declares and sees his own; leads declare and see those of others.
create policy broad_reads on access_exclusion for select to hearth_broad using (user_id = (select hearth.me()) or (select hearth.is_broad()));
create policy narrow_reads on access_exclusion for select to hearth_narrow using (user_id = (select hearth.me()));
create policy broad_adds on access_exclusion for insert to hearth_broad with check (user_id = (select hearth.me()) or (select hearth.is_broad()));
create policy narrow_adds on access_exclusion for insert to hearth_narrow with check (user_id = (select hearth.me()));
-- Nobody ends his own exclusion.
create policy broad_ends on access_exclusion for update to hearth_broad
  using ((select hearth.is_broad()) and user_id <> (select hearth.me())) with check (user_id <> (select hearth.me()));

-- Refused attempts: for leads and auditors, and never to somebody who is shut out himself.
create policy broad_reads on access_refusal for select to hearth_broad
  using ((select hearth.my_parts()) && array['lead', 'deputy', 'auditor'] and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));
create policy narrow_reads on access_refusal for select to hearth_narrow
  using ((select hearth.my_parts()) && array['auditor'] and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));

-- Functions that must read past the policies belong to the definer, who can do nothing else and never signs in.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as name, p.proname as plain_name, p.prosecdef as definer from pg_proc p where p.pronamespace = 'hearth'::regnamespace and p.prokind = 'f' loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to hearth_definer', f.name);
    if f.plain_name <> 'circle_called' then
      execute format('grant execute on function %s to hearth_app, hearth_worker, hearth_broad, hearth_narrow', f.name);
    end if;
    if f.definer then execute format('alter function %s owner to hearth_definer', f.name); end if;
  end loop;
end $$;

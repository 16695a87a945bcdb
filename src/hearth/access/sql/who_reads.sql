-- Who reads circles, grants, links, exclusions and refused attempts. In broad_reads what is asked of a row stands behind
-- the rank of the post, because it is asked last (ADR 97).

grant delete on access_excludedcircle to hearth_definer;

grant select on access_circle, access_grant, access_circlelink, access_refusal to hearth_broad, hearth_narrow;
grant select, insert on access_exclusion to hearth_broad, hearth_narrow;
grant update (ends_at) on access_exclusion to hearth_broad;

create policy broad_reads on access_circle for select to hearth_broad
  using (((not restricted and (select hearth.is_broad())) or hearth.reaches(id)) and not id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circle for select to hearth_narrow
  using (id = any((select hearth.my_circles())::bigint[]) and not id = any((select hearth.my_excluded())::bigint[]));

-- Grants: one's own, and everybody's in a circle one is in.
create policy broad_reads on access_grant for select to hearth_broad
  using ((user_id = (select hearth.me())
      or ((select hearth.is_broad()) and exists (select from public.access_circle c where c.id = circle_id and not c.restricted))
      or hearth.reaches(circle_id))
    and not circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_grant for select to hearth_narrow
  using ((user_id = (select hearth.me()) or circle_id = any((select hearth.my_circles())::bigint[]))
    and not circle_id = any((select hearth.my_excluded())::bigint[]));

create policy broad_reads on access_circlelink for select to hearth_broad
  using ((((select hearth.is_broad()) and exists (select from public.access_circle c where c.id = case_circle_id and not c.restricted))
      or hearth.reaches(case_circle_id))
    and not case_circle_id = any((select hearth.my_excluded())::bigint[]) and not joined_circle_id = any((select hearth.my_excluded())::bigint[]));
create policy narrow_reads on access_circlelink for select to hearth_narrow
  using (case_circle_id = any((select hearth.my_circles())::bigint[])
    and not case_circle_id = any((select hearth.my_excluded())::bigint[]) and not joined_circle_id = any((select hearth.my_excluded())::bigint[]));

set local role hearth_definer;
-- Exclusions: anybody declares his own conflict and sees what he declared himself. Leads declare and see those of others,
-- but not what was declared about himself or about a person he is shut out from: that would tell him why.
create function hearth.my_excluded_people() returns bigint[] stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(e.person_id), '{}') from public.access_exclusion e
  where (select hearth.i_may('review break glass')) and e.user_id = (select hearth.me()) and (e.ends_at is null or e.ends_at > now())
$$;
grant execute on function hearth.my_excluded_people() to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;
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
    and (not restricted or hearth.reaches(circle_id))
    and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));
create policy narrow_reads on access_refusal for select to hearth_narrow
  using ((select hearth.i_may('read access log'))
    and (not restricted or circle_id = any((select hearth.my_circles())::bigint[]))
    and (circle_id is null or not circle_id = any((select hearth.my_excluded())::bigint[])));
call hearth.register_table('access_refusal', 'circle_id', true, '', '');
create trigger keep_circle before update on access_refusal for each row execute function hearth.keep_circle('circle_id');

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

-- Triggers read past the policies as the definer, who can do nothing else and never signs in.
alter function hearth.keep_review() owner to hearth_definer;

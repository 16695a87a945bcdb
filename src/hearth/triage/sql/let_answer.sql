set local role hearth_definer;
-- A reporter who is still worried about a restricted record is answered by a lead who did not decide on it. Where nobody of
-- those who hold it could, the next of the wanted parts gets a place in it. It may be called by whoever told the concern
-- and waits for an answer, and by nobody else; it lets in nobody but a lead's or deputy's post, and never a lead's where
-- the record was kept from the leads. Whoever told it by a link proves it by the code of his receipt. Returns the part
-- that can answer, or nothing where there is none or the record is open.
create function hearth.let_answer(concern bigint, wanted text[], at timestamptz) returns text security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  i bigint := hearth.me();
  circle bigint;
  holder text;
begin
  select c.circle_id into circle from public.concerns_concern c where c.id = concern and c.reported_by_id = i
    and (c.link_id is null or c.id = hearth.sent_concern());
  if not found or not exists (select from public.concerns_worry w
      where w.concern_id = concern and w.raised_by_id = i and w.answered_at is null) then
    raise exception 'nobody lets somebody answer who does not wait for it' using errcode = 'insufficient_privilege';
  end if;
  if hearth.is_open(circle) then return ''; end if;
  foreach holder in array wanted loop
    continue when holder not in ('lead', 'deputy');
    continue when holder = 'lead' and not exists (select from public.access_grant g
      where g.circle_id = circle and g.part = 'lead' and g.ended_at is null and (g.ends_at is null or g.ends_at > now()));
    continue when not exists (
      select from public.organisation_appointment a
      join public.organisation_post p on p.id = a.post_id and holder = any(p.parts::text[])
      join public.organisation_user u on u.id = a.user_id and u.is_active and u.id is distinct from i
      where a.starts_at <= now() and (a.ends_at is null or a.ends_at > now()) and (u.until is null or u.until > now())
        and not exists (select from public.triage_decision d
          where d.concern_id = concern and (d.decided_by_id = u.id or u.id = any(d.with_whom)))
        and not exists (select from public.access_excludedcircle e where e.circle_id = circle and e.user_id = u.id));
    insert into public.access_grant (circle_id, user_id, part, reach, part_in_it, item_kind, item_id, why, given_by_id, given_at)
    select circle, null, holder, 'full', 'invited', '', null, 'answers a reporter who is still worried', i, at
    where not exists (select from public.access_grant g where g.circle_id = circle and g.part = holder and g.reach = 'full'
      and g.ended_at is null and g.ends_at is null);
    return holder;
  end loop;
  return '';
end $$;
grant execute on function hearth.let_answer(bigint, text[], timestamptz) to hearth_broad, hearth_narrow;
reset role;

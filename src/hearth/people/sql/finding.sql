-- Adding and finding people past the policies, each with its own condition.

set local role hearth_definer;
-- Somebody known only from a concern. The writer sees the row once a role in his circle points at it, so he cannot
-- insert it himself (INSERT ... RETURNING needs the row to be visible).
create function hearth.add_known_person(public_id uuid, name text, known_as text, plain text, sounds text,
  born_on date, age_about int, age_seen_on date) returns bigint
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare made bigint;
begin
  perform hearth.require_identity();
  insert into public.people_person (public_id, from_register, reference, name, known_as, name_plain, name_sounds,
      born_on, age_about, age_seen_on, phone, email, version)
  values (public_id, false, '', name, known_as, plain, sounds, born_on, age_about, age_seen_on, '', '', 1) returning id into made;
  return made;
end $$;
grant execute on function hearth.add_known_person(uuid, text, text, text, text, date, integer, date) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The id of a register person by the landlord's reference, for those who link a colleague to his own record.
create function hearth.person_called(asked text) returns bigint stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select p.id from public.people_person p
  where p.reference = asked and asked <> '' and hearth.my_parts() && array['administrator', 'register_keeper', 'lead', 'deputy']
$$;
grant execute on function hearth.person_called(text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- Names: at most `most` people whose name starts like, has the words, or sounds like what was asked, and whom I may see.
-- `@@` is not leakproof, so its index is useless under row security: this function asks with the policies' own
-- conditions, and the caller joins the ids back through the table.
create function hearth.find_people(starts text, has_words tsquery, sounds_like tsquery, sounds_partly tsquery, most int)
returns bigint[] stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  broad boolean := hearth.is_broad();
  mine bigint[] := hearth.my_circles();
  shut bigint[] := hearth.my_excluded();
  register boolean := hearth.reads_register();
  found_ids bigint[] := '{}';
  arm text;
begin
  foreach arm in array array['p.name_plain ^@ $1', 'p.name_words @@ $2', 'p.name_said @@ $3', 'p.name_said @@ $4'] loop
    exit when cardinality(found_ids) >= most;
    continue when arm like '%$4' and cardinality(found_ids) >= most / 4;
    execute format('select $5 || array(select p.id from public.people_person p where %s and p.id <> all($5)'
      ' and (p.from_register and $6 or exists (select from public.people_role r where r.person_id = p.id'
      ' and ((not r.restricted and $7) or r.circle_id = any($8)) and not r.circle_id = any($9)))'
      ' limit $10)', arm)
    into found_ids
    using starts, has_words, sounds_like, sounds_partly, found_ids, register, broad, mine, shut, most - cardinality(found_ids);
  end loop;
  return found_ids;
end $$;
grant execute on function hearth.find_people(text, tsquery, tsquery, tsquery, integer) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;

-- The rules about one way to reach somebody, from every circle, without saying which: for sending, which must not
-- depend on who sends.
create function hearth.contact_rules(somebody bigint, way text) returns table (rule text, from_time time, until_time time)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select c.rule, c.from_time, c.until_time from public.people_safecontact c
  where c.person_id = somebody and c.channel = way and c.ended_at is null
    and (hearth.me() is not null or session_user = 'hearth_worker')
$$;
grant execute on function hearth.contact_rules(bigint, text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

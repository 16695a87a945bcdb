-- What must read past the policies belongs to the definer; everybody else may only call what is meant to be called.
do $$
declare
  f record;
  inner_parts text[] := array['people_shut_to', 'shut_from', 'circles_shut_to', 'shut_out', 'role_shuts',
    'relationship_shuts', 'exclusion_shuts', 'own_record_shuts'];
  called text[] := array['reads_register', 'keeps_register', 'add_known_person', 'person_called', 'find_people',
    'contact_rules', 'is_close_to_staff', 'close_ties', 'work_out_exclusions', 'users_shut_out'];
begin
  for f in select p.oid::regprocedure as name, p.proname = any(called) as is_called, p.prosecdef as definer from pg_proc p
    where p.pronamespace = 'hearth'::regnamespace and p.proname = any(inner_parts || called) loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to hearth_definer', f.name);
    if f.is_called then
      execute format('grant execute on function %s to hearth_app, hearth_worker, hearth_broad, hearth_narrow', f.name);
    end if;
    if f.definer then execute format('alter function %s owner to hearth_definer', f.name); end if;
  end loop;
end $$;

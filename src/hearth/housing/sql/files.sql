-- Files on their way into the register: their keeper's alone. The jobs process takes them in turn and acts as him.
grant select, insert, update on housing_registerupload to hearth_broad, hearth_narrow;
create policy own_uploads on housing_registerupload to hearth_broad, hearth_narrow
  using (uploaded_by_id = (select hearth.me()) and (select hearth.keeps_register()))
  with check (uploaded_by_id = (select hearth.me()) and (select hearth.keeps_register()));

-- What was imported is noted by whoever may import, each in his own name, and stays as it was noted. Files of staff are
-- imported by whoever keeps users.
grant select, insert on housing_registerimport to hearth_broad, hearth_narrow;
create policy is_read on housing_registerimport for select to hearth_broad, hearth_narrow
  using ((select hearth.keeps_register()) or imported_by_id = (select hearth.me()));
create policy importer_adds on housing_registerimport for insert to hearth_broad, hearth_narrow
  with check (imported_by_id = (select hearth.me()) and ((select hearth.keeps_register()) or (select hearth.i_may('keep users'))));

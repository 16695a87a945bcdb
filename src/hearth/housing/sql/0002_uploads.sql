-- Files on their way into the register: their keeper's alone. The jobs process takes them in turn and acts as him.
alter table housing_registerupload enable row level security;
alter table housing_registerupload force row level security;
grant select, insert, update on housing_registerupload to hearth_broad, hearth_narrow;
create policy own_uploads on housing_registerupload to hearth_broad, hearth_narrow
  using (uploaded_by_id = (select hearth.me())) with check (uploaded_by_id = (select hearth.me()));

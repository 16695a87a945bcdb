-- Receipts of what came by a link have a code.

set local role hearth_definer;
-- Whose form a receipt code was made for. Asked by its digest before anybody is signed in, it tells nothing of the record.
create function hearth.sender_of_receipt(wanted text) returns table (sender bigint, sent_key uuid)
stable security definer language sql set search_path = pg_catalog, pg_temp as $$
  select c.reported_by_id, c.idempotency_key from public.concerns_concern c
  where c.receipt_digest = wanted and c.receipt_digest <> '' and c.link_id is not null
$$;
grant execute on function hearth.sender_of_receipt(text) to hearth_app;

create function hearth.sent_concern() returns bigint stable security definer parallel restricted language sql
set search_path = pg_catalog, pg_temp as $$
  select c.id from public.concerns_concern c
  where c.reported_by_id = hearth.me() and c.idempotency_key = hearth.my_key() and c.link_id is not null
$$;
grant execute on function hearth.sent_concern() to hearth_broad, hearth_narrow;
reset role;

-- Whoever holds the code may say that he is still worried, and of all that came by the same link reads only his own.
create policy by_receipt_adds on concerns_worry for insert to hearth_narrow
  with check (raised_by_id = (select hearth.me()) and concern_id = (select hearth.sent_concern()));
create policy links_read_one_receipt on concerns_worry as restrictive for select to hearth_broad, hearth_narrow
  using (raised_by_id <> (select hearth.me()) or circle_id = any((select hearth.my_own_words())::bigint[])
    or concern_id = (select hearth.sent_concern()));

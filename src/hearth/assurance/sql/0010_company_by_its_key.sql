-- The company of a clock that begins is asked by its circle's key. Joined, it was found by reading all circles as often
-- as many clocks began at once.

set local role hearth_definer;
create or replace function hearth.count_begun_clocks() returns trigger security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.assurance_delta (month, measure, part, entity_id, number)
    select hearth.month_due(n.due_at, n.due_day), 'promise.' || n.rule, k.part,
      (select o.entity_id from public.access_circle o where o.id = n.circle_id), count(*)
    from new_rows n
    cross join lateral hearth.promise_kept(n.whose, n.restricted, n.state, n.due_at, n.due_day, n.stopped_at, n.pauses) k (part)
    where k.part is not null group by 1, 2, 3, 4;
  return null;
end $$;
set local role none;

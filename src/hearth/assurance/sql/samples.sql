-- Drawn samples: cases for an audit, chosen by a number that the database draws and nobody can choose. Each month is
-- drawn once. The number, the cases it was drawn from and those it drew stand in the ledger.
create index ledger_entry_closings on ledger_entry (happened_at) where act = 'case.closed';

create function hearth.drawing_parts() returns text[] immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select array['auditor']
$$;
grant execute on function hearth.drawing_parts() to hearth_broad, hearth_narrow;

-- The order a number gives: whoever has it can work it out again.
create function hearth.drawn_order(seed text, drawn_from uuid[]) returns table (place bigint, public_id uuid)
immutable parallel safe language sql set search_path = pg_catalog, pg_temp as $$
  select row_number() over (order by sha256(convert_to(seed || each::text, 'UTF8'))), each from unnest(drawn_from) each
$$;

set local role hearth_definer;
create function hearth.draw_sample(of_month date, asked integer, at timestamptz) returns uuid
security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  i bigint := hearth.me();
  seed constant text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
  begins constant timestamptz := of_month::timestamp at time zone 'Europe/London';
  ends constant timestamptz := (of_month + interval '1 month') at time zone 'Europe/London';
  drawn_from uuid[]; drawn bigint; called uuid;
begin
  if i is null or not hearth.my_parts() && hearth.drawing_parts() then
    raise exception 'no post of yours draws a sample' using errcode = 'insufficient_privilege';
  end if;
  drawn_from := array(select distinct k.public_id from public.ledger_entry e
    join public.cases_case k on k.id = e.about_id join public.access_circle c on c.id = k.circle_id
    where e.act = 'case.closed' and e.about_kind = 'case' and e.happened_at >= begins and e.happened_at < ends and not c.restricted
    order by 1);
  insert into public.assurance_sample (public_id, month, asked, drawn_from, seed, drawn_by_id, drawn_at)
    values (gen_random_uuid(), of_month, asked, drawn_from, seed, i, at) returning id, public_id into drawn, called;
  insert into public.assurance_drawncase (sample_id, place, circle_id, reference, public_id)
    select drawn, o.place, k.circle_id, k.reference, k.public_id from hearth.drawn_order(seed, drawn_from) o
    join public.cases_case k on k.public_id = o.public_id where o.place <= asked;
  perform hearth.record('sample.drawn', 'sample', drawn, null, at, '', jsonb_build_object('month', to_char(of_month, 'YYYY-MM'),
    'seed', seed, 'asked', asked, 'drawn_from', to_jsonb(drawn_from),
    'drawn', (select coalesce(jsonb_agg(d.public_id order by d.place), '[]') from public.assurance_drawncase d where d.sample_id = drawn)), null, true);
  return called;
end $$;
grant execute on function hearth.draw_sample(date, integer, timestamptz) to hearth_broad, hearth_narrow;

-- Drawn samples with the references that may still be told, and whether what was drawn follows from the ledger's own
-- words. Which circles somebody may know of is asked once, not for every case that was drawn.
create function hearth.samples(most integer)
returns table (public_id uuid, month date, asked integer, drawn_from integer, seed text, drawn_by_id bigint, drawn_at timestamptz,
  is_unpicked boolean, "references" text[])
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not hearth.i_may('read access log') then
    raise exception 'no post of yours reads the access log' using errcode = 'insufficient_privilege';
  end if;
  return query
    select s.public_id, s.month, s.asked, cardinality(s.drawn_from), s.seed::text, s.drawn_by_id, s.drawn_at,
      exists (select from public.ledger_entry e where e.about_kind = 'sample' and e.about_id = s.id and e.act = 'sample.drawn'
        and e.facts ->> 'seed' = s.seed and e.facts -> 'drawn' = (select coalesce(jsonb_agg(d.public_id order by d.place), '[]')
          from public.assurance_drawncase d where d.sample_id = s.id)
        and e.facts -> 'drawn' = (select coalesce(jsonb_agg(o.public_id order by o.place), '[]')
          from hearth.drawn_order(e.facts ->> 'seed', array(select jsonb_array_elements_text(e.facts -> 'drawn_from')::uuid)) o where o.place <= s.asked)),
      array(select d.reference::text from public.assurance_drawncase d join public.access_circle c on c.id = d.circle_id
        where d.sample_id = s.id and (not c.restricted or d.circle_id = any((select hearth.my_circles())::bigint[])) and not d.circle_id = any((select hearth.my_excluded())::bigint[])
        order by d.place)
    from public.assurance_sample s order by s.month desc limit most;
end $$;
grant execute on function hearth.samples(integer) to hearth_broad, hearth_narrow;
reset role;

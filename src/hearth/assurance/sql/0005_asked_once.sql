-- Which circles somebody may know of is asked once, not for every case that was drawn.
set role hearth_definer;
create or replace function hearth.samples(most integer)
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
reset role;

-- The access log: who looked, who opened a record in an emergency, who was refused. It tells that, by whom and the
-- record's reference, and nothing of what was seen. See docs/concepts/access.md.
create index ledger_entry_looks on ledger_entry (recorded_at, id) where facts ? 'shown';
create index ledger_entry_emergencies on ledger_entry (recorded_at, id) where act = 'access.glass_broken';
create index refusal_in_order on access_refusal (at, id);
create index refusal_of_user on access_refusal (user_id, at, id);

set local role hearth_definer;
-- The reference of what was looked at: the record's own, or else that of the case or concern in whose circle it lies.
create function hearth.reference_in_log(kind text, record bigint, circle bigint) returns text
stable security definer parallel restricted language sql set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    case kind
      when 'case' then (select k.reference from public.cases_case k where k.id = record)
      when 'concern' then (select c.reference from public.concerns_concern c where c.id = record)
    end,
    (select k.reference from public.cases_case k where k.circle_id = circle order by k.id limit 1),
    (select c.reference from public.concerns_concern c where c.circle_id = circle order by c.id limit 1), '')
$$;

-- Newest first, from a position on. Each sort is read by its own index, `most` rows of it at the most. Of a restricted
-- circle only those in it are told, and nobody of one he is shut out from.
create function hearth.access_log(only_sort text, who bigint, since timestamptz, until timestamptz,
  before_at timestamptz, before_sort integer, before_id bigint, most integer)
returns table (at timestamptz, sort integer, id bigint, by_id bigint, act text, about_kind text, reference text, page text)
stable security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  looks constant text := $q$select e.recorded_at as at, 1 as sort, e.id, e.by_id, e.act, e.about_kind, e.about_id, e.circle_id, '' as page
    from public.ledger_entry e left join public.access_circle c on c.id = e.circle_id where e.facts ? 'shown' and $q$;
  emergencies constant text := $q$select e.recorded_at as at, 2 as sort, e.id, e.by_id, e.act, e.facts ->> 'kind' as about_kind, null::bigint as about_id, e.circle_id, '' as page
    from public.ledger_entry e left join public.access_circle c on c.id = e.circle_id where e.act = 'access.glass_broken' and $q$;
  refusals constant text := $q$select e.at, 3 as sort, e.id, e.user_id as by_id, e.act, '' as about_kind, null::bigint as about_id, e.circle_id, e.page::text
    from public.access_refusal e left join public.access_circle c on c.id = e.circle_id where $q$;
  may_know constant text := $q$ (e.circle_id is null or (not c.restricted or e.circle_id = any($1)) and not e.circle_id = any($2))$q$;
  asked text := '';
  named text; q text; moment text; whose text;
begin
  if not hearth.i_may('read access log') then
    raise exception 'no post of yours reads the access log' using errcode = 'insufficient_privilege';
  end if;
  for named, q, moment, whose in values ('looked', looks, 'e.recorded_at', 'e.by_id'), ('emergency', emergencies, 'e.recorded_at', 'e.by_id'),
      ('refused', refusals, 'e.at', 'e.user_id') loop
    continue when only_sort not in ('', named);
    asked := asked || case when asked = '' then '(' else ' union all (' end || q || may_know
      || format(' and %1$s >= $4 and %1$s < $5', moment)
      || case when who is null then '' else format(' and %s = $3', whose) end
      || case when before_at is null then '' else format(' and %1$s <= $6 and (%1$s, %2$s, e.id) < ($6, $7, $8)', moment,
           case named when 'looked' then 1 when 'emergency' then 2 else 3 end) end
      || format(' order by %s desc, e.id desc limit $9)', moment);
  end loop;
  if asked = '' then return; end if;
  return query execute 'select l.at, l.sort, l.id, l.by_id::bigint, l.act::text, coalesce(l.about_kind, ''''), hearth.reference_in_log(l.about_kind, l.about_id, l.circle_id), l.page'
      || ' from (' || asked || ') l order by l.at desc, l.sort desc, l.id desc limit $9'
    using hearth.my_circles(), hearth.my_excluded(), who, since, until, before_at, before_sort, before_id, most;
end $$;
grant execute on function hearth.access_log(text, bigint, timestamptz, timestamptz, timestamptz, integer, bigint, integer) to hearth_broad, hearth_narrow;
reset role;

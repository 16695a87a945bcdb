-- A draft is its writer's alone: no rank, no grant and no emergency opening reaches it.
grant select, insert, update on drafts_draft to hearth_broad, hearth_narrow;

-- Many people use one reporting link, so its drafts also need the token that only the writer's own browser holds.
create policy own_drafts on drafts_draft to hearth_broad, hearth_narrow
  using (owner_id = (select hearth.me())
    and (holder = '' or holder = encode(sha256(convert_to(coalesce(current_setting('hearth.draft_token', true), ''), 'utf8')), 'hex')))
  with check (owner_id = (select hearth.me())
    and (holder = '' or holder = encode(sha256(convert_to(coalesce(current_setting('hearth.draft_token', true), ''), 'utf8')), 'hex')));

-- The jobs process deletes what is over: it needs the time, never the words.
grant select (id, gone_at), delete on drafts_draft to hearth_worker;
create policy worker_removes on drafts_draft to hearth_worker using (true);

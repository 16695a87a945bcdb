-- References people say aloud: C-7KQ4-M2. Random, never sequential, no vowels and nothing that looks like something else;
-- the last character checks the others (Luhn over 28 characters, as in hearth.access.references).
create table hearth.reference (taken text primary key);
grant select, insert on hearth.reference to hearth_definer;

set local role hearth_definer;
create function hearth.claim_reference(prefix text) returns text security definer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  alphabet constant text := '23456789BCDFGHJKLMNPQRSTVWXZ';
  n constant int := 28;
  drawn bytea; body text; i int; factor int; addend int; total int; made text;
begin
  loop
    drawn := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    body := ''; total := 0; factor := 2;
    i := 0;
    while length(body) < 5 loop
      -- 252 is the largest multiple of 28 in a byte: taking more would favour some letters. Bytes 6 and 8 are not random.
      if i % 16 not in (6, 8) and get_byte(drawn, i) < 252 then body := body || substr(alphabet, get_byte(drawn, i) % n + 1, 1); end if;
      i := i + 1;
      exit when i >= 32;
    end loop;
    continue when length(body) < 5;
    for i in reverse 5..1 loop
      addend := factor * (position(substr(body, i, 1) in alphabet) - 1);
      factor := 3 - factor;
      total := total + addend / n + addend % n;
    end loop;
    made := prefix || '-' || substr(body, 1, 4) || '-' || substr(body, 5, 1) || substr(alphabet, (n - total % n) % n + 1, 1);
    insert into hearth.reference values (made) on conflict do nothing;
    if found then return made; end if;
  end loop;
end $$;
grant execute on function hearth.claim_reference(text) to hearth_app, hearth_broad, hearth_narrow, hearth_worker;
reset role;

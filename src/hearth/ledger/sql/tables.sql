-- The tables of the ledger: what happened (entry), which rows changed (change), and beside them, apart, the typed words and
-- row contents that may one day have to be disposed of. See docs/concepts/ledger.md.

-- Transaction ids start again when a database is restored from a dump; the epoch tells the two runs apart.
create table ledger_epoch (
  n integer primary key,
  began_at timestamptz not null,
  after_seal bigint not null,
  why text not null,
  key text not null,
  signature bytea not null
);
insert into ledger_epoch values (1, now(), 0, 'ledger.begins', '', '');

create sequence ledger_entry_id_seq;
create table ledger_entry (
  id bigint not null default nextval('public.ledger_entry_id_seq'),
  act text not null,
  about_kind text,
  about_id bigint,
  circle_id bigint,
  by_id bigint default nullif(current_setting('hearth.writer', true), '')::bigint,
  happened_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  clause text not null default '',
  request uuid default nullif(current_setting('hearth.request', true), '')::uuid,
  facts jsonb not null default '{}',
  words_digest bytea,
  xid xid8 not null default pg_current_xact_id(),
  epoch integer not null default nullif(current_setting('hearth.epoch', true), '')::integer,
  primary key (id, recorded_at),
  constraint act_is_a_code check (act ~ '^[a-z0-9_.]+$'),
  constraint entry_names_a_record_wholly_or_not_at_all check ((about_kind is null) = (about_id is null)),
  constraint facts_have_names check (jsonb_typeof(facts) = 'object'),
  constraint words_digest_is_sha256 check (length(words_digest) = 32)
) partition by range (recorded_at);
create index ledger_entry_about on ledger_entry (about_kind, about_id, happened_at);
create index ledger_entry_circle on ledger_entry (circle_id, happened_at);
create index ledger_entry_by on ledger_entry (by_id, recorded_at);
create index ledger_entry_xid on ledger_entry (epoch, xid, id);

create sequence ledger_change_id_seq;
create table ledger_change (
  id bigint not null default nextval('public.ledger_change_id_seq'),
  table_name text not null,
  row_id bigint not null,
  circle_id bigint,
  what text not null,
  columns text[] not null,
  by_id bigint,
  recorded_at timestamptz not null default clock_timestamp(),
  request uuid,
  rows_digest bytea not null,
  xid xid8 not null,
  epoch integer not null,
  primary key (id, recorded_at),
  constraint change_is_of_a_known_sort check (what in ('added', 'changed', 'removed')),
  constraint rows_digest_is_sha256 check (length(rows_digest) = 32)
) partition by range (recorded_at);
create index ledger_change_row on ledger_change (table_name, row_id);
create index ledger_change_circle on ledger_change (circle_id);
create index ledger_change_xid on ledger_change (epoch, xid, id);

-- Disposable: a row here may be deleted by a recorded disposal. Its digest stands in the entry, so it can never be swapped.
create table ledger_entry_words (
  id bigint primary key,
  circle_id bigint,
  salt bytea not null,
  body text not null,
  constraint salt_is_long_enough check (length(salt) >= 16)
);
create index ledger_entry_words_circle on ledger_entry_words (circle_id);
create table ledger_change_rows (
  id bigint primary key,
  circle_id bigint,
  salt bytea not null,
  body text not null,
  constraint salt_is_long_enough check (length(salt) >= 16)
);
create index ledger_change_rows_circle on ledger_change_rows (circle_id);

-- Seals: one for each batch, each holding the hash of the one before it. `leaves` lists the digest of every sealed row.
create table ledger_seal (
  n bigint primary key,
  epoch integer not null references ledger_epoch (n),
  from_xid xid8 not null,
  to_xid xid8 not null,
  rows bigint not null,
  sealed_at timestamptz not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  key text not null,
  signature bytea not null,
  constraint seal_moves_forward check (from_xid < to_xid)
);
create table ledger_seal_leaves (
  n bigint not null references ledger_seal (n) deferrable initially deferred,
  part integer not null,
  leaves bytea not null,
  primary key (n, part)
);
alter table ledger_seal_leaves alter column leaves set storage external;

-- Which partitions there should be: a detached or dropped one is missed by name.
create table ledger_partition (
  name text primary key,
  parent text not null,
  starts_at timestamptz,
  ends_at timestamptz,
  made_at timestamptz not null default now()
);

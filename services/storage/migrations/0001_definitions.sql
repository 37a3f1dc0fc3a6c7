create table storage.definitions (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  term text not null,
  -- What duplicates are found by: the term, context and language without what does not matter in them.
  term_key text not null,
  context jsonb not null,
  context_key text not null,
  language text not null,
  language_key text not null,
  category text not null,
  text text not null,
  assessment jsonb,
  state text not null check (state in ('DRAFT', 'ESTABLISHED')),
  sense jsonb,
  other_senses jsonb not null,
  sense_reason text not null,
  examples jsonb not null,
  narration text not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id)
);

create unique index definitions_by_request on storage.definitions (tenant, request_id) where request_id is not null;
-- Not unique: a caller may allow duplicates. Creation takes a lock on the key instead.
create index definitions_by_key on storage.definitions (tenant, term_key, context_key, language_key);
create index definitions_by_time on storage.definitions (tenant, create_time desc, id desc);
create index definitions_by_term on storage.definitions (tenant, term_key, create_time desc, id desc);

create table storage.definition_revisions (
  tenant text not null check (tenant <> ''),
  definition_id uuid not null,
  number integer not null check (number > 0),
  text text not null,
  assessment jsonb,
  note text not null,
  create_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, definition_id, number),
  foreign key (tenant, definition_id) references storage.definitions (tenant, id) on delete cascade
);

-- What page tokens are signed with. One row, made here, so that it is the same in every replica.
create table storage.page_token_key (
  one boolean primary key default true check (one),
  secret bytea not null check (length(secret) = 32)
);

insert into storage.page_token_key (secret)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- Children, heroes, and the stories told to and of them.

create table storage.children (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  display_name text not null,
  -- The name without what does not tell names apart.
  name_key text not null,
  -- One of the two: 0 and '' stand for absent, so that they can be in a unique key.
  years smallint not null check (years between 0 and 18),
  age_group text not null,
  gender text not null,
  interests text[] not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id),
  check ((years = 0) = (age_group <> ''))
);

create unique index children_by_request on storage.children (tenant, request_id) where request_id is not null;
create index children_by_time on storage.children (tenant, create_time desc, id desc);
-- The exact match: however many create it at once, there is one child.
create unique index children_exact_match on storage.children (tenant, name_key, years, age_group, gender);

alter table storage.children enable row level security;
create policy own_tenant on storage.children
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

create table storage.heroes (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  display_name text not null,
  gender text not null,
  appearance text not null,
  traits text[] not null,
  interests text[] not null,
  strengths text[] not null,
  language text not null,
  language_key text not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id)
);

create unique index heroes_by_request on storage.heroes (tenant, request_id) where request_id is not null;
create index heroes_by_time on storage.heroes (tenant, create_time desc, id desc);
create index heroes_by_language on storage.heroes (tenant, language_key, create_time desc, id desc);

alter table storage.heroes enable row level security;
create policy own_tenant on storage.heroes
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

create table storage.stories (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  title text not null,
  text text not null,
  summary text not null,
  moral text not null,
  kind text not null,
  -- The child, the hero and the story before may be deleted; what was told of them stays. So these are no foreign keys.
  child_id uuid,
  -- The child as it was when the story was told.
  child jsonb,
  child_name_key text,
  hero_id uuid,
  parent_id uuid,
  language text not null,
  language_key text not null,
  length_minutes smallint not null,
  rating smallint check (rating between 1 and 10),
  audio text not null,
  audio_provider text not null,
  illustrations text[] not null,
  model text not null,
  generation_info jsonb,
  score jsonb,
  state text not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id),
  check ((child_id is null) = (child is null) and (child is null) = (child_name_key is null))
);

create unique index stories_by_request on storage.stories (tenant, request_id) where request_id is not null;
create index stories_by_time on storage.stories (tenant, create_time desc, id desc);
create index stories_by_child on storage.stories (tenant, child_id, create_time desc, id desc);
create index stories_by_child_name on storage.stories (tenant, child_name_key, create_time desc, id desc);
create index stories_by_language on storage.stories (tenant, language_key, create_time desc, id desc);
create index stories_by_state on storage.stories (tenant, state, create_time desc, id desc);

alter table storage.stories enable row level security;
create policy own_tenant on storage.stories
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

-- The texts a story had before the one it has.
create table storage.story_revisions (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  story_id uuid not null,
  number integer not null check (number > 0),
  title text not null,
  text text not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id),
  foreign key (tenant, story_id) references storage.stories (tenant, id) on delete cascade
);

create unique index story_revisions_by_request on storage.story_revisions (tenant, request_id) where request_id is not null;
create unique index story_revisions_by_number on storage.story_revisions (tenant, story_id, number);
create index story_revisions_by_time on storage.story_revisions (tenant, story_id, create_time desc, id desc);

alter table storage.story_revisions enable row level security;
create policy own_tenant on storage.story_revisions
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

-- What was asked of a model for a story, and what became of it.
create table storage.generations (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  story_id uuid not null,
  number integer not null check (number > 0),
  model text not null,
  prompt text not null,
  status text not null,
  usage jsonb,
  cost_micro_usd bigint,
  error_reason text not null,
  etag text not null,
  request_id text check (request_id <> ''),
  request_fingerprint text not null,
  -- Milliseconds: a page position holds the whole of it.
  create_time timestamptz(3) not null default clock_timestamp(),
  update_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id),
  foreign key (tenant, story_id) references storage.stories (tenant, id) on delete cascade
);

create unique index generations_by_request on storage.generations (tenant, request_id) where request_id is not null;
create unique index generations_by_number on storage.generations (tenant, story_id, number);
create index generations_by_time on storage.generations (tenant, story_id, create_time desc, id desc);

alter table storage.generations enable row level security;
create policy own_tenant on storage.generations
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

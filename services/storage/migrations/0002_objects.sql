create table storage.objects (
  tenant text not null check (tenant <> ''),
  path text not null check (path <> ''),
  sha256 bytea not null check (length(sha256) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  content_type text not null,
  etag text not null,
  create_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, path)
);

-- Equal bytes are kept once, whoever has them: the last object that goes takes them along.
create index objects_by_bytes on storage.objects (sha256);

-- Bytes that may be without an object: on record before they are placed, and with every object that lets go of them.
create table storage.byte_suspicions (
  tenant text not null check (tenant <> ''),
  id uuid not null default gen_random_uuid(),
  sha256 bytea not null check (length(sha256) = 32),
  create_time timestamptz(3) not null default clock_timestamp(),
  primary key (tenant, id)
);

create index byte_suspicions_by_time on storage.byte_suspicions (create_time);

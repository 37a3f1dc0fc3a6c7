-- Names are listed and looked up by their bytes.
alter table storage.objects alter column path type text collate "C";

-- The CRC-32 of every 64 KiB of the bytes: what a range is verified by. Null for what was stored before.
alter table storage.objects add column block_checks bytea;
-- Neither compressed, which it cannot be, nor read in whole when a piece is asked for.
alter table storage.objects alter column block_checks set storage external;

-- Uploads that may break off and go on.
create table storage.uploads (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  path text collate "C" not null check (path <> ''),
  received_bytes bigint not null check (received_bytes >= 0),
  -- One per call that sent something: part i has the bytes from part_offsets[i] up to the next one.
  part_ids uuid[] not null,
  part_offsets bigint[] not null check (cardinality(part_offsets) = cardinality(part_ids)),
  -- Which call writes now, and until when nobody else may.
  writer uuid,
  writer_until timestamptz(3) not null,
  -- Of the object, once it is stored.
  etag text not null,
  create_time timestamptz(3) not null,
  expire_time timestamptz(3) not null,
  primary key (tenant, id)
);
create index uploads_by_expiry on storage.uploads (expire_time);

alter table storage.uploads enable row level security;
create policy own_tenant on storage.uploads
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

grant select, delete on storage.uploads to exempla_keeper;
create policy all_tenants on storage.uploads to exempla_keeper using (true);

create function storage.unused_bytes(hashes bytea[]) returns table (sha256 bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select hash from unnest(hashes) as hash
  where not exists (select from storage.objects where objects.sha256 = hash);
end;

create function storage.unknown_parts(ids uuid[]) returns table (id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select asked.id from unnest(ids) as asked (id)
  where asked.id not in (select unnest(part_ids) from storage.uploads);
end;

create function storage.take_expired_uploads(at_most integer) returns table (part_ids uuid[])
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from storage.uploads
  where (uploads.tenant, uploads.id) in (
    select expired.tenant, expired.id from storage.uploads as expired
    where expired.expire_time <= clock_timestamp() and expired.writer_until <= clock_timestamp()
    order by expired.expire_time limit at_most)
  returning uploads.part_ids;
end;

grant create on schema storage to exempla_keeper;
alter function storage.unused_bytes owner to exempla_keeper;
alter function storage.unknown_parts owner to exempla_keeper;
alter function storage.take_expired_uploads owner to exempla_keeper;
revoke create on schema storage from exempla_keeper;
revoke execute on function storage.unused_bytes, storage.unknown_parts, storage.take_expired_uploads from public;

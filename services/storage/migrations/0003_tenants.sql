-- Who may see which rows is the database's decision: what a statement forgets to ask for, it does not get.

-- The tenant of the transaction. After a setting local to a transaction has ended it reads '', not null.
create function storage.current_tenant() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.tenant', true), '');

alter table storage.definitions enable row level security;
create policy own_tenant on storage.definitions
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

alter table storage.definition_revisions enable row level security;
create policy own_tenant on storage.definition_revisions
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

alter table storage.objects enable row level security;
create policy own_tenant on storage.objects
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

alter table storage.byte_suspicions enable row level security;
create policy own_tenant on storage.byte_suspicions
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

-- Roles that nobody logs in as. They belong to the whole server: another database of it may have made them already, or
-- be making them now.
--   exempla_keeper      looks across tenants for bytes that nobody has any more
--   exempla_log_writer  appends events of several tenants in one transaction
--   exempla_log_reader  reads the log of all tenants
do $$
declare
  needed text;
begin
  foreach needed in array array['exempla_keeper', 'exempla_log_writer', 'exempla_log_reader'] loop
    if not exists (select from pg_roles where rolname = needed) then
      begin
        execute format('create role %I nologin noinherit', needed);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    -- Functions are handed to them by who may act as them.
    if not pg_has_role(current_user, needed, 'set') then
      begin
        execute format('grant %I to current_user with set true', needed);
      exception when insufficient_privilege then
        raise exception 'role "%" was made by another owner on this server, and "%" may not act as it', needed, current_user
          using hint = format('as a superuser: grant %I to %I', needed, current_user);
      end;
    end if;
  end loop;
end
$$;

grant usage on schema storage to exempla_keeper, exempla_log_writer, exempla_log_reader;
grant select on storage.objects, storage.byte_suspicions to exempla_keeper;
create policy all_tenants on storage.objects for select to exempla_keeper using (true);
create policy all_tenants on storage.byte_suspicions for select to exempla_keeper using (true);

create function storage.bytes_in_use(sha256 bytea) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return exists (select from storage.objects where objects.sha256 = bytes_in_use.sha256);

create function storage.suspicions_older_than(age interval, at_most integer)
  returns table (tenant text, id uuid, sha256 bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.tenant, s.id, s.sha256 from storage.byte_suspicions as s
  where s.create_time <= clock_timestamp() - age order by s.create_time limit at_most;
end;

-- A function can be given only to who may make one here.
grant create on schema storage to exempla_keeper;
alter function storage.bytes_in_use owner to exempla_keeper;
alter function storage.suspicions_older_than owner to exempla_keeper;
revoke create on schema storage from exempla_keeper;
revoke execute on function storage.bytes_in_use, storage.suspicions_older_than from public;

-- What has happened, in streams. Rows are only ever added; positions follow the order of commits.
create sequence storage.event_position as bigint cache 1;

create table storage.events (
  position bigint not null,
  tenant text not null check (tenant <> ''),
  stream text not null check (stream <> ''),
  -- 1, 2, 3 … within the stream.
  revision bigint not null check (revision > 0),
  id text not null check (id <> ''),
  type text not null,
  source text not null,
  subject text not null,
  time timestamptz(3) not null,
  content_type text not null,
  schema text not null,
  correlation_id text not null,
  causation_id text not null,
  data bytea not null,
  append_time timestamptz(3) not null,
  primary key (tenant, stream, revision)
);

-- The one key that does not begin with the tenant: the service hands out positions, nobody chooses one.
create unique index events_by_position on storage.events (position);
-- A query gets this index by asking for `tenant collate "C"`, and no other does. It is the smallest one: on a table that
-- was not analysed yet the planner would take it for streams too, and read all that the tenant has.
create index events_of_tenant on storage.events (tenant collate "C", position);
-- A stream knows which events it has: an append that comes again is found by them.
create unique index events_by_id on storage.events (tenant, stream, id);

-- Rows are written once and never changed: pages may be full.
alter table storage.events set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

alter table storage.events enable row level security;
create policy own_tenant on storage.events for select using (tenant = storage.current_tenant());
create policy all_tenants on storage.events to exempla_log_writer using (true) with check (true);
create policy every_tenant on storage.events for select to exempla_log_reader using (true);

grant usage, update on sequence storage.event_position to exempla_log_writer;
grant select, insert on storage.events to exempla_log_writer;
grant select on storage.events to exempla_log_reader;

-- What `append_events` does when requests repeat what was done, are refused, or meet in a stream. The caller holds the lock.
create function storage.append_in_rounds(
  tenants text[], streams text[], expected bigint[],
  event_requests integer[], ids text[], types text[], sources text[], subjects text[], times timestamptz[],
  content_types text[], schemas text[], correlation_ids text[], causation_ids text[], sizes integer[], data bytea
) returns table (request integer, outcome text, first_revision bigint, last_revision bigint, last_position bigint)
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
  -- What the planner cannot know: the table is looked into by its keys only, however small it was when the plan was
  -- made, and a batch is of hundreds of requests, not of the ten rows that it takes an array for.
  set enable_seqscan = off
  set enable_nestloop = off
  set jit = off
as $$
declare
  rounds integer[];
begin
  -- Requests of one stream follow each other, in as few rounds as can be: a round ends before a request that expects
  -- something of the stream, and before one with an id that an earlier one brings too.
  with asked as (
    select * from unnest(tenants, streams, expected) with ordinality as q (tenant, stream, expected, n)
  ), shared as (
    select distinct of_id.request from (
      select e.request, min(e.request) over (partition by q.tenant, q.stream, e.id) as earliest
      from unnest(event_requests, ids) as e (request, id) join asked as q on q.n = e.request
    ) as of_id where of_id.request > of_id.earliest
  ), barriers as (
    select q.*, (q.expected <> -1 or s.request is not null)
      and row_number() over (partition by q.tenant, q.stream order by q.n) > 1 as waits
    from asked as q left join shared as s on s.request = q.n
  )
  select array_agg(r.round order by r.n) into rounds
  from (select b.n, count(*) filter (where b.waits) over (partition by b.tenant, b.stream order by b.n)::integer as round
        from barriers as b) as r;

  for this_round in 0 .. (select max(r) from unnest(rounds) as r) loop
    return query
    with asked as materialized (
      select * from unnest(tenants, streams, expected, rounds) with ordinality as q (tenant, stream, expected, round, n)
      where q.round = this_round
    ), given as materialized (
      select e.*, a.tenant, a.stream, row_number() over (partition by e.request order by e.n) as place
      from (
        select u.*, sum(u.size) over (order by u.n) - u.size + 1 as starts
        from unnest(event_requests, ids, types, sources, subjects, times, content_types, schemas, correlation_ids,
          causation_ids, sizes) with ordinality
          as u (request, id, type, source, subject, time, content_type, schema, correlation_id, causation_id, size, n)
      ) as e join asked as a on a.n = e.request
    ), at as materialized (
      select s.tenant, s.stream, coalesce((
        select e.revision from storage.events as e where e.tenant = s.tenant and e.stream = s.stream
        order by e.revision desc limit 1), 0) as revision
      from (select distinct a.tenant, a.stream from asked as a) as s
    ), met as materialized (
      select g.request, count(*) as events, count(distinct g.id) as ids, count(e.revision) as found,
        min(e.revision) as lowest, max(e.revision) as highest, max(e.position) as position,
        min(e.revision - g.place) = max(e.revision - g.place) as is_in_order
      from given as g left join lateral (
        select x.revision, x.position from storage.events as x
        where x.tenant = g.tenant and x.stream = g.stream and x.id = g.id limit 1
      ) as e on true
      group by g.request
    ), decided as materialized (
      select a.n, a.tenant, a.stream, at.revision, met.lowest, met.highest, met.position, case
        when met.found = met.events and met.is_in_order and (a.expected < 0 or a.expected = met.lowest - 1) then 'repeated'
        when a.expected >= 0 and a.expected <> at.revision or a.expected = -2 and at.revision = 0 then 'conflict'
        when met.found > 0 or met.ids < met.events then 'reused'
        else 'appended' end as outcome
      from asked as a join at on at.tenant = a.tenant and at.stream = a.stream join met on met.request = a.n
    ), added as materialized (
      select g.*, d.revision + row_number() over (partition by g.tenant, g.stream order by g.n) as revision
      from given as g join decided as d on d.n = g.request where d.outcome = 'appended'
    ), inserted as (
      insert into storage.events (position, tenant, stream, revision, id, type, source, subject, time, content_type,
        schema, correlation_id, causation_id, data, append_time)
      select nextval('storage.event_position'), e.tenant, e.stream, e.revision, e.id, e.type, e.source, e.subject, e.time,
        e.content_type, e.schema, e.correlation_id, e.causation_id,
        substring(append_in_rounds.data from e.starts::integer for e.size), clock_timestamp()
      from added as e order by e.n
      returning events.tenant, events.stream, events.revision, events.position
    ), placed as (
      select a.request, min(i.revision) as first_revision, max(i.revision) as last_revision, max(i.position) as position
      from inserted as i join added as a on a.tenant = i.tenant and a.stream = i.stream and a.revision = i.revision
      group by a.request
    )
    select d.n::integer, d.outcome,
      case d.outcome when 'appended' then p.first_revision when 'repeated' then d.lowest end,
      case d.outcome when 'appended' then p.last_revision when 'repeated' then d.highest else d.revision end,
      case d.outcome when 'appended' then p.position when 'repeated' then d.position end
    from decided as d left join placed as p on p.request = d.n;
  end loop;
end
$$;

-- Appends requests, each all or nothing, in the order given. An outcome each, never an error for one of them:
--   appended   first and last revision, and the position of the last event
--   repeated   as appended, when it was: the stream has just these events at just this place
--   conflict   last_revision is the revision the stream has (0: none)
--   reused     one of the ids is in the stream already, or twice in the request
--
-- expected: -1 any revision, -2 any but an absent stream, else the exact revision, where 0 is an absent stream.
-- event_requests: which request each event belongs to, from 1, ascending. sizes: bytes of each event's data, all of
-- which is in `data`, one after the other.
--
-- The lock is what makes a reader see every event: positions are taken while it is held, and PostgreSQL gives it up only
-- when the commit can be seen. Without it a transaction that took a lower position could commit after a reader has
-- passed. In a transaction of more statements the append is the last one, and nothing is waited for after it.
create function storage.append_events(
  tenants text[], streams text[], expected bigint[],
  event_requests integer[], ids text[], types text[], sources text[], subjects text[], times timestamptz[],
  content_types text[], schemas text[], correlation_ids text[], causation_ids text[], sizes integer[], data bytea
) returns table (request integer, outcome text, first_revision bigint, last_revision bigint, last_position bigint)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
  -- The plans go by keys, whatever the arguments and however small the table was: they are not made anew for each batch,
  -- which costs about a third of a millisecond.
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
  set jit = off
as $$
declare
  -- Of each request's stream, as it is.
  revisions bigint[];
  is_plain boolean;
  position_before bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'events are appended at READ COMMITTED only: an older snapshot hides what others have appended';
  end if;
  perform pg_advisory_xact_lock(7319002512);

  -- Plain: every stream is as expected, and has one request only. (Two streams of one hash count as one.)
  select array_agg(q.revision order by q.n),
    bool_and(q.expected = q.revision or q.expected = -1 or q.expected = -2 and q.revision > 0)
      and count(distinct hashtextextended(q.stream, hashtextextended(q.tenant, 0))) = count(*)
  into revisions, is_plain
  from (
    select r.*, coalesce((
      select e.revision from storage.events as e where e.tenant = r.tenant and e.stream = r.stream
      order by e.revision desc limit 1), 0) as revision
    from unnest(tenants, streams, expected) with ordinality as r (tenant, stream, expected, n)
  ) as q;

  if is_plain then
    begin
      position_before := nextval('storage.event_position') - 1;
      insert into storage.events (position, tenant, stream, revision, id, type, source, subject, time, content_type,
        schema, correlation_id, causation_id, data, append_time)
      select position_before + e.n, tenants[e.request], streams[e.request], revisions[e.request] + e.place, e.id, e.type,
        e.source, e.subject, e.time, e.content_type, e.schema, e.correlation_id, e.causation_id,
        substring(append_events.data from e.starts::integer for e.size), clock_timestamp()
      from (
        select u.*, row_number() over (partition by u.request order by u.n) as place,
          sum(u.size) over (order by u.n) - u.size + 1 as starts
        from unnest(event_requests, ids, types, sources, subjects, times, content_types, schemas, correlation_ids,
          causation_ids, sizes) with ordinality
          as u (request, id, type, source, subject, time, content_type, schema, correlation_id, causation_id, size, n)
      ) as e order by e.n;
      -- Nobody else takes positions while the lock is held.
      perform setval('storage.event_position', position_before + cardinality(ids));
      return query
        select u.request, 'appended', revisions[u.request] + 1, revisions[u.request] + count(*), position_before + max(u.n)
        from unnest(event_requests) with ordinality as u (request, n) group by u.request;
      return;
    exception when unique_violation then
      -- A stream has one of the ids already: nothing was added yet.
      null;
    end;
  end if;
  return query select * from storage.append_in_rounds(tenants, streams, expected, event_requests, ids, types, sources,
    subjects, times, content_types, schemas, correlation_ids, causation_ids, sizes, data);
end
$$;

-- The log of all tenants behind a position, in order, at most so many events and bytes of data, and never none when
-- there are any: what is handed on to those who watch.
create function storage.read_log(after bigint, at_most integer, max_bytes bigint) returns setof storage.events
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select e.position, e.tenant, e.stream, e.revision, e.id, e.type, e.source, e.subject, e.time, e.content_type, e.schema,
    e.correlation_id, e.causation_id, e.data, e.append_time
  from (
    select n.*, sum(octet_length(n.data)) over (order by n.position rows unbounded preceding) - octet_length(n.data) as bytes_before
    from (select * from storage.events where events.position > read_log.after order by events.position limit at_most) as n
  ) as e
  where e.bytes_before < max_bytes or e.bytes_before = 0 order by e.position;
end;

-- The position of the last event of all; 0 when there is none.
create function storage.log_head() returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return coalesce((select max(position) from storage.events), 0);

grant create on schema storage to exempla_log_writer, exempla_log_reader;
alter function storage.append_events owner to exempla_log_writer;
alter function storage.append_in_rounds owner to exempla_log_writer;
alter function storage.read_log owner to exempla_log_reader;
alter function storage.log_head owner to exempla_log_reader;
revoke create on schema storage from exempla_log_writer, exempla_log_reader;
revoke execute on function storage.append_events, storage.append_in_rounds, storage.read_log, storage.log_head from public;

-- As in 0004, but for `is_repetition`: an event that comes again is the same in its type and data, not in its id alone.
--
-- What `append_events` does when requests repeat what was done, are refused, or meet in a stream. The caller holds the lock.
create or replace function storage.append_in_rounds(
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
        min(e.revision - g.place) = max(e.revision - g.place) and bool_and(e.is_same) as is_repetition
      from given as g left join lateral (
        select x.revision, x.position,
          x.type = g.type and x.data = substring(append_in_rounds.data from g.starts::integer for g.size) as is_same
        from storage.events as x
        where x.tenant = g.tenant and x.stream = g.stream and x.id = g.id limit 1
      ) as e on true
      group by g.request
    ), decided as materialized (
      select a.n, a.tenant, a.stream, at.revision, met.lowest, met.highest, met.position, case
        when met.found = met.events and met.is_repetition and (a.expected < 0 or a.expected = met.lowest - 1) then 'repeated'
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

-- What tenants spend on models and voices. Money is whole millionths of the unit that prices are in.

create table storage.budgets (
  tenant text primary key check (tenant <> ''),
  -- Null: the limit in the settings of the service.
  limit_micros bigint check (limit_micros >= 0),
  -- Spent and lost are of the period that began here.
  start_time timestamptz(3) not null,
  spent_micros bigint not null default 0 check (spent_micros >= 0),
  -- The sum over the open reservations, whenever they were made.
  reserved_micros bigint not null default 0 check (reserved_micros >= 0),
  lost_micros bigint not null default 0 check (lost_micros >= 0)
);

create table storage.budget_reservations (
  tenant text not null check (tenant <> ''),
  id uuid not null,
  state text not null check (state in ('OPEN', 'SETTLED', 'EXPIRED')),
  max_micros bigint not null check (max_micros >= 0),
  -- Of an open one: when it comes back. Of another: until when it is known, so that it counts once.
  expire_time timestamptz(3) not null,
  primary key (tenant, id)
);
create index budget_reservations_by_expiry on storage.budget_reservations (tenant, expire_time);

create table storage.usage (
  tenant text not null check (tenant <> ''),
  day date not null,
  model text collate "C" not null check (model <> ''),
  answers bigint not null check (answers >= 0),
  input_tokens bigint not null check (input_tokens >= 0),
  output_tokens bigint not null check (output_tokens >= 0),
  characters bigint not null check (characters >= 0),
  cost_micros bigint not null check (cost_micros >= 0),
  estimated boolean not null,
  primary key (tenant, day, model)
);

alter table storage.budgets enable row level security;
create policy own_tenant on storage.budgets
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());
alter table storage.budget_reservations enable row level security;
create policy own_tenant on storage.budget_reservations
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());
alter table storage.usage enable row level security;
create policy own_tenant on storage.usage
  using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant());

-- The beginning of the 'month' or 'day', in UTC, that is now.
create function storage.period_start(period text) returns timestamptz
  language sql volatile set search_path = pg_catalog, pg_temp
  return date_trunc(period, clock_timestamp() at time zone 'UTC') at time zone 'UTC';

-- The tenant's budget, brought up to the present and locked until the transaction ends: whoever changes it comes here
-- first, so that nobody decides by what another is about to change. Tells what expired since anybody was here.
create function storage.lock_budget(of_tenant text, period text, out budget storage.budgets, out expired bigint, out lost bigint)
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  this_start timestamptz;
begin
  loop
    select b.* into budget from storage.budgets as b where b.tenant = of_tenant for update;
    exit when found;
    insert into storage.budgets (tenant, start_time) values (of_tenant, storage.period_start(period)) on conflict do nothing;
  end loop;
  this_start := storage.period_start(period);
  with over as (
    update storage.budget_reservations as r set state = 'EXPIRED', expire_time = clock_timestamp() + interval '1 day'
    where r.tenant = of_tenant and r.state = 'OPEN' and r.expire_time <= clock_timestamp()
    returning r.max_micros
  ) select count(*), coalesce(sum(max_micros), 0) into expired, lost from over;
  delete from storage.budget_reservations as r
  where r.tenant = of_tenant and r.state <> 'OPEN' and r.expire_time <= clock_timestamp();
  if budget.start_time <> this_start then
    budget.start_time := this_start;
    budget.spent_micros := 0;
    budget.lost_micros := 0;
  end if;
  budget.reserved_micros := budget.reserved_micros - lost;
  budget.lost_micros := budget.lost_micros + lost;
end
$$;

create function storage.keep_budget(budget storage.budgets) returns void
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  update storage.budgets as b set limit_micros = budget.limit_micros, start_time = budget.start_time,
    spent_micros = budget.spent_micros, reserved_micros = budget.reserved_micros, lost_micros = budget.lost_micros
  where b.tenant = budget.tenant;
end;

-- 'reserved', 'exhausted', or 'over' when the reservation was settled or has expired.
create function storage.reserve(
  of_tenant text, reservation uuid, asked bigint, lifetime interval, default_limit bigint, period text
) returns table (outcome text, limit_micros bigint, spent_micros bigint, reserved_micros bigint, reset_time timestamptz,
  now timestamptz, expired bigint, lost bigint)
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
  budget storage.budgets;
  held storage.budget_reservations;
  more bigint;
begin
  select * into present from storage.lock_budget(of_tenant, period);
  budget := present.budget;
  expired := present.expired;
  lost := present.lost;
  select r.* into held from storage.budget_reservations as r where r.tenant = of_tenant and r.id = reservation;
  more := greatest(asked - coalesce(held.max_micros, 0), 0);
  limit_micros := coalesce(budget.limit_micros, default_limit);
  if held.state <> 'OPEN' then
    outcome := 'over';
  elsif more > 0 and budget.spent_micros + budget.reserved_micros + more > limit_micros then
    outcome := 'exhausted';
  else
    outcome := 'reserved';
    insert into storage.budget_reservations as r (tenant, id, state, max_micros, expire_time)
    values (of_tenant, reservation, 'OPEN', asked, clock_timestamp() + lifetime)
    on conflict (tenant, id) do update set max_micros = greatest(r.max_micros, excluded.max_micros),
      expire_time = greatest(r.expire_time, excluded.expire_time);
    budget.reserved_micros := budget.reserved_micros + more;
  end if;
  perform storage.keep_budget(budget);
  spent_micros := budget.spent_micros;
  reserved_micros := budget.reserved_micros;
  reset_time := (budget.start_time at time zone 'UTC' + ('1 ' || period)::interval) at time zone 'UTC';
  now := clock_timestamp();
  return next;
end
$$;

-- Counts the usage once, whatever became of the reservation or whether there was one.
create function storage.settle(
  of_tenant text, reservation uuid, period text, models text[], answers bigint[], input_tokens bigint[],
  output_tokens bigint[], characters bigint[], costs bigint[], estimated boolean[]
) returns table (expired bigint, lost bigint)
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
  budget storage.budgets;
  held storage.budget_reservations;
begin
  select * into present from storage.lock_budget(of_tenant, period);
  budget := present.budget;
  expired := present.expired;
  lost := present.lost;
  select r.* into held from storage.budget_reservations as r where r.tenant = of_tenant and r.id = reservation;
  if held.state is distinct from 'SETTLED' then
    insert into storage.budget_reservations as r (tenant, id, state, max_micros, expire_time)
    values (of_tenant, reservation, 'SETTLED', 0, clock_timestamp() + interval '1 day')
    on conflict (tenant, id) do update set state = excluded.state, expire_time = excluded.expire_time;
    insert into storage.usage as u (tenant, day, model, answers, input_tokens, output_tokens, characters, cost_micros, estimated)
    select of_tenant, (clock_timestamp() at time zone 'UTC')::date, g.model, sum(g.answers), sum(g.input_tokens),
      sum(g.output_tokens), sum(g.characters), sum(g.cost), bool_or(g.estimated)
    from unnest(models, settle.answers, settle.input_tokens, settle.output_tokens, settle.characters, costs, settle.estimated)
      as g (model, answers, input_tokens, output_tokens, characters, cost, estimated)
    group by g.model
    on conflict (tenant, day, model) do update set answers = u.answers + excluded.answers,
      input_tokens = u.input_tokens + excluded.input_tokens, output_tokens = u.output_tokens + excluded.output_tokens,
      characters = u.characters + excluded.characters, cost_micros = u.cost_micros + excluded.cost_micros,
      estimated = u.estimated or excluded.estimated;
    budget.spent_micros := budget.spent_micros + coalesce((select sum(c) from unnest(costs) as c), 0);
    if held.state = 'OPEN' then
      budget.reserved_micros := budget.reserved_micros - held.max_micros;
    elsif held.state = 'EXPIRED' then
      -- It was not lost after all.
      budget.lost_micros := greatest(budget.lost_micros - held.max_micros, 0);
    end if;
  end if;
  perform storage.keep_budget(budget);
  return next;
end
$$;

create function storage.set_budget_limit(of_tenant text, period text, new_limit bigint) returns table (expired bigint, lost bigint)
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
  budget storage.budgets;
begin
  select * into present from storage.lock_budget(of_tenant, period);
  budget := present.budget;
  expired := present.expired;
  lost := present.lost;
  budget.limit_micros := new_limit;
  perform storage.keep_budget(budget);
  return next;
end
$$;

revoke execute on function storage.period_start, storage.lock_budget, storage.keep_budget, storage.reserve, storage.settle,
  storage.set_budget_limit from public;

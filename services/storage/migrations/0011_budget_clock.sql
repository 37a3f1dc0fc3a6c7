-- As in 0009, but a period that began later than this one is not over: the clock was set back, or a replica counts in
-- shorter periods. What is spent stays spent, until a period begins that is later still. One that would begin after the
-- next is of a clock that was wrong by far, and nobody waits for it.

-- The tenant's budget, brought up to the present and locked until the transaction ends: whoever changes it comes here
-- first, so that nobody decides by what another is about to change. Tells what expired since anybody was here.
create or replace function storage.lock_budget(of_tenant text, period text, out budget storage.budgets, out expired bigint, out lost bigint)
  language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  this_start timestamptz;
  this_end timestamptz;
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
  this_end := (this_start at time zone 'UTC' + ('1 ' || period)::interval) at time zone 'UTC';
  if budget.start_time < this_start or budget.start_time > this_end then
    budget.start_time := this_start;
    budget.spent_micros := 0;
    budget.lost_micros := 0;
  end if;
  budget.reserved_micros := budget.reserved_micros - lost;
  budget.lost_micros := budget.lost_micros + lost;
end
$$;

-- 'reserved', 'exhausted', or 'over' when the reservation was settled or has expired.
create or replace function storage.reserve(
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
  reset_time := (date_trunc(period, budget.start_time at time zone 'UTC') + ('1 ' || period)::interval) at time zone 'UTC';
  now := clock_timestamp();
  return next;
end
$$;

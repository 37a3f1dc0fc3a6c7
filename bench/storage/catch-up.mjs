// Events a second from the beginning of the log: reading and subscribing, below gRPC and through it, and a plain cursor.
import { measureRounds, medians, ratio, withCpu } from './measure.mjs';

export async function measureCatchUp({ site, service, below, plain, caller, options }) {
  const [{ n }] = await plain.ask('ask', { text: 'select count(*)::int as n from storage.events' });
  const short = options.catchUpEvents - n;
  if (short > 0) await fill(below, plain, options.catchUpEvents);
  const count = options.catchUpEvents;
  const checked = async (asked) => {
    const run = await asked;
    if (run.count < count) throw new Error(`${run.count} of ${count} events were read`);
    return run;
  };
  const variants = {
    'cursor, 500 a fetch': () => withCpu(site, plain.pid, () => checked(plain.ask('cursor', { count }))),
    'readAll below': () => withCpu(site, below.pid, () => checked(below.ask('readAll', { count }))),
    'subscribe below': () => withCpu(site, below.pid, () => checked(below.ask('subscribe', { count }))),
    'ReadAll gRPC': () => withCpu(site, service.pid, () => checked(caller.ask('readAll', { count }))),
    'Subscribe gRPC': () => withCpu(site, service.pid, () => checked(caller.ask('subscribe', { count }))),
  };
  await measureRounds(variants, 1);
  const rounds = await measureRounds(variants, options.rounds);
  const cursor = 'cursor, 500 a fetch';
  const against = (name) => ratio(rounds[name], rounds[cursor]);
  return {
    figures: Object.fromEntries(Object.entries(rounds).map(([name, rows]) => [name, medians(rows)])),
    ratios: {
      catchupVsSelect: against('readAll below'),
      catchupCpuVsSelect: ratio(rounds[cursor], rounds['readAll below'], 'cpuUs'),
      catchupSubscribeVsSelect: against('subscribe below'),
      catchupGrpcVsSelect: against('ReadAll gRPC'),
      catchupGrpcSubscribeVsSelect: against('Subscribe gRPC'),
    },
  };
}

/** More events than are read, by appends. */
async function fill(below, plain, events) {
  for (;;) {
    await below.ask('append', { inFlight: 256, ms: 1_000 });
    const [{ n }] = await plain.ask('ask', { text: 'select count(*)::int as n from storage.events' });
    if (n >= events) return;
  }
}

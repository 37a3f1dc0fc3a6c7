// Appends a second: through gRPC, below it, one transaction each, and the limit of plain inserts.
import { measureRounds, medians, ratio, withCpu } from './measure.mjs';

export async function measureAppends(bench) {
  const { site, service, below, plain, caller, options } = bench;
  const { segmentMs: ms, inFlight: levels, plainConnections } = options;
  const most = Math.max(...levels);
  const variants = {};
  const add = (name, pid, run) => (variants[name] = () => withCpu(site, pid, run));
  for (const inFlight of levels) {
    add(`gRPC ${inFlight}`, service.pid, () => caller.ask('append', { inFlight, ms }));
    add(`below ${inFlight}`, below.pid, () => below.ask('append', { inFlight, ms }));
    add(`one transaction each ${inFlight}`, below.pid, () => below.ask('perTransaction', { inFlight, ms }));
  }
  for (const connections of plainConnections) {
    add(`plain, ${connections} connections`, plain.pid, () => plain.ask('insert', { connections, ms }));
  }

  const warmUp = { inFlight: most, ms: options.warmUpMs };
  await caller.ask('append', warmUp);
  await below.ask('append', warmUp);
  await below.ask('perTransaction', warmUp);
  await plain.ask('insert', { connections: Math.max(...plainConnections), ms: options.warmUpMs });

  const rounds = await measureRounds(variants, options.rounds);
  const figures = Object.fromEntries(Object.entries(rounds).map(([name, rows]) => [name, medians(rows)]));
  const plains = plainConnections.map((connections) => `plain, ${connections} connections`);
  const best = plains.reduce((a, b) => (figures[b].perSecond > figures[a].perSecond ? b : a));
  return {
    figures,
    ratios: {
      appendVsPerTxn: ratio(rounds[`below ${most}`], rounds[`one transaction each ${most}`]),
      appendVsLimit: ratio(rounds[`below ${most}`], rounds[best]),
      appendCpuVsLimit: ratio(rounds[best], rounds[`below ${most}`], 'cpuUs'),
      appendGrpcVsPerTxn: ratio(rounds[`gRPC ${most}`], rounds[`one transaction each ${most}`]),
      appendGrpcVsLimit: ratio(rounds[`gRPC ${most}`], rounds[best]),
      appendAloneVsPerTxn: ratio(rounds['below 1'], rounds['one transaction each 1']),
    },
  };
}

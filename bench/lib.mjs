// What the measurements share: the mesh as processes, figures of a process as the kernel keeps them, and medians.
import { readdir, readFile } from 'node:fs/promises';
import { openLocalMesh } from '../apps/cli/dist/mesh/local-mesh.js';

/** The mesh on temporary data; `hops` fills with what its servers record; `env` is theirs beside that of this process. */
export async function openMesh(env = {}) {
  const hops = [];
  const metricsPorts = new Map();
  const local = await openLocalMesh({
    env: { ...process.env, EXEMPLA_METRICS_PORT: '0', ...env },
    onHop: (hop) => hops.push(hop),
    onLine: ({ process: name, json }) => {
      if (json?.event === 'listening') metricsPorts.set(name, json.metricsPort);
    },
  });
  const pidOf = (service) => local.mesh.processes().find(({ name }) => name === service).pid;
  return {
    hops,
    adminUrl: local.adminUrl,
    pidOf,
    metricsPortOf: (name) => metricsPorts.get(name),
    addressOf: (name) => local.mesh.addressOf(name),
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

/** Resident memory of a process, bytes. */
export async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

/** Bytes a process has read by system calls so far. */
export async function bytesRead(pid) {
  return Number(/rchar: (\d+)/.exec(await readFile(`/proc/${pid}/io`, 'utf8'))[1]);
}

export const TICK_MS = 10;

/** CPU time of a process or of one of its threads so far, ms. */
export async function cpuMs(pid, tid) {
  const stat = await readFile(tid === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${tid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** How long the main thread of a process was ready to run and had no core so far, ms; 0 where the kernel does not say. */
export async function waitedMs(pid) {
  const [, waitedNs = '0'] = (await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')).split(' ');
  return Number(waitedNs) / 1e6;
}

/** Ids of the threads of a process that carry a name. */
export async function threadsNamed(pid, name) {
  const ids = await readdir(`/proc/${pid}/task`);
  const named = await Promise.all(
    ids.map(async (id) => {
      const comm = await readFile(`/proc/${pid}/task/${id}/comm`, 'utf8').catch(() => '');
      return comm.trim() === name ? id : undefined;
    }),
  );
  return named.filter((id) => id !== undefined);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds until `condition` holds, looked at without a pause between; gives up after `limitMs`. */
export async function timeUntil(what, condition, limitMs = 5_000) {
  const begin = performance.now();
  while (!(await condition())) {
    if (performance.now() - begin > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return performance.now() - begin;
}

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

export const median = (values) => quantile(values, 0.5);

/** Fewer measurements than this say nothing. */
export const ENOUGH = 20;

/** One line of a report; `limit` in the same unit decides on the median of enough values. Returns whether it holds. */
export function report(name, values, limit, unit = 'ms') {
  const digits = (value) => (value === undefined ? '–' : value.toFixed(value < 100 ? 1 : 0));
  const holds = values.length >= ENOUGH && median(values) <= limit;
  const maximum = values.length > 0 ? Math.max(...values) : undefined;
  const figures = `median ${digits(median(values))}  maximum ${digits(maximum)}  n ${values.length}  limit ${limit} ${unit}`;
  console.log(`${holds ? '✓' : '✗'} ${name.padEnd(58)} ${figures}`);
  return holds;
}

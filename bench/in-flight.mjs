// Requests of which so many are in flight at any time, and what they cost the process that serves them.
import { readFile, writeFile } from 'node:fs/promises';
import { status } from '@exempla/rpc';
import { cpuMs, median, pause, waitedMs } from './lib.mjs';

const MIB = 1 << 20;
const REST_MS = 200;
const MOST_REFUSALS = 50;

/**
 * `count` times `one`, `inFlight` of them at any time; what they took, and what they cost the process `pid`. What a server has no
 * room for (`one` fails with that, or says what is missing) is asked again, as often as it takes: the time counts.
 */
export async function keepInFlight(pid, { inFlight, count }, one) {
  await forgetPeak(pid);
  const before = [await cpuMs(pid), await waitedMs(pid)];
  const took = [];
  let refused = 0;
  let left = count;
  const begin = performance.now();
  const line = async () => {
    while (left-- > 0) {
      const start = performance.now();
      refused += await untilWhole(one);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, line));
  const elapsedMs = performance.now() - begin;
  const after = [await cpuMs(pid), await waitedMs(pid)];
  const peak = await peakBytes(pid);
  return {
    perSecond: count / (elapsedMs / 1_000),
    medianMs: median(took),
    cpuMsPerRequest: (after[0] - before[0]) / count,
    megabytesPerRequest: peak / MIB / inFlight,
    refused,
    waitedPercent: (100 * (after[1] - before[1])) / elapsedMs,
  };
}

/** How often it was refused. */
async function untilWhole(one) {
  for (let refusals = 0; ; refusals += 1) {
    const missing = await one().catch((error) => {
      if (error.code !== status.RESOURCE_EXHAUSTED) throw error;
      return error.message;
    });
    if (!missing) return refusals;
    if (refusals === MOST_REFUSALS) throw new Error(`an answer is not whole: ${missing}`);
    await pause(REST_MS);
  }
}

/** From here on the kernel keeps the peak of resident memory anew. https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
const forgetPeak = (pid) => writeFile(`/proc/${pid}/clear_refs`, '5');

async function peakBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

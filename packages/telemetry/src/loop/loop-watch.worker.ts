import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Heartbeat, type Frame, type Sighting, type WatcherData } from './heartbeat.ts';
import { framesOf, WHERE_ARE_YOU } from './stack.ts';

// Beside the main thread, whose loop stands still: looks what it is doing, with the inspector that every Node has.
const { heartbeat: memory, limitMs } = workerData as WatcherData;
const heartbeat = new Heartbeat(memory);
/** What runs in native code answers when it returns; later than this it is no news. */
const ANSWER_MS = 30_000;

// As often as the heart beats; half the limit late is soon enough to still find who holds the loop at the limit.
for (let lookedAt: number | undefined; ;) {
  await sleep(heartbeat.nextAfterMs);
  const { last } = heartbeat;
  if (last === lookedAt || heartbeat.lateMs() <= limitMs / 2) continue;
  lookedAt = last;
  await look(last);
}

async function look(last: number): Promise<void> {
  const seen = await stackOfMain();
  // Once the loop turns again, what was found is somebody else.
  if (seen && heartbeat.stoodStill(last, seen.msAgo))
    parentPort?.postMessage({ beat: last, frames: seen.frames } satisfies Sighting);
}

/** Where the main thread was and how long ago, or undefined when it does not say in time. */
async function stackOfMain(): Promise<{ frames: Frame[]; msAgo: number } | undefined> {
  const session = new Session();
  session.connectToMainThread();
  try {
    const asked = session.post('Runtime.evaluate', { expression: WHERE_ARE_YOU, returnByValue: true, silent: true });
    const answer = await within(asked, ANSWER_MS);
    const [at, stack] = (answer?.result.value ?? []) as [at?: [number, number], stack?: unknown];
    if (!at || typeof stack !== 'string') return undefined;
    const [seconds, nanos] = process.hrtime(at);
    return { frames: framesOf(stack), msAgo: seconds * 1_000 + nanos / 1e6 };
  } finally {
    session.disconnect();
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

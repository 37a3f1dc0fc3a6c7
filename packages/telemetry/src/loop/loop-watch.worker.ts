import { Session } from 'node:inspector/promises';
import type { Debugger } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Heartbeat, type Frame, type Sighting, type WatcherData } from './heartbeat.ts';

// Beside the main thread, whose loop stands still: looks what it is doing, with the inspector that every Node has.
const { heartbeat: memory, limitMs } = workerData as WatcherData;
const heartbeat = new Heartbeat(memory);
/** What runs in native code answers when it returns; later than this it is no news. */
const ANSWER_MS = 2_000;
const MAX_FRAMES = 10;

// As often as the heart beats; half the limit late is soon enough to still find who holds the loop at the limit.
for (let lookedAt: number | undefined; ;) {
  await sleep(heartbeat.nextAfterMs);
  const { last } = heartbeat;
  if (last === lookedAt || heartbeat.lateMs() <= limitMs / 2) continue;
  lookedAt = last;
  await look(last);
}

async function look(last: number): Promise<void> {
  const frames = await stackOfMain();
  // Once the loop turns again, what was found is somebody else.
  if (frames && heartbeat.last === last) parentPort?.postMessage({ beat: last, frames } satisfies Sighting);
}

/** Where the main thread is, or undefined when it does not say in time. It stands for the moment this takes. */
async function stackOfMain(): Promise<Frame[] | undefined> {
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  try {
    session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
    const paused = new Promise<Debugger.CallFrame[]>((resolve) => {
      session.once('Debugger.paused', ({ params }) => {
        // First of all: until then nothing runs there.
        void session.post('Debugger.resume');
        resolve(params.callFrames);
      });
    });
    // Neither is answered before the main thread looks, so nothing waits for the answers.
    void session.post('Debugger.enable').catch(() => {});
    void session.post('Debugger.pause').catch(() => {});
    const frames = await within(paused, ANSWER_MS);
    return frames?.slice(0, MAX_FRAMES).map((frame) => frameOf(frame, urls));
  } finally {
    // Also takes back a pause that has not happened yet.
    session.disconnect();
  }
}

function frameOf({ functionName, url, location }: Debugger.CallFrame, urls: ReadonlyMap<string, string>): Frame {
  return {
    name: functionName,
    url: url || (urls.get(location.scriptId) ?? ''),
    line: location.lineNumber + 1,
    column: (location.columnNumber ?? 0) + 1,
  };
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

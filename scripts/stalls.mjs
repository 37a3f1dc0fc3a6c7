// Loaded into every process by `npm run tests -- --stalls MS`: now and then its main thread stands still, for MS at most, as
// on a machine that is taken away. A test that follows the clock goes red.
import { isMainThread } from 'node:worker_threads';

const MOST_MS = Number(process.env.EXEMPLA_TEST_STALL_MS);
const EVERY_MS = 800;
const never = new Int32Array(new SharedArrayBuffer(4));

function standStillLater() {
  const stall = () => {
    Atomics.wait(never, 0, 0, Math.random() * MOST_MS);
    standStillLater();
  };
  setTimeout(stall, Math.random() * 2 * EVERY_MS).unref();
}
if (isMainThread) standStillLater();

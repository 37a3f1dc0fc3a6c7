// CPU time of a command from its start to its exit, on all of its threads.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const ENTRY = new URL('../apps/cli/dist/exempla.main.js', import.meta.url).pathname;
/** Preloaded: writes at the exit what the process took, in microseconds. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, String(user + system));
});`)}`;

/** Milliseconds of each of `runs` runs of `exempla ARGS`, which have to succeed. */
export async function commandStarts(runs, args, env = {}) {
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const line = ['--import', TELL_CPU, ENTRY, ...args];
    const stdio = ['ignore', 'ignore', 'inherit', 'pipe'];
    const child = spawn(process.execPath, line, { env: { ...process.env, ...env }, stdio });
    const [told, [code]] = await Promise.all([text(child.stdio[3]), once(child, 'exit')]);
    if (code !== 0) throw new Error(`exempla ${args.join(' ')} ended with ${code}`);
    times.push(Number(told) / 1_000);
  }
  return times;
}

// Where the CPU time of a server goes: its functions by self time, in µs per call, beside those of bare grpc-js.
import { writeFile } from 'node:fs/promises';

/** As many rows of a profile are kept. */
const ROWS = 30;

/** A name that is the same in two processes: function, and the file below its package. */
function nameOf({ functionName, url, lineNumber }) {
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*\/packages\//, 'packages/');
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}

function selfTimes({ nodes, samples, timeDeltas }, calls) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map();
  samples.forEach((id, i) => {
    const name = names.get(id);
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i] / calls);
  });
  return times;
}

async function record(client, server, load, file) {
  await server.ask('profile-start');
  const { calls } = await client.ask('unary', { port: server.port, ...load });
  const profile = await server.ask('profile-stop');
  server.calls = (server.calls ?? 0) + calls;
  if (file) await writeFile(file, JSON.stringify(profile));
  return selfTimes(profile, calls);
}

async function recordAllocations(client, server, load) {
  await server.ask('allocations-start');
  const { calls } = await client.ask('unary', { port: server.port, ...load });
  const { head } = await server.ask('allocations-stop');
  server.calls += calls;
  const bytes = new Map();
  const add = ({ callFrame, selfSize, children }) => {
    const name = nameOf(callFrame);
    bytes.set(name, (bytes.get(name) ?? 0) + selfSize / calls);
    for (const child of children) add(child);
  };
  add(head);
  return bytes;
}

/** `[{ name, bytesPerCall, more }]`: bytes a function allocates itself, and how much more that is than in `base`. */
export async function allocationsAgainst(client, server, base, load) {
  const ours = await recordAllocations(client, server, load);
  const theirs = await recordAllocations(client, base, load);
  return [...ours]
    .map(([name, bytes]) => ({ name, bytesPerCall: bytes, more: bytes - (theirs.get(name) ?? 0) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, ROWS);
}

/** What is no work, and what the measurement itself does. */
const IDLE = new Set(['(idle)', '(root)', 'post node:inspector:115', 'emit node:internal/child_process:1002']);

/** `[{ name, usPerCall, more }]`: self time, and how much more that is than in `base`; largest difference first. */
export async function profileAgainst(client, server, base, load, file) {
  const [ours, theirs] = [await record(client, server, load, file), await record(client, base, load)];
  const total = (times) => [...times].reduce((sum, [name, us]) => sum + (IDLE.has(name) ? 0 : us), 0);
  const rows = [...ours]
    .filter(([name]) => !IDLE.has(name))
    .map(([name, us]) => ({ name, usPerCall: us, more: us - (theirs.get(name) ?? 0) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, ROWS);
  return { rows, totalUs: total(ours), baseTotalUs: total(theirs) };
}

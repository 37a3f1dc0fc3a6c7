// The measurements by name: npm run bench -- <suite> [arguments of the suite]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SUITES = {
  rpc: 'one call through packages/rpc against bare grpc-js, stock Nest, nice-grpc and Connect',
  storage: 'events, objects and records of the storage service against the same database asked plainly',
  lemmas: '900 words of WordNet defined through the mesh: shares with an item, codes, latency',
  stories: 'stories made asynchronously against concurrency 1 and against a worker blocked per request',
  examples: 'six kinds by model, made together, against one after the other and against a worker blocked per request',
  'long-narration': 'a story of ten minutes read aloud: what it costs each service in memory',
  'stalled-reader': 'a reader that stops reading: the producer waits, and its memory does not grow',
  'parallel-kinds': 'all kinds generated at once against one after the other',
  timing: 'every time limit of the mesh, as medians; on a quiet machine',
};

const [suite, ...rest] = process.argv.slice(2);
if (suite === undefined || !Object.hasOwn(SUITES, suite)) {
  if (suite !== undefined) console.error(`there is no suite ${suite}`);
  for (const [name, what] of Object.entries(SUITES)) console.log(`npm run bench -- ${name.padEnd(16)} ${what}`);
  process.exit(suite === undefined ? 0 : 2);
}
const file = fileURLToPath(new URL(`${suite}.mjs`, import.meta.url));
const child = spawn(process.execPath, [file, ...rest], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

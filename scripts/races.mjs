// npm run races -- [--events N] [--rounds N] [--seed N] [title]: the races of the event store, which `npm run e2e` runs in a
// short form, at length. Every event is to be seen once by each reader, in order, whatever happens to the database.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d{0,9}$/.test(value)) throw new Error(`--${name} wants a whole number above 0`);
}
const title = positionals.length > 0 ? ['-t', positionals.join(' ')] : [];
const args = ['jest', '--selectProjects', 'e2e', '--runInBand', ...title, '--', 'services/storage/test/races'];
const env = {
  ...process.env,
  RACES_EVENTS: values.events,
  RACES_ROUNDS: values.rounds,
  RACES_SEED: values.seed,
  NODE_OPTIONS: '--experimental-vm-modules',
};
spawn('npx', args, { stdio: 'inherit', env }).once('close', (code) => (process.exitCode = code ?? 1));

// How much memory a backup and a restore take, and how long: node scripts/measure-backup.mjs [MiB of rows, 200]. Needs `tsc -b`.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTemporaryDatabase, startPostgres } from '../packages/launch/dist/index.js';
import { run } from './command.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const pg = createRequire(pathToFileURL(join(root, 'services/storage/package.json')))('pg');
const MIB = 1024 * 1024;
const mib = Number(process.argv[2] ?? 200);
const EVENT_BYTES = 4096;
/** Of one row that is large by itself. */
const LARGE_BYTES = 10 * MIB;

const TELL_MEMORY = `process.on('exit', () => process.stderr.write('maxRSS ' + process.resourceUsage().maxRSS + '\\n'))`;

const directory = await mkdtemp(join(tmpdir(), 'exempla-measure-'));
const postgres = await startPostgres();
try {
  const [source, target] = [
    await makeTemporaryDatabase(postgres.adminUrl),
    await makeTemporaryDatabase(postgres.adminUrl),
  ];
  await command('migrate', [], source);
  await fill(source.adminUrl);
  const file = join(directory, 'measured.backup');
  await command('backup', [file], source);
  await command('restore', [file], target);
  await command('check', [], target);
} finally {
  await postgres.stop();
  await rm(directory, { recursive: true });
}

async function command(name, args, { url, adminUrl }) {
  const started = performance.now();
  const { code, output } = await run(root, 'node', [`services/storage/dist/${name}.main.js`, ...args], {
    env: {
      DATABASE_URL: url,
      DATABASE_ADMIN_URL: adminUrl,
      EXEMPLA_STORAGE_OBJECTS_DIR: join(directory, 'objects'),
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`,
    },
  });
  if (code !== 0) throw new Error(`${name} failed:\n${output}`);
  const kib = Number(/maxRSS (\d+)/.exec(output)?.[1]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${name.padEnd(8)} ${String(Math.round(kib / 1024)).padStart(5)} MiB at most, ${seconds} s, for ${mib} MiB of rows`,
  );
}

async function fill(adminUrl) {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const count = Math.ceil((mib * MIB) / EVENT_BYTES);
  // Pieces of one random text, so far apart when they come again that they cannot be packed.
  const insert = `insert into storage.events (position, tenant, stream, revision, id, type, source, subject, time, content_type,
      schema, correlation_id, causation_id, data, append_time)
    select nextval('storage.event_position'), 't', $1, n, n::text, '', '', '', now(), '', '', '', '',
      substring($2::bytea from ((n - 1) * $4::integer % length($2))::integer + 1 for $4::integer), now()
    from generate_series(1, $3::bigint) n`;
  const bytes = randomBytes(LARGE_BYTES);
  await client.query(insert, ['small', bytes, count, EVENT_BYTES]);
  await client.query(insert, ['large', bytes, 1, LARGE_BYTES]);
  await client.end();
}

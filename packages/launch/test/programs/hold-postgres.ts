// Starts PostgreSQL and one more process, says which, and stays: something to kill.
import { spawn } from 'node:child_process';
import { startPostgres } from '../../src/postgres/start-postgres.ts';
import { openWatchdog } from '../../src/processes/watchdog.ts';

const watchdog = openWatchdog();
const [dataDir, cacheDir] = process.argv.slice(2);
const server = await startPostgres({
  watchdog,
  ...(dataDir ? { dataDir } : {}),
  ...(cacheDir ? { cacheDir } : {}),
});
const deaf = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);"], {
  detached: true,
  stdio: 'ignore',
});
watchdog.tell({ type: 'process', pid: deaf.pid ?? 0 });
const { pid, adminUrl, dataDir: data } = server;
process.stdout.write(
  `${JSON.stringify({ postmaster: pid, adminUrl, dataDir: data, watchdog: watchdog.pid, deaf: deaf.pid })}\n`,
);
setInterval(() => {}, 1000);

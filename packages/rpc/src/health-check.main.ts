// `node health-check.main.js HOST:PORT`: exit 0 when the server there is SERVING. For container health checks.
import { openChannel } from './client/channel.ts';
import { checkHealth } from './client/health.ts';
import { channelCredentials } from './tls.ts';

const target = process.argv[2];
if (!target) {
  process.stderr.write('usage: health-check HOST:PORT\n');
  process.exit(2);
}
const channel = openChannel(target, [], { credentials: await channelCredentials(process.env) });
try {
  const health = await checkHealth(channel, { timeoutMs: 2_000 });
  process.stdout.write(`${health}\n`);
  process.exitCode = health === 'SERVING' ? 0 : 1;
} catch (error) {
  process.stderr.write(`${target}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  channel.close();
}

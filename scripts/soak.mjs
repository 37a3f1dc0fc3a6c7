// npm run soak -- --minutes N: gRPC's soak cases against our server, N minutes each; failures are printed.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
if (!(Number(values.minutes) > 0)) throw new Error('--minutes wants a number above 0');
const args = ['jest', '--selectProjects', 'int', '--', 'packages/rpc/test/interop/soak'];
const env = { ...process.env, SOAK_MINUTES: values.minutes, NODE_OPTIONS: '--experimental-vm-modules' };
spawn('npx', args, { stdio: 'inherit', env }).once('close', (code) => (process.exitCode = code ?? 1));

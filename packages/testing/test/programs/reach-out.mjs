// Tries each way out of this machine, in the main thread, in a worker and in a process with an environment of its own, and
// each way that stays on it. Nothing listens outside: 192.0.2.1 is an address for documentation, `.test` no domain.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { lookup, Resolver } from 'node:dns';
import { lookup as lookUp, resolve4 } from 'node:dns/promises';
import { once } from 'node:events';
import { get } from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { isMainThread, Worker } from 'node:worker_threads';

const OUTSIDE = '192.0.2.1';
const failure = (promise) =>
  promise.then(
    () => 'reached',
    ({ code, cause }) => code ?? cause?.code,
  );
const failed = (emitter) => once(emitter, 'error').then(([{ code }]) => code);
const answered = (call) => new Promise((resolve) => call((error) => resolve(error?.code)));

async function outside() {
  const socket = dgram.createSocket('udp4');
  const codes = [
    await failed(net.connect(443, OUTSIDE)),
    await failed(tls.connect({ host: 'exempla.test', port: 443 })),
    await failed(get('http://exempla.test/')),
    await failure(fetch('https://exempla.test/')),
    await answered((done) => lookup('exempla.test', done)),
    await answered((done) => new Resolver().resolveTxt('exempla.test', done)),
    await failure(lookUp('exempla.test')),
    await failure(resolve4('exempla.test')),
    await answered((done) => socket.send('hello', 53, OUTSIDE, done)),
    await answered((done) => socket.connect(53, OUTSIDE, done)),
  ];
  socket.close();
  return codes;
}

async function inside() {
  const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  for (const host of ['127.0.0.1', 'localhost', undefined]) {
    const socket = net.connect({ port, ...(host && { host }) }).resume();
    await once(socket, 'close');
  }
  const socket = dgram.createSocket('udp4');
  await answered((done) => socket.send('hello', port, '127.0.0.1', done));
  socket.close();
  server.close();
  return (await lookUp('localhost')).address;
}

const codes = await outside();
process.stdout.write(`${JSON.stringify({ codes, here: await inside() })}\n`);
if (isMainThread && !process.argv.includes('child')) {
  await once(new Worker(new URL(import.meta.url)), 'exit');
  const child = spawn(process.execPath, [process.argv[1], 'child'], { env: {}, stdio: 'inherit' });
  await once(child, 'exit');
}

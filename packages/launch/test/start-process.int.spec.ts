import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openWatchdog, type OutputLine, startProcess, type Watchdog } from '@exempla/launch';
import { allGone, holdsWithin, temporaryDirectory } from './support.ts';

const LISTEN = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
    console.log('hello');
    console.log(JSON.stringify({ event: 'listening', port: server.address().port }));
  });`;

describe('startProcess', () => {
  let watchdog: Watchdog;
  beforeAll(() => {
    watchdog = openWatchdog();
  });
  afterAll(() => watchdog.close());

  const ready = () => Promise.resolve();
  async function start(program: string, options: Partial<Parameters<typeof startProcess>[1]> = {}) {
    await using directory = await temporaryDirectory();
    const entry = join(directory.path, 'program.cjs');
    await writeFile(entry, program);
    return await startProcess({ name: 'probe', entry, env: { MARK: 'x' } }, { watchdog, ready, ...options });
  }

  it('gives its port, its lines, and ends it when asked', async () => {
    const lines: OutputLine[] = [];
    const process = await start(LISTEN, { onLine: (line) => lines.push(line) });
    expect(process.port).toBeGreaterThan(0);
    expect(lines.map(({ text }) => text)).toContain('hello');
    expect(lines.find(({ json }) => json)?.json).toEqual({ event: 'listening', port: process.port });
    await process.stop(5000);
    await expect(process.ended).resolves.toEqual({ code: null, signal: 'SIGTERM' });
    expect(await allGone([process.pid])).toBe(true);
  });

  it('passes the environment and nothing else', async () => {
    const lines: string[] = [];
    const process = await start(`console.log(Object.keys(process.env).join());${LISTEN}`, {
      onLine: ({ text }) => lines.push(text),
    });
    await process.stop(5000);
    expect(lines[0]).toBe('MARK');
  });

  it('kills one that does not listen to SIGTERM', async () => {
    const process = await start(`process.on('SIGTERM', () => {});${LISTEN}`);
    await process.stop(100);
    await expect(process.ended).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('says what a process said that ended at its start', async () => {
    const started = start(`console.error('no such table'); process.exit(3)`);
    await expect(started).rejects.toThrow(/^probe ended at its start \(exit code 3\)\. It said:\nno such table$/);
  });

  it('gives up on one that never serves, and ends it', async () => {
    let pid = 0;
    const started = start(`console.log(process.pid); setInterval(() => {}, 1000)`, {
      startLimitMs: 1000,
      onLine: ({ text }) => (pid = Number(text)),
    });
    await expect(started).rejects.toThrow(/probe does not serve after 1 s/);
    expect(pid).toBeGreaterThan(0);
    expect(await holdsWithin(1000, () => allGone([pid]))).toBe(true);
  });

  it('is cancelled with the reason of the signal', async () => {
    const controller = new AbortController();
    const started = start(`setInterval(() => {}, 1000)`, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(started).rejects.toThrow('enough');
  });

  it('waits until it is ready, not only listening', async () => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<string>();
    let settled = false;
    const started = start(LISTEN, {
      ready: (address) => {
        asked.resolve(address);
        return gate.promise;
      },
    }).finally(() => (settled = true));
    expect(await asked.promise).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(settled).toBe(false);
    gate.resolve();
    await (await started).stop(5000);
  });
});

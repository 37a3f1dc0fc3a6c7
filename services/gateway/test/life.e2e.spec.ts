import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { startFakeMesh, type FakeMesh } from './connect/fake-mesh.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SERVERS = ['ORCHESTRATOR', 'EXAMPLES', 'AUDIO', 'STORAGE'];

describe('the process of the gateway (S3-80)', () => {
  let mesh: FakeMesh;
  let child: ChildProcess;
  let output: string;

  beforeEach(async () => {
    mesh = await startFakeMesh();
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await mesh[Symbol.asyncDispose]();
  });

  function start(env: Record<string, string>, ...args: string[]): Promise<number | null> {
    const targets = SERVERS.map((name) => [`EXEMPLA_GATEWAY_${name}_TARGET`, mesh.target]);
    output = '';
    child = spawn(process.execPath, [MAIN, ...args], {
      env: { EXEMPLA_GATEWAY_PORT: '0', ...Object.fromEntries(targets), ...env },
    });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data: Buffer) => (output += String(data)));
    return once(child, 'exit').then(([code]) => code as number | null);
  }
  async function listening(): Promise<string> {
    const port = (): string | undefined => /"event":"listening".*?"port":(\d+)/.exec(output)?.[1];
    await eventually('it listens', () => port() !== undefined, 20_000);
    return `http://127.0.0.1:${port()}`;
  }

  it('at its end says so, ends what is under way, and exits 0 in time', async () => {
    const ended = start({ EXEMPLA_DEV: '1' });
    const url = await listening();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const headers = { 'exempla-timeout-ms': '60000' };
    const waiting = fetch(`${url}/api/v1/stories/wait`, { headers });
    await mesh.probe.waiting.promise;

    const began = performance.now();
    child.kill('SIGTERM');
    await eventually('it says that it is not ready, or takes nobody', () =>
      fetch(`${url}/readyz`).then(
        ({ status }) => status === 503,
        () => true,
      ),
    );
    const answer = await waiting;
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ reason: 'SERVER_DRAINING' })]);
    await mesh.probe.aborted.promise;
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(output).toContain('"event":"stopped","callsEnded":1');
  });

  it('without anybody to believe does not start, and says what to set', async () => {
    expect(await start({})).toBe(1);
    expect(output).toContain('EXEMPLA_GATEWAY_API_KEYS_FILE');
  });

  it('with an origin that is none does not start', async () => {
    expect(await start({ EXEMPLA_DEV: '1', EXEMPLA_GATEWAY_CORS_ORIGINS: 'https://a.example,*' })).toBe(1);
    expect(output).toContain('EXEMPLA_GATEWAY_CORS_ORIGINS has \\"*\\"');
  });

  it('with a level of logs that there is not does not start, and says so in a line of log', async () => {
    expect(await start({ EXEMPLA_DEV: '1', EXEMPLA_LOG_LEVEL: 'loud' })).toBe(1);
    const lines = output.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'EXEMPLA_LOG_LEVEL is "loud"; it has to be trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  it('prints its settings', async () => {
    expect(await start({ EXEMPLA_DEV: '1' }, '--print-config')).toBe(0);
    expect(output).toContain('EXEMPLA_GATEWAY_BODY_LIMIT_BYTES=131072\n');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { createClient, openChannel } from '../../src/index.ts';
import { ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { failure } from '../probe-server.ts';

const PROGRAM = fileURLToPath(new URL('./blocking.main.ts', import.meta.url));
const LOADER = new URL('../faults/from-source.mjs', import.meta.url).href;
const FLAGS = ['--no-warnings', '--conditions=exempla:source', '--import', LOADER];

interface Line {
  event?: string;
  port?: number;
  metricsPort?: number;
  culprit?: string;
}

/** A service whose handler holds the event loop, as a process of its own. */
async function startBlocking(env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [...FLAGS, PROGRAM], {
    env: { ...process.env, EXEMPLA_DEV: '1', EXEMPLA_METRICS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const lines: Line[] = [];
  createInterface(child.stdout).on('line', (line) => void lines.push(JSON.parse(line) as Line));
  const lineOf = (event: string): Line | undefined => lines.find((line) => line.event === event);
  await eventually('it listens', () => lineOf('listening') !== undefined, 20_000);
  const culprits = (): string[] => lines.flatMap(({ culprit }) => culprit ?? []);
  const { port, metricsPort } = lineOf('listening')!;
  /** The exit code; null of one that had to be killed. */
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), 14_000);
    const [code] = await closed;
    clearTimeout(limit);
    return code;
  };
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return {
    port,
    lineOf,
    culprits,
    metrics,
    stop,
    [Symbol.asyncDispose]: async () => void (child.kill('SIGKILL'), await closed),
  };
}

async function holdItsLoop(port: number | undefined): Promise<void> {
  const channel = openChannel(`127.0.0.1:${port}`);
  await failure(createClient(ProbeServiceDefinition, channel).ask({ behaviour: 'x' })).catch(() => {});
  channel.close();
}

describe('a service as a process', () => {
  it('names what holds its event loop, counts it, and exits 0 on SIGTERM', async () => {
    await using service = await startBlocking();
    const counted = async (): Promise<number> =>
      Number(/^exempla_loop_blocks_total (\d+)$/m.exec(await service.metrics())?.[1]);
    // A machine with much else to do holds loops as well, from the start on, and there is one line a second.
    const before = await counted();
    await eventually(
      'it says what held the loop',
      async () => {
        await holdItsLoop(service.port);
        return service.culprits().some((culprit) => /^holdTheLoopFor .*blocking\.main\.ts:\d+:\d+$/.test(culprit));
      },
      20_000,
    );
    expect(await counted()).toBeGreaterThan(before);
    expect(await service.stop()).toBe(0);
  });

  it('says so and exits 1 when something it waits for at its end does not answer', async () => {
    await using service = await startBlocking({ EXEMPLA_BLOCKING_STUCK: '1' });
    expect(await service.stop()).toBe(1);
    expect(service.lineOf('stop-failed')).toMatchObject({
      err: { message: expect.stringMatching(/^stopping took longer than 9 s/) },
    });
  }, 30_000);

  it('does not look when it is told not to', async () => {
    await using service = await startBlocking({ EXEMPLA_LOOP_BLOCKED_MS: '0' });
    await holdItsLoop(service.port);
    expect(await service.stop()).toBe(0);
    expect(service.lineOf('stopped')).toBeDefined();
    expect(service.lineOf('loop-blocked')).toBeUndefined();
  });
});

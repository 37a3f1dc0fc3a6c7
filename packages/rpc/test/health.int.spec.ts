import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { status, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import { eventually } from '@exempla/testing';
import { checkHealth, type Dependency } from '../src/index.ts';
import { callWithoutTimer, statusTold } from './caller-without-timer.ts';
import { startProbe, type ProbeSetup } from './probe-server.ts';

const PROBE = 'exempla.rpctest.v1.ProbeService';
const TIMES = { everyMs: 10, deadlineMs: 50 };

/** A dependency that is there or away, as the test says. */
function switchable(services?: string[]): { away: boolean; checks: number; dependency: Dependency } {
  const state = {
    away: false,
    checks: 0,
    dependency: {
      name: 'database',
      check: async () => {
        state.checks += 1;
        if (state.away) throw new Error('no route to 10.0.0.1');
      },
      ...(services ? { services } : {}),
    },
  };
  return state;
}

const startWith = (dependency: Dependency): Promise<ProbeSetup> =>
  startProbe({ serve: { dependencies: () => [dependency], dependencyTimes: TIMES } });

/** What somebody who watches is told; the fields of the messages are read by hand. */
function watch(setup: ProbeSetup, service = ''): { seen: number[]; end: Promise<ServiceError> } {
  const name = Buffer.from(service);
  const call: ClientReadableStream<Buffer> = setup.bare.makeServerStreamRequest(
    '/grpc.health.v1.Health/Watch',
    () => (service ? Buffer.concat([Buffer.from([10, name.length]), name]) : Buffer.alloc(0)),
    (bytes: Buffer) => bytes,
    {},
  );
  const seen: number[] = [];
  call.on('data', (bytes: Buffer) => seen.push(bytes[1] ?? 0));
  return { seen, end: once(call, 'error').then(([error]) => error as ServiceError) };
}

const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

describe('health and what the service cannot do without', () => {
  it('is NOT_SERVING while a dependency is away, and says so once with the cause', async () => {
    const database = switchable();
    await using setup = await startWith(database.dependency);
    expect(await checkHealth(setup.channel)).toBe('SERVING');
    database.away = true;
    await eventually('not serving', async () => (await checkHealth(setup.channel)) === 'NOT_SERVING');
    const checks = database.checks;
    await eventually('more checks', () => database.checks > checks + 3);
    expect(await checkHealth(setup.channel, { service: PROBE })).toBe('NOT_SERVING');
    expect((await setup.client.ask({ behaviour: 'answer' })).text).toBe('hello');
    database.away = false;
    await eventually('serving', async () => (await checkHealth(setup.channel)) === 'SERVING');
    const lines = setup.log.lines.filter((line) => String(line.event).startsWith('dependency-'));
    expect(lines.map((line) => line.event)).toEqual(['dependency-away', 'dependency-back']);
    expect(JSON.stringify(lines[0])).toContain('no route to 10.0.0.1');
  });

  it('takes a check that does not answer in time for a failed one, and starts NOT_SERVING', async () => {
    await using setup = await startWith({ name: 'database', check: () => new Promise(() => {}) });
    expect(await checkHealth(setup.channel)).toBe('NOT_SERVING');
  });

  it('takes one failed check for an accident', async () => {
    let checks = 0;
    const check = async (): Promise<void> => {
      checks += 1;
      if (checks === 2) throw new Error('an accident');
    };
    await using setup = await startWith({ name: 'database', check });
    const { seen } = watch(setup);
    await eventually('several checks', () => checks > 4);
    await eventually('a first status', () => seen.length > 0);
    expect(seen).toEqual([SERVING]);
  });

  it('concerns the named services alone', async () => {
    const database = switchable(['some.other.Service']);
    database.away = true;
    await using setup = await startWith(database.dependency);
    await eventually('several checks', () => database.checks > 3);
    expect(await checkHealth(setup.channel, { service: PROBE })).toBe('SERVING');
  });
});

describe('who watches our health', () => {
  it('is told nothing when a second dependency goes away too', async () => {
    const [database, disk] = [switchable(), switchable()];
    const dependencies = (): Dependency[] => [database.dependency, { ...disk.dependency, name: 'disk' }];
    await using setup = await startProbe({ serve: { dependencies, dependencyTimes: TIMES } });
    const { seen, end } = watch(setup);
    await eventually('serving', () => seen.length === 1);
    database.away = true;
    await eventually('not serving', () => seen.length === 2);
    disk.away = true;
    await eventually('both away', () => setup.log.lines.filter((l) => l.event === 'dependency-away').length === 2);
    await setup.server.stop();
    await end;
    expect(seen).toEqual([SERVING, NOT_SERVING]);
  });

  it('is told of each change, and at drain that the watch ends, which is not held up', async () => {
    const database = switchable();
    await using setup = await startWith(database.dependency);
    const { seen, end } = watch(setup, PROBE);
    await eventually('serving', () => seen.length === 1);
    database.away = true;
    await eventually('not serving', () => seen.length === 2);
    database.away = false;
    await eventually('serving again', () => seen.length === 3);
    const begin = performance.now();
    await setup.server.stop();
    expect(performance.now() - begin).toBeLessThan(800);
    expect(seen).toEqual([SERVING, NOT_SERVING, SERVING, NOT_SERVING]);
    expect(await end).toMatchObject({ code: status.UNAVAILABLE, details: 'the watch ended; it can be resumed' });
  });

  it('is told that there is no such service, and waits for it', async () => {
    await using setup = await startProbe();
    const { seen, end } = watch(setup, 'nobody');
    await eventually('unknown', () => seen.length === 1);
    expect(seen).toEqual([SERVICE_UNKNOWN]);
    await setup.server.stop();
    await end;
  });

  it('is told the end by UNAVAILABLE, a little before the deadline would', async () => {
    await using setup = await startProbe();
    const session = connect(`http://${setup.channel.target}`);
    try {
      const watching = callWithoutTimer(session, '/grpc.health.v1.Health/Watch', { timeoutMs: 500 });
      expect(await statusTold(watching)).toBe(status.UNAVAILABLE);
    } finally {
      session.destroy();
    }
  });
});

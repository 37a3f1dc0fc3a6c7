import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createLogger,
  LABELS,
  METRICS,
  MetricRegistry,
  processMetrics,
  type Histogram,
  type Point,
} from '@exempla/telemetry';
import { eventually, gate } from '@exempla/testing';
import { callFields } from '../src/call-context.ts';
import { currentCall, type RemoteError } from '../src/index.ts';
import { AskRequest, AskResponse } from './gen/exempla/rpctest/v1/probe_service.ts';
import { askBytes, bareAsk, failure, startProbe, type ProbeSetup } from './probe-server.ts';

const ASK = 'exempla.rpctest.v1.ProbeService/Ask';
/** For calls whose time is not what is looked at. */
const PATIENT = { timeoutMs: 20_000 };

interface Counted {
  count: number;
  sum: number;
}

const pointsOf = (registry: MetricRegistry, name: string): readonly Point<number | Histogram>[] =>
  registry.read().find(({ metric }) => metric.name === name)?.points ?? [];

/** What was counted of one metric and method, by status. */
function byStatus(registry: MetricRegistry, name: string, method: string): Record<string, Counted> {
  const own = pointsOf(registry, name).filter(({ labels }) => labels[LABELS.method] === method);
  return Object.fromEntries(
    own.map(({ labels, value }) => {
      const { count, sum } = value as Histogram;
      return [labels[LABELS.status], { count, sum }];
    }),
  );
}

const single = (registry: MetricRegistry, name: string): number | undefined =>
  pointsOf(registry, name)[0]?.value as number | undefined;

const counts = (of: Record<string, Counted>): Record<string, number> =>
  Object.fromEntries(Object.entries(of).map(([name, { count }]) => [name, count]));

describe('server metrics', () => {
  const started = async (serve = {}): Promise<ProbeSetup & { metrics: MetricRegistry }> => {
    const metrics = new MetricRegistry();
    return Object.assign(await startProbe({ serve: { metrics, ...serve } }), { metrics });
  };

  it('count every call once, by method and status, however it ends', async () => {
    await using setup = await started();
    const { client, metrics, probe } = setup;
    await Promise.all(Array.from({ length: 10 }, () => client.ask({ behaviour: 'answer' }, PATIENT)));
    await Promise.all(['room', 'bug', ''].map((behaviour) => failure(client.ask({ behaviour }))));
    await failure(client.ask({ behaviour: 'wait' }, { timeoutMs: 450 }));
    const cancel = new AbortController();
    probe.waiting = gate();
    void probe.waiting.promise.then(() => cancel.abort());
    await failure(client.ask({ behaviour: 'deaf' }, { signal: cancel.signal }));
    const expected = { OK: 10, NOT_FOUND: 1, INTERNAL: 1, INVALID_ARGUMENT: 1, DEADLINE_EXCEEDED: 1, CANCELLED: 1 };
    await eventually('all are over', () => setup.server.inFlight() === 0);
    for (const { name } of [METRICS.serverDuration, METRICS.serverSent, METRICS.serverReceived])
      expect(counts(byStatus(metrics, name, ASK))).toEqual(expected);
    expect(single(metrics, METRICS.serverStarted.name)).toBe(15);
    expect(byStatus(metrics, METRICS.serverDuration.name, ASK).DEADLINE_EXCEEDED!.sum).toBeGreaterThan(0.02);
  });

  it('count the bytes of the messages, of each kind of call', async () => {
    await using setup = await started();
    const { client, metrics } = setup;
    const reply = await client.ask({ behaviour: 'answer' });
    for await (const _ of client.count({ to: 3, payloadBytes: 1_000 }));
    const words = ['a', 'bb', 'ccc'];
    async function* said() {
      for (const text of words) yield { text };
    }
    for await (const _ of client.echo(said()));
    const method = (name: string) => ASK.replace('Ask', name);
    const sent = (name: string) => byStatus(metrics, METRICS.serverSent.name, method(name)).OK!.sum;
    const received = (name: string) => byStatus(metrics, METRICS.serverReceived.name, method(name)).OK!.sum;
    expect(received('Ask')).toBe(askBytes('answer').length);
    expect(sent('Ask')).toBe(AskResponse.encode(reply).finish().length);
    expect(sent('Count')).toBe(3 * (1_000 + 5));
    expect(sent('Echo')).toBe(6 + 3 * 2);
    expect(received('Echo')).toBe(6 + 3 * 2);
  });

  it('count what was refused as well, and show what is under way', async () => {
    await using setup = await started({ maxInFlight: 2 });
    const { client, metrics, probe } = setup;
    const held = [client.ask({ behaviour: 'held' }), client.ask({ behaviour: 'held' })];
    await eventually('two are under way', () => single(metrics, METRICS.serverInFlight.name) === 2);
    expect(single(metrics, METRICS.serverInFlightLimit.name)).toBe(2);
    expect(single(metrics, METRICS.serverServing.name)).toBe(1);
    await failure(client.ask({ behaviour: 'answer' }));
    await failure(client.ask({ behaviour: 'answer' }));
    probe.release.open();
    await Promise.all(held);
    expect(single(metrics, METRICS.serverRefused.name)).toBe(2);
    expect(single(metrics, METRICS.serverStarted.name)).toBe(4);
    expect(counts(byStatus(metrics, METRICS.serverDuration.name, ASK))).toEqual({ OK: 2, RESOURCE_EXHAUSTED: 2 });
    await eventually('none is under way', () => single(metrics, METRICS.serverInFlight.name) === 0);
  });

  it('measure the loop, and are gone with the server', async () => {
    const metrics = new MetricRegistry();
    {
      await using _ = await startProbe({ serve: { metrics } });
      const lag = metrics.histogram(METRICS.loopLag);
      await eventually('a turn was measured', () => lag.count > 0);
    }
    expect(single(metrics, METRICS.serverInFlight.name)).toBeUndefined();
    expect(single(metrics, METRICS.serverServing.name)).toBeUndefined();
  });

  it('a watch that ends as it should is no error', async () => {
    await using setup = await started();
    const stop = new AbortController();
    const ended = (async () => {
      for await (const _ of setup.client.watch({ after: 0 }, { timeoutMs: 1_500 }));
    })();
    await failure(ended);
    stop.abort();
    const method = ASK.replace('Ask', 'Watch');
    await eventually(
      'the watch is counted',
      () => 'OK' in byStatus(setup.metrics, METRICS.serverDuration.name, method),
    );
    expect(Object.keys(byStatus(setup.metrics, METRICS.serverDuration.name, method))).toEqual(['OK']);
  });
});

describe('client metrics', () => {
  /** By method and status, of calls to this server. */
  const spent = ({ channel }: ProbeSetup): Record<string, number> => {
    const own = pointsOf(processMetrics, METRICS.clientDuration.name).filter(
      ({ labels }) => labels[LABELS.target] === channel.target,
    );
    return Object.fromEntries(
      own.map(({ labels, value }) => [
        `${labels[LABELS.method]!.split('/')[1]} ${labels[LABELS.status]}`,
        (value as Histogram).count,
      ]),
    );
  };

  it('count every call once, by method, target and status', async () => {
    await using setup = await startProbe();
    const { client } = setup;
    await client.ask({ behaviour: 'answer' });
    await failure(client.ask({ behaviour: 'room' }));
    await failure(client.ask({ behaviour: 'wait' }, { timeoutMs: 450 }));
    const cancel = new AbortController();
    setup.probe.waiting = gate();
    void setup.probe.waiting.promise.then(() => cancel.abort());
    await failure(client.ask({ behaviour: 'deaf' }, { signal: cancel.signal }));
    expect(spent(setup)).toEqual({ 'Ask OK': 1, 'Ask NOT_FOUND': 1, 'Ask DEADLINE_EXCEEDED': 1, 'Ask CANCELLED': 1 });
  });

  it('a stream that is left early was cancelled, one that is read to its end is OK', async () => {
    await using setup = await startProbe();
    for await (const _ of setup.client.count({ to: 2 }));
    for await (const _ of setup.client.count({ to: 1_000 })) break;
    expect(spent(setup)).toEqual({ 'Count OK': 1, 'Count CANCELLED': 1 });
  });
});

describe('log lines', () => {
  it('written inside a call say which call, and how long it has', async () => {
    const lines: Record<string, unknown>[] = [];
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    const logger = createLogger({ service: 'probe', destination, context: callFields });
    await using setup = await startProbe({ serve: { logger } });
    logger.info('outside');
    await setup.client.ask({ behaviour: 'answer' }, { tenant: 'acme', requestId: 'r-1' });
    await failure<RemoteError>(setup.client.ask({ behaviour: 'bug' }, { tenant: 'acme', requestId: 'r-2' }));
    expect(currentCall()).toBeUndefined();
    expect(lines.find(({ msg }) => msg === 'outside')).not.toHaveProperty('requestId');
    const line = lines.find(({ msg }) => msg === 'unexpected error')!;
    expect(line).toMatchObject({ method: ASK, tenant: 'acme', requestId: 'r-2' });
    expect(line.traceId).toMatch(/^[0-9a-f]{32}$/);
    const spans = lines.filter(({ kind }) => kind === 'span');
    expect(spans).toMatchObject([
      { requestId: 'r-1', status: 'OK', inFlight: 1 },
      { requestId: 'r-2', status: 'INTERNAL' },
    ]);
  });

  it('of calls that went well are written for the share that is asked for', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_LOG_SPANS: 'errors' } });
    await setup.client.ask({ behaviour: 'answer' });
    await failure(setup.client.ask({ behaviour: 'room' }));
    expect(setup.log.lines.filter(({ kind }) => kind === 'span')).toMatchObject([{ status: 'NOT_FOUND' }]);
  });
});

describe('the metrics endpoint of a service', () => {
  let stop: (() => Promise<void>) | undefined;
  afterEach(() => stop?.());

  it('is there when it has a port, and gone with the service', async () => {
    const setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_METRICS_PORT: '0' } });
    stop = async () => setup[Symbol.asyncDispose]();
    await bareAsk(setup.bare, AskRequest.encode({ behaviour: 'answer', inner: undefined }).finish());
    const url = `http://127.0.0.1:${setup.server.metricsPort}/metrics`;
    const text = await (await fetch(url)).text();
    const own = `grpc_method="${ASK}",grpc_status="OK"`;
    expect(text).toMatch(new RegExp(`grpc_server_call_duration_count\\{${own}\\} [1-9]`));
    expect(text).toContain('exempla_server_serving 1');
    expect(text).toContain('# TYPE exempla_loop_lag histogram');
    await stop();
    stop = undefined;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('is not there without', async () => {
    await using setup = await startProbe();
    expect(setup.server.metricsPort).toBeUndefined();
  });
});

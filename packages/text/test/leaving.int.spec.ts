import { beforeEach, describe, expect, it } from '@jest/globals';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, startScriptedOpenAi, type OpenAiBehaviour, type ScriptedOpenAi } from '@exempla/testing';
import type { OpenAiText, TextCall } from '../src/index.ts';
import { callFor, generatorFor, metric, OBJECT_REQUEST, partsOf, REQUEST } from './calls.ts';

const TEXT = 'A small fox sat by the river.';
const gone = new Error('the caller went away');

describe('a caller who leaves (S3-102)', () => {
  let metrics: MetricRegistry;
  let caller: AbortController;
  let call: TextCall;
  beforeEach(() => {
    metrics = new MetricRegistry();
    caller = new AbortController();
    call = callFor(20_000, { signal: caller.signal });
  });
  const turnsAreBack = (): void => expect(metric(metrics, METRICS.textInFlight)).toBe(0);

  const start = (server: ScriptedOpenAi): OpenAiText => generatorFor(server, { metrics, models: ['small', 'large'] });
  const arrived = (server: ScriptedOpenAi): Promise<void> =>
    eventually('the request is there', () => server.requests.length > 0);

  const phases: readonly (readonly [phase: string, behaviour: OpenAiBehaviour])[] = [
    ['before the headers', { type: 'silence' }],
    ['in the body', { type: 'stall', text: TEXT, afterWords: 3 }],
    ['in a slow body', { type: 'drip', text: TEXT, everyMs: 50 }],
  ];

  it.each(phases)('%s: the socket closes, the turn is back, nobody else is asked', async (_, behaviour) => {
    await using server = await startScriptedOpenAi(behaviour);
    await using text = start(server);
    const ends = [
      text.generate(REQUEST, call),
      text.generateObject(OBJECT_REQUEST, call),
      partsOf(text.stream(REQUEST, call)).then(({ error }) => Promise.reject(error as Error)),
    ].map((end) => expect(end).rejects.toBe(gone));
    await eventually('all requests are there', () => server.requests.length === ends.length);
    expect(metric(metrics, METRICS.textInFlight)).toBe(ends.length);
    caller.abort(gone);
    await Promise.all(ends);
    await Promise.all(server.requests.map(({ left }) => left.promise));
    expect(server.requests).toHaveLength(ends.length);
    turnsAreBack();
  });

  it('while waiting for a turn: nothing is sent', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server, { metrics, pool: { connections: 1, maxKeepalive: 1 } });
    const other = new AbortController();
    const first = text.generate(REQUEST, callFor(20_000, { signal: other.signal }));
    await arrived(server);
    const waiting = text.generate(REQUEST, call);
    expect(metric(metrics, METRICS.textWaiting)).toBe(1);
    caller.abort(gone);
    await expect(waiting).rejects.toBe(gone);
    expect([metric(metrics, METRICS.textWaiting), server.requests.length]).toEqual([0, 1]);
    other.abort(gone);
    await expect(first).rejects.toBe(gone);
    turnsAreBack();
  });

  it('between two tries: the pause ends at once (S3-42)', async () => {
    await using server = await startScriptedOpenAi({ type: 'fail', status: 500, message: 'broken' });
    await using text = generatorFor(server, { metrics, retry: { rounds: 3, backoffMs: 15_000 } });
    const failing = text.generate(REQUEST, call);
    await eventually('it failed', () => metric(metrics, METRICS.textAttempts) === 1);
    caller.abort(gone);
    await expect(failing).rejects.toBe(gone);
    expect(call.deadline.remainingMs()).toBeGreaterThan(0);
    turnsAreBack();
  });

  it('by reading a stream no further: the socket closes, and what came is paid for', async () => {
    await using server = await startScriptedOpenAi({ type: 'drip', text: TEXT, everyMs: 20 });
    await using text = start(server);
    for await (const part of text.stream(REQUEST, call)) if (part.type === 'text') break;
    await server.requests[0]!.left.promise;
    expect(metric(metrics, METRICS.textOutputTokens)).toBeGreaterThan(0);
    turnsAreBack();
  });

  it('before the call: nothing is sent', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: TEXT });
    await using text = start(server);
    caller.abort(gone);
    await expect(text.generate(REQUEST, call)).rejects.toBe(gone);
    expect(server.requests).toHaveLength(0);
  });
});

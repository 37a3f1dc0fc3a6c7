import { describe, expect, it } from '@jest/globals';
import { status } from '@exempla/rpc';
import { eventually, manualClock, startScriptedOpenAi, type ManualClock } from '@exempla/testing';
import { HEALTH, type Clock } from '@exempla/upstream';
import { OpenAiText } from '../src/index.ts';
import { callFor, generatorFor, partsOf, QUICK, REQUEST } from './calls.ts';

const OK = { type: 'say', text: 'A small fox.' } as const;
const BROKEN = { type: 'fail', status: 500, message: 'broken' } as const;

/** Left alone after two failures. */
const SOON = { ...HEALTH, failures: 2 };

/** Nobody waits: the clock goes on at once. */
const hurrying = (time: ManualClock): Clock => ({
  now: time.now,
  after: (ms, wake) => (void time.advance(ms).then(wake), () => {}),
});

describe('tries', () => {
  it('two failures, then an answer: exactly three requests (S3-123)', async () => {
    await using server = await startScriptedOpenAi(BROKEN, BROKEN, OK);
    await using text = generatorFor(server);
    expect(await text.generate(REQUEST, callFor(5_000))).toMatchObject({ text: 'A small fox.', attempts: 3 });
    expect(server.requests).toHaveLength(3);
  });

  it('the next model is asked at once, also of a stream without a word yet', async () => {
    await using server = await startScriptedOpenAi(BROKEN, OK);
    // A pause between rounds would outlast the call.
    await using text = generatorFor(server, { models: ['small', 'large'], retry: { rounds: 3, backoffMs: 60_000 } });
    const { end } = await partsOf(text.stream(REQUEST, callFor(5_000)));
    expect(end).toMatchObject({ reply: { model: 'large', attempts: 2 } });
  });

  it('a stream that has begun is never begun again by another model', async () => {
    await using server = await startScriptedOpenAi({ type: 'break', text: 'A small fox.', afterWords: 2 }, OK);
    await using text = generatorFor(server, { models: ['small', 'large'] });
    expect(await partsOf(text.stream(REQUEST, callFor(5_000)))).toMatchObject({
      text: 'A small ',
      error: { reason: 'TEXT_UPSTREAM_FAILED' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('an hour of Retry-After and two seconds of deadline: the other model first, then the reason at once', async () => {
    const hour = { type: 'rate-limit', retryAfterS: 3_600 } as const;
    await using server = await startScriptedOpenAi(hour);
    await using text = generatorFor(server, { models: ['small', 'large'] });
    const call = callFor(2_000);
    await expect(text.generate(REQUEST, call)).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'TEXT_RATE_LIMITED',
      retryAfterMs: 3_600_000,
    });
    expect(call.deadline.remainingMs()).toBeGreaterThan(0);
    expect(server.requests.map(({ body }) => body['model'])).toEqual(['small', 'large']);
  });

  it('a model that asked to be left alone is not asked by the next call', async () => {
    await using server = await startScriptedOpenAi({ type: 'rate-limit', retryAfterS: 3_600 }, OK);
    await using text = generatorFor(server, { models: ['small', 'large'] });
    for (let i = 0; i < 3; i += 1) await text.generate(REQUEST, callFor(5_000));
    expect(server.requests.map(({ body }) => body['model'])).toEqual(['small', 'large', 'large', 'large']);
  });

  it('who comes while a model wants to be left alone waits for it, and is not sent away', async () => {
    const time = manualClock();
    await using server = await startScriptedOpenAi({ type: 'rate-limit', retryAfterS: 2 }, OK);
    await using text = generatorFor(server, { clock: hurrying(time), retry: { rounds: 2, backoffMs: 5_000 } });
    const hasty = text.generate(REQUEST, callFor(1_500));
    await expect(hasty).rejects.toMatchObject({ reason: 'TEXT_RATE_LIMITED', retryAfterMs: 2_000 });
    const since = time.now();
    const [next, another] = await Promise.all([1, 2].map(() => text.generate(REQUEST, callFor(60_000))));
    expect([next, another]).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
    // As long as it wanted, and no round of tries is used up by it.
    expect(time.now() - since).toBeGreaterThanOrEqual(2_000);
    expect(server.requests).toHaveLength(3);
  });

  it('nobody waits for one that wants to be left alone for longer than the call has, or than anybody waits', async () => {
    await using server = await startScriptedOpenAi({ type: 'rate-limit', retryAfterS: 3_600 }, OK);
    await using text = generatorFor(server);
    await expect(text.generate(REQUEST, callFor(30_000))).rejects.toMatchObject({ reason: 'TEXT_RATE_LIMITED' });
    for (const ms of [30_000, 3_600_000])
      await expect(text.generate(REQUEST, callFor(ms))).rejects.toMatchObject({ reason: 'TEXT_UPSTREAM_SKIPPED' });
    expect(server.requests).toHaveLength(1);
  });

  it('a model that spent all of its tokens on thoughts is not paid for the same again', async () => {
    const choices = [{ message: { content: '', reasoning_content: 'Hm.' }, finish_reason: 'length' }];
    const usage = { prompt_tokens: 10, completion_tokens: 2_000, total_tokens: 2_010 };
    const body = JSON.stringify({ choices, usage });
    await using server = await startScriptedOpenAi({ type: 'page', contentType: 'application/json', body });
    await using text = generatorFor(server);
    await expect(text.generate(REQUEST, callFor(5_000))).rejects.toMatchObject({ reason: 'TEXT_ANSWER_EMPTY' });
    expect(server.requests).toHaveLength(1);
  });

  it('a refused key gives up on all models of the upstream and goes to the next upstream', async () => {
    await using closed = await startScriptedOpenAi({ type: 'fail', status: 401, message: 'no' });
    await using open = await startScriptedOpenAi(OK);
    const models = [{ name: 'small' }, { name: 'large' }];
    const upstreams = [closed, open].map(({ baseUrl }, i) => ({ name: `u${i}`, baseUrl, apiKey: 'k', models }));
    await using text = new OpenAiText({ upstreams });
    expect(await text.generate(REQUEST, callFor(5_000))).toMatchObject({ attempts: 2 });
    expect([closed.requests.length, open.requests.length]).toEqual([1, 1]);
  });

  it('a model that keeps failing is not asked, until one call finds it well', async () => {
    const time = manualClock();
    const clock = hurrying(time);
    await using server = await startScriptedOpenAi(BROKEN);
    await using text = generatorFor(server, {
      clock,
      retry: { rounds: 1, backoffMs: 1 },
      health: { failures: 3, openMs: 5_000, maxOpenMs: 60_000, maxCoolMs: 60_000 },
    });
    const outcome = (): Promise<string> =>
      text.generate(REQUEST, callFor(5_000)).then(
        () => 'ok',
        (error: { reason: string }) => error.reason,
      );
    const failing = [await outcome(), await outcome(), await outcome(), await outcome(), await outcome()];
    expect(failing).toEqual([
      ...Array.from({ length: 3 }, () => 'TEXT_UPSTREAM_FAILED'),
      'TEXT_UPSTREAM_SKIPPED',
      'TEXT_UPSTREAM_SKIPPED',
    ]);
    expect(server.requests).toHaveLength(3);
    server.next(OK);
    await time.advance(5_000);
    expect([await outcome(), await outcome()]).toEqual(['ok', 'ok']);
    expect(server.requests).toHaveLength(5);
  });

  it('waiting for a turn is not spent from the budget of the step', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.', overMs: 150 });
    await using text = generatorFor(server, { pool: { connections: 1, maxKeepalive: 1 } });
    const call = { budgetMs: 1_000 };
    const replies = await Promise.all(Array.from({ length: 10 }, () => text.generate(REQUEST, callFor(20_000, call))));
    // The last one waited longer than its budget is.
    expect(Math.max(...replies.map(({ waitedMs }) => waitedMs))).toBeGreaterThan(1_000);
  });

  it('the budget of a step ends its attempts, all together', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server, { models: ['small', 'large'], retry: QUICK, httpTimeoutMs: 100 });
    await expect(text.generate(REQUEST, callFor(20_000, { budgetMs: 250 }))).rejects.toMatchObject({
      reason: 'TEXT_TIMEOUT',
      metadata: { budget_ms: '250' },
    });
  });

  it('a step that gives itself little time says nothing of the model to others', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server);
    for (let i = 0; i < 6; i += 1) {
      const hasty = text.generate(REQUEST, callFor(5_000, { budgetMs: 20 }));
      await expect(hasty).rejects.toMatchObject({ reason: 'TEXT_TIMEOUT', metadata: { budget_ms: '20' } });
    }
    server.next(OK);
    expect(await text.generate(REQUEST, callFor(5_000))).toMatchObject({ attempts: 1 });
  });

  it('a model that is silent until the deadlines of its callers is not asked for a while', async () => {
    const time = manualClock();
    const clock = hurrying(time);
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server, { clock, health: SOON });
    for (let i = 1; i <= 2; i += 1) {
      const silent = text.generate(REQUEST, callFor(1_500));
      const ended = expect(silent).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
      await eventually('the request is there', () => server.requests.length === i);
      await time.advance(10_000);
      await ended;
    }
    await expect(text.generate(REQUEST, callFor(5_000))).rejects.toMatchObject({ reason: 'TEXT_UPSTREAM_SKIPPED' });
    expect(server.requests).toHaveLength(2);
  });

  it('nor is one that is silent for all that its steps may spend, where that is long', async () => {
    const time = manualClock();
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server, { clock: hurrying(time), health: SOON });
    for (let i = 1; i <= 2; i += 1) {
      const silent = text.generate(REQUEST, callFor(60_000, { budgetMs: 1_500 }));
      const ended = expect(silent).rejects.toMatchObject({ reason: 'TEXT_TIMEOUT', metadata: { budget_ms: '1500' } });
      await eventually('the request is there', () => server.requests.length === i);
      await time.advance(10_000);
      await ended;
    }
    await expect(text.generate(REQUEST, callFor(5_000))).rejects.toMatchObject({ reason: 'TEXT_UPSTREAM_SKIPPED' });
    expect(server.requests).toHaveLength(2);
  });

  it('a stream without a word leaves half of its time to the next model', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' }, OK);
    await using text = generatorFor(server, { models: ['small', 'large'] });
    const { end } = await partsOf(text.stream(REQUEST, callFor(3_000)));
    expect(end).toMatchObject({ reply: { model: 'large', attempts: 2 } });
  });

  it('the deadline of the caller is kept, whatever an attempt may take (S3-96)', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using text = generatorFor(server);
    await expect(text.generate(REQUEST, callFor(200))).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    await server.requests[0]!.left.promise;
    await expect(text.generate(REQUEST, callFor(-1))).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    expect(server.requests).toHaveLength(1);
  });

  it('models are asked in the order the request wants; one that nobody has is an error', async () => {
    await using server = await startScriptedOpenAi(OK);
    await using text = generatorFor(server, { models: ['small', 'large'] });
    expect(await text.generate({ ...REQUEST, models: ['large'] }, callFor(5_000))).toMatchObject({ model: 'large' });
    await expect(text.generate({ ...REQUEST, models: ['huge'] }, callFor(5_000))).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      reason: 'TEXT_MODEL_UNKNOWN',
    });
  });
});

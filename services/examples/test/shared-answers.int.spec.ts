import { describe, expect, it } from '@jest/globals';
import { LABELS, METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, startScriptedOpenAi } from '@exempla/testing';
import { SharedAnswers } from '../src/adapters/shared-answers.ts';
import { EXAMPLE_KINDS, generateExamples, type ExamplesAnswer } from '../src/examples/index.ts';
import { askedFor, ENGLISH, saying } from './model-texts.ts';
import { callFor, metric, openModels, type Models } from './models.ts';
import { examplesRequest, providerCall } from './requests.ts';

const generate = (models: Models, rest = {}, call = callFor(10_000)): Promise<ExamplesAnswer> =>
  generateExamples(models.providers)(examplesRequest('river', { kinds: ['SENTENCE'], ...rest }), call);
const counted = ({ metrics }: Models, outcome: string): number =>
  metric(metrics, METRICS.examplesAnswers, { [LABELS.answerOutcome]: outcome });

describe('equal questions', () => {
  it('a hundred at once are one request upstream, and later ones none', async () => {
    await using server = await startScriptedOpenAi(saying(ENGLISH, 50));
    await using models = openModels(server);
    const answers = await Promise.all(Array.from({ length: 100 }, () => generate(models)));
    expect(server.requests).toHaveLength(1);
    for (const { sets } of answers) expect(sets[0]).toMatchObject({ status: 'OK', kind: 'SENTENCE' });
    await generate(models, { term: 'RIVER' });
    expect(server.requests).toHaveLength(1);
    expect([counted(models, 'made'), counted(models, 'shared'), counted(models, 'kept')]).toEqual([1, 99, 1]);
  });

  it('two tenants never share one, neither under way nor kept', async () => {
    await using server = await startScriptedOpenAi(saying(ENGLISH, 20));
    await using models = openModels(server);
    const asking = (tenant: string) => generate(models, {}, callFor(10_000, { tenant }));
    await Promise.all([asking('acme'), asking('globex')]);
    expect(server.requests).toHaveLength(2);
    await asking('initech');
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['kind', { kinds: ['PRACTICAL'] }],
    ['definition', { definition: 'a stream' }],
    ['number', { maxExamples: 2 }],
    ['language', { language: 'nl' }],
    ['category', { category: 'water' }],
    ['context', { context: { organisational: ['port'], juridical: [], legalBasis: [] } }],
    ['model', { provider: 'other' }],
    ['term', { term: 'rivers' }],
  ])('another %s is another question', async (_, change) => {
    await using server = await startScriptedOpenAi(saying(ENGLISH));
    await using models = openModels(server, { models: ['small', 'other'] });
    await generate(models);
    await generate(models, change);
    expect(server.requests).toHaveLength(2);
  });

  it('only a good answer is kept: not one that is short, nor a failure', async () => {
    await using server = await startScriptedOpenAi(
      { type: 'say', text: 'The river is wide here.' },
      { type: 'fail', status: 400, message: 'no' },
      saying(ENGLISH),
    );
    await using models = openModels(server);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await generate(models)).sets[0]?.status);
    expect(statuses).toEqual(['SHORT', 'ERROR', 'OK', 'OK']);
    expect(server.requests).toHaveLength(3);
  });

  it('the request outlives the caller that began it, and is broken off when the last one has gone', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    await using models = openModels(server);
    const callers = [new AbortController(), new AbortController()];
    const calls = callers.map(({ signal }) => generate(models, {}, callFor(10_000, { signal })));
    await eventually('the request is there', () => server.requests.length === 1);
    callers[0]?.abort(new Error('gone'));
    expect((await calls[0])?.sets[0]?.status).toBe('TIMEOUT');
    expect(metric(models.metrics, METRICS.textInFlight)).toBe(1);
    callers[1]?.abort(new Error('gone too'));
    await calls[1];
    await server.requests[0]?.left.promise;
    await eventually('its turn is given back', () => metric(models.metrics, METRICS.textInFlight) === 0);
    expect(server.requests).toHaveLength(1);
  });

  it('different kinds of one call are different questions', async () => {
    await using server = await startScriptedOpenAi(saying(ENGLISH));
    await using models = openModels(server);
    await generate(models, { kinds: [] });
    await generate(models, { kinds: [] });
    expect(server.requests.map(({ body }) => askedFor(body)).sort()).toEqual([...EXAMPLE_KINDS].sort());
  });
});

describe('what is kept', () => {
  const open = (rest = {}) => new SharedAnswers({ metrics: new MetricRegistry(), ...rest });
  const ask = (answers: SharedAnswers, key: string, forMs = 60_000, value: object = { text: key }): Promise<object> =>
    answers.get({ key, keep: { forMs, isGood: () => true } }, providerCall(), () => Promise.resolve(value));

  it('is bounded in number: the longest unused go first', async () => {
    const answers = open({ maxEntries: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await ask(answers, key);
    expect(answers.held.kept).toBe(2);
    expect(await ask(answers, 'a', 60_000, { text: 'new' })).toEqual({ text: 'a' });
    expect(await ask(answers, 'b', 60_000, { text: 'new' })).toEqual({ text: 'new' });
  });

  it('is bounded in bytes; one that is larger than all is not kept', async () => {
    const answers = open({ maxBytes: 2_000 });
    for (let i = 0; i < 20; i += 1) await ask(answers, `k${i}`);
    expect(answers.held.bytes).toBeLessThanOrEqual(2_000);
    await ask(answers, 'large', 60_000, { text: 'x'.repeat(5_000) });
    expect(await ask(answers, 'large', 60_000, { text: 'new' })).toEqual({ text: 'new' });
  });

  it('is forgotten after its time', async () => {
    const answers = open();
    await ask(answers, 'k', 1);
    const asked = () => ask(answers, 'k', 60_000, { text: 'new' });
    await eventually('its time is over', async () => 'new' === ((await asked()) as { text: string }).text);
    expect(await ask(answers, 'k')).toEqual({ text: 'new' });
  });
});

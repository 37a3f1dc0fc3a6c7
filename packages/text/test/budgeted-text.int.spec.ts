import { beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, seeded, startScriptedOpenAi, type OpenAiBehaviour, type OpenAiRequest } from '@exempla/testing';
import { BudgetedText, maxCostMicros, type OpenAiText, type TextCall, type TextGenerator } from '../src/index.ts';
import { callFor, generatorFor, OBJECT_REQUEST, partsOf, REQUEST } from './calls.ts';
import { MemoryBudget, spendingFrom } from './memory-budget.ts';

const TEXT = 'A small fox sat by the river.';
const gone = new Error('the caller went away');
/** As in calls.ts: a micro for a token that goes in, two for one that comes out. */
const PRICE = { inputMicros: 1_000_000, outputMicros: 2_000_000 };
/** The scripted server says: one token in, one out for each word. */
const costOf = (text: string): number => 1 + 2 * text.split(' ').length;
/** With the limit of tokens, and room for the schema that is not there. */
const MOST = maxCostMicros([...REQUEST.messages, { role: 'system', content: '' }], 100, PRICE);

let budget: MemoryBudget;
beforeEach(() => {
  budget = new MemoryBudget();
});

const budgeted = (text: OpenAiText): BudgetedText =>
  new BudgetedText(text, { spending: spendingFrom(budget).spending, maxTokens: 100 });

const ALL: readonly (readonly [string, (text: TextGenerator, call: TextCall) => Promise<unknown>])[] = [
  ['a whole answer', (text, call) => text.generate(REQUEST, call)],
  ['an object', (text, call) => text.generateObject(OBJECT_REQUEST, call)],
  [
    'a stream',
    (text, call) =>
      partsOf(text.stream(REQUEST, call)).then(({ error }) => (error ? Promise.reject(error as Error) : undefined)),
  ],
];

describe.each(ALL)('%s that is paid for', (what, ask) => {
  const answer = what === 'an object' ? '{"animal": "fox"}' : TEXT;

  it('is reserved before and settled after, for its model', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: answer });
    {
      await using text = budgeted(generatorFor(server));
      await ask(text, callFor(20_000));
    }
    expect(budget.asked).toHaveLength(1);
    expect(budget.asked[0]).toBeGreaterThanOrEqual(MOST);
    expect(server.requests[0]?.body['max_tokens']).toBe(100);
    expect(budget.usage).toMatchObject([{ model: 'small', answers: 1, inputTokens: 1, costMicros: costOf(answer) }]);
    expect(budget.reservedMicros).toBe(0);
  });

  it('is not asked for when the budget has no room, or cannot be asked', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: answer });
    budget.limitMicros = MOST - 1;
    {
      await using text = budgeted(generatorFor(server, { models: ['small', 'large'] }));
      await expect(ask(text, callFor(20_000))).rejects.toThrow('exhausted');
    }
    expect([server.requests.length, budget.reservedMicros, budget.spentMicros]).toEqual([0, 0, 0]);
    expect(budget.asked).toHaveLength(1);
  });

  it('gives its reservation back when its caller leaves', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    const caller = new AbortController();
    {
      await using text = budgeted(generatorFor(server));
      const asking = expect(ask(text, callFor(20_000, { signal: caller.signal }))).rejects.toBe(gone);
      await eventually('the request is there', () => server.requests.length > 0);
      expect(budget.reservedMicros).toBeGreaterThanOrEqual(MOST);
      caller.abort(gone);
      await asking;
    }
    expect([budget.reservedMicros, budget.settled.size]).toEqual([0, 1]);
  });

  it('gives it back also when he leaves while it is on its way', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: answer });
    const caller = new AbortController();
    budget.delayMs = 20;
    {
      await using text = budgeted(generatorFor(server));
      const asking = expect(ask(text, callFor(20_000, { signal: caller.signal }))).rejects.toBe(gone);
      await eventually('it is asked for', () => budget.asked.length > 0);
      caller.abort(gone);
      await asking;
    }
    expect([budget.reservedMicros, budget.settled.size, server.requests.length]).toEqual([0, 1, 0]);
  });
});

describe('attempts', () => {
  it('that cost nothing leave their reservation to the next', async () => {
    await using server = await startScriptedOpenAi({ type: 'rate-limit' }, { type: 'say', text: TEXT });
    {
      await using text = budgeted(generatorFor(server, { models: ['small', 'large'] }));
      await text.generate(REQUEST, callFor(20_000));
    }
    expect(budget.asked).toEqual([MOST]);
    expect(budget.usage).toMatchObject([{ model: 'large', costMicros: costOf(TEXT) }]);
  });

  it('that were paid for raise it, and are counted though nobody could use them', async () => {
    const nonsense = 'no object at all';
    await using server = await startScriptedOpenAi(
      { type: 'say', text: nonsense },
      { type: 'say', text: '{"animal": "fox"}' },
    );
    {
      await using text = budgeted(generatorFor(server));
      await text.generateObject(OBJECT_REQUEST, callFor(20_000));
    }
    const [first = 0, second] = budget.asked;
    expect(second).toBe(first + costOf(nonsense));
    expect(budget.usage).toMatchObject([{ answers: 2, costMicros: costOf(nonsense) + costOf('{"animal": "fox"}') }]);
  });

  it('end where the budget does', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'no object at all' });
    budget.limitMicros = 600;
    {
      await using text = budgeted(generatorFor(server, { models: Array.from({ length: 50 }, (_, i) => `m${i}`) }));
      await expect(text.generateObject(OBJECT_REQUEST, callFor(20_000))).rejects.toThrow('exhausted');
    }
    expect(server.requests.length).toBeGreaterThan(1);
    expect(budget.spentMicros).toBeLessThanOrEqual(600);
    expect(budget.spentMicros).toBe(server.requests.length * costOf('no object at all'));
  });

  it('are counted when the model refuses', async () => {
    await using server = await startScriptedOpenAi({ type: 'refuse', text: 'no' });
    {
      await using text = budgeted(generatorFor(server));
      await expect(text.generate(REQUEST, callFor(20_000))).rejects.toMatchObject({ reason: 'TEXT_REFUSED' });
    }
    expect(budget.usage).toMatchObject([{ answers: 1, inputTokens: 1 }]);
  });

  it('at a model without a price need no reservation, and are counted', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: TEXT });
    const upstream = { name: 'free', baseUrl: server.baseUrl, apiKey: 'k', models: [{ name: 'free' }] };
    budget.limitMicros = 0;
    {
      await using text = budgeted(generatorFor(server, { upstreams: [upstream] }));
      await text.generate(REQUEST, callFor(20_000));
    }
    expect(budget.asked).toEqual([]);
    expect(budget.usage).toMatchObject([{ model: 'free', costMicros: 0, outputTokens: 7 }]);
  });
});

const CALLS = 1_000;
const SEED = 23;

type Kind = 'whole' | 'stream' | 'whole left' | 'stream left';

describe('a thousand mixed calls, a fifth of them cancelled (S0-17)', () => {
  it(`leave nothing reserved, and what is settled is what was billed (seed ${SEED})`, async () => {
    const random = seeded(SEED);
    budget.delayMs = 2;
    await using server = await startScriptedOpenAi({ type: 'choose', of: behaviourOf });
    const kinds = Array.from({ length: CALLS }, (_, i): Kind => {
      const kind = random() < 0.5 ? 'whole' : 'stream';
      return i % 5 === 0 ? `${kind} left` : kind;
    });
    {
      await using text = budgeted(generatorFor(server));
      await Promise.all(kinds.map((kind, i) => one(text, `${kind} ${i}`, random() * 300)));
    }
    expect(budget.reservedMicros).toBe(0);
    expect(budget.spentMicros).toBe(server.requests.reduce((sum, request) => sum + billOf(request), 0));
    const answers = budget.usage.reduce((sum, used) => sum + used.answers, 0);
    expect(answers).toBe(kinds.filter((kind) => kind !== 'whole left').length);
    expect(budget.settled.size).toBe(CALLS);
  });
});

const tagOf = (body: OpenAiRequest['body']): string => (body['messages'] as { content: string }[])[0]?.content ?? '';

/** Who leaves in the middle of a stream has had three words of it. */
const HALF = 'A small fox ';

function behaviourOf(body: OpenAiRequest['body']): OpenAiBehaviour {
  const tag = tagOf(body);
  if (tag.startsWith('whole left')) return { type: 'silence' };
  if (tag.startsWith('stream left')) return { type: 'stall', text: TEXT, afterWords: 3 };
  return { type: 'say', text: TEXT, overMs: 10 };
}

/** What the upstream counts: nothing for what it never answered, all it said otherwise. */
function billOf({ body }: OpenAiRequest): number {
  const tag = tagOf(body);
  if (tag.startsWith('whole left')) return 0;
  if (tag.startsWith('stream left')) return Math.ceil(tag.length / 4) + 2 * Math.ceil(HALF.length / 4);
  return costOf(TEXT);
}

async function one(text: BudgetedText, tag: string, leavesAfterMs: number): Promise<void> {
  const caller = new AbortController();
  const call = callFor(60_000, { signal: caller.signal });
  const request = { messages: [{ role: 'user', content: tag }] as const };
  if (tag.startsWith('whole left')) {
    const leaving = setTimeout(() => caller.abort(gone), leavesAfterMs);
    await expect(text.generate(request, call)).rejects.toBe(gone);
    clearTimeout(leaving);
  } else if (tag.startsWith('stream left')) {
    let seen = '';
    for await (const part of text.stream(request, call)) {
      if (part.type === 'text') seen += part.text;
      if (seen === HALF) break;
    }
  } else if (tag.startsWith('whole')) await text.generate(request, call);
  else expect((await partsOf(text.stream(request, call))).error).toBeUndefined();
}

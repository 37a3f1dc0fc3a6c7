import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_KINDS, generateDefinition, type ExampleKind } from '../src/definitions/index.ts';
import {
  call,
  CIRCULAR_TEXT,
  defined,
  exampleSet,
  failing,
  gate,
  GOOD_TEXT,
  RecordingPorts,
  request,
} from './fakes.ts';

const statuses = (sets: readonly { kind: ExampleKind; status: string }[]): Record<string, string> =>
  Object.fromEntries(sets.map(({ kind, status }) => [kind, status]));
const ALL_OK = Object.fromEntries(EXAMPLE_KINDS.map((kind) => [kind, 'OK']));

describe('generateDefinition', () => {
  it('stores text and all six kinds, asking the examples service exactly once (S0-04, S0-06, S0-07, S0-20)', async () => {
    const ports = new RecordingPorts();
    const { definition, degraded } = await generateDefinition(request(), call(), ports);
    expect(ports.exampleCalls).toHaveLength(1);
    expect(ports.exampleCalls[0]!.kinds).toEqual(EXAMPLE_KINDS);
    expect(statuses(definition.examples)).toEqual(ALL_OK);
    expect(definition).toMatchObject({ text: GOOD_TEXT, state: 'ESTABLISHED', category: 'object' });
    expect(degraded).toEqual([]);
  });

  it('hands every field of the request on, Unicode included (S0-05)', async () => {
    const ports = new RecordingPorts();
    const context = { organisational: ['waterschap'], juridical: ['Straßenrecht'], legalBasis: ['art. 5 ✓'] };
    await generateDefinition(request({ term: 'fleuve–Ω', context, category: 'water', maxExamples: 7 }), call(), ports);
    expect(ports.defineCalls[0]).toMatchObject({ term: 'fleuve–Ω', context, category: 'water', language: 'en' });
    expect(ports.exampleCalls[0]).toMatchObject({ term: 'fleuve–Ω', context, category: 'water', maxExamples: 7 });
  });

  it('defines and finds examples side by side: neither waits for the other (S0-08)', async () => {
    const ports = new RecordingPorts();
    const examplesBegan = gate();
    const textBegan = gate();
    ports.terms = {
      define: async () => {
        textBegan.open();
        await examplesBegan.promise;
        return defined(GOOD_TEXT);
      },
      examples: async function* () {
        examplesBegan.open();
        await textBegan.promise;
        yield* EXAMPLE_KINDS.map(exampleSet);
      },
    };
    const { definition } = await generateDefinition(request(), call(), ports);
    expect(statuses(definition.examples)).toEqual(ALL_OK);
  });

  it.each(EXAMPLE_KINDS)('keeps the definition and the other kinds when %s fails (S0-09)', async (broken) => {
    const ports = new RecordingPorts();
    ports.sets = EXAMPLE_KINDS.map((kind) =>
      kind === broken
        ? { ...exampleSet(kind), status: 'ERROR', items: [], errorReason: 'LEXICON_UNAVAILABLE' }
        : exampleSet(kind),
    );
    const { definition, degraded } = await generateDefinition(request(), call(), ports);
    expect(statuses(definition.examples)).toEqual({ ...ALL_OK, [broken]: 'ERROR' });
    expect(definition.text).toBe(GOOD_TEXT);
    expect(degraded).toEqual([]);
  });

  it('keeps the definition when every kind fails, and says so (S0-09)', async () => {
    const ports = new RecordingPorts();
    ports.sets = [failing('UNAVAILABLE')];
    const { definition, degraded } = await generateDefinition(request(), call(), ports);
    expect(definition.examples.map((set) => [set.status, set.errorReason])).toEqual(
      EXAMPLE_KINDS.map(() => ['ERROR', 'UNAVAILABLE']),
    );
    expect(degraded).toEqual([{ step: 'examples', reason: 'UNAVAILABLE', message: 'failed' }]);
    expect(ports.created).toHaveLength(1);
  });

  it('keeps the kinds that came before the budget ended; the others are TIMEOUT (S0-24)', async () => {
    const ports = new RecordingPorts();
    ports.sets = [exampleSet('SYNONYM'), failing('TIMEOUT')];
    const { definition } = await generateDefinition(request({ kinds: ['SENTENCE', 'SYNONYM'] }), call(), ports);
    expect(statuses(definition.examples)).toEqual({ SENTENCE: 'TIMEOUT', SYNONYM: 'OK' });
  });

  it('leaves time to store: the examples get less than the call has left', async () => {
    const ports = new RecordingPorts();
    await generateDefinition(request(), call(400), ports);
    expect(ports.exampleTimes[0]!.budgetMs).toBe(320);
  });

  it('fails when the text fails, and stores nothing', async () => {
    const ports = new RecordingPorts();
    ports.terms.define = async () => {
      throw failing('TERM_UNKNOWN');
    };
    await expect(generateDefinition(request({ narrate: true }), call(), ports)).rejects.toMatchObject({
      reason: 'TERM_UNKNOWN',
    });
    expect(ports.created).toHaveLength(0);
    expect(ports.spoken).toHaveLength(0);
  });
});

describe('improving', () => {
  it('asks once more with the broken rules, and keeps both texts as revisions', async () => {
    const ports = new RecordingPorts();
    ports.texts = [CIRCULAR_TEXT, GOOD_TEXT];
    const { definition } = await generateDefinition(request(), call(), ports);
    expect(ports.defineCalls).toHaveLength(2);
    expect(ports.defineCalls[1]!.improve).toMatchObject({ text: CIRCULAR_TEXT });
    expect(ports.defineCalls[1]!.improve!.brokenRules).toContain('not-circular');
    expect(definition).toMatchObject({ text: GOOD_TEXT, state: 'ESTABLISHED' });
    expect(ports.created[0]!.revisions.map((revision) => revision.text)).toEqual([CIRCULAR_TEXT, GOOD_TEXT]);
  });

  it('stores a text that stays bad as a draft, after one improvement', async () => {
    const ports = new RecordingPorts();
    ports.texts = [CIRCULAR_TEXT];
    const { definition } = await generateDefinition(request(), call(), ports);
    expect(ports.defineCalls).toHaveLength(2);
    expect(definition).toMatchObject({ text: CIRCULAR_TEXT, state: 'DRAFT' });
    expect(ports.created[0]!.revisions).toHaveLength(1);
  });

  it('keeps the first text when the improvement fails, and names it', async () => {
    const ports = new RecordingPorts();
    ports.terms.define = async ({ improve }) => {
      if (improve) throw failing('UNAVAILABLE');
      return defined(CIRCULAR_TEXT);
    };
    const { definition, degraded } = await generateDefinition(request(), call(), ports);
    expect(definition.text).toBe(CIRCULAR_TEXT);
    expect(degraded).toMatchObject([{ step: 'improvement', reason: 'UNAVAILABLE' }]);
  });

  it('an improvement leaves the time to store the first text', async () => {
    const ports = new RecordingPorts();
    const budgets: number[] = [];
    ports.terms.define = async (_, { budgetMs }) => {
      budgets.push(budgetMs);
      return defined(CIRCULAR_TEXT);
    };
    await generateDefinition(request(), call(400), ports);
    expect(budgets).toEqual([400, 320]);
  });
});

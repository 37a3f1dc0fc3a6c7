import { describe, expect, it } from '@jest/globals';
import { deleteDefinition, EXAMPLE_KINDS, generateDefinition, type ExampleKind } from '../src/definitions/index.ts';
import {
  call,
  CIRCULAR_TEXT,
  defined,
  exampleSet,
  failing,
  gate,
  GOOD_TEXT,
  recorder,
  RecordingPorts,
  request,
  stored,
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

describe('narration', () => {
  it('speaks term, definition and explanation, and names the sound in the definition', async () => {
    const ports = new RecordingPorts();
    const { definition, narration } = await generateDefinition(request({ narrate: true }), call(), ports);
    expect(ports.spoken).toEqual([
      `River. A large natural stream of water flowing in a channel to the sea. EXPLANATION of a river.`,
    ]);
    expect(definition.narration).toBe(narration!.object);
    expect(narration!.object).toMatch(/^objects\/definitions\/.+\/narration\.wav$/);
  });

  it('a narration that fails leaves a stored definition and a DEGRADED part', async () => {
    const ports = new RecordingPorts();
    ports.narrationError = failing('UNAVAILABLE');
    const { parts, onPart } = recorder();
    const { definition, narration, degraded } = await generateDefinition(
      request({ narrate: true }),
      call(),
      ports,
      onPart,
    );
    expect(narration).toBeUndefined();
    expect(definition).toMatchObject({ narration: '', state: 'ESTABLISHED' });
    expect(degraded).toEqual([{ step: 'narration', reason: 'UNAVAILABLE', message: 'failed' }]);
    expect(parts.map((part) => part.type)).toContain('degraded');
  });

  it('the definition is stored while the narration is still under way', async () => {
    const ports = new RecordingPorts();
    ports.narrationGate = gate();
    const { onPart, parts } = recorder();
    const storedFirst = gate();
    const making = generateDefinition(request({ narrate: true }), call(), ports, (part) => {
      onPart(part);
      if (part.type === 'stored') storedFirst.open();
    });
    await storedFirst.promise;
    expect(parts.some((part) => part.type === 'narration')).toBe(false);
    ports.narrationGate.open();
    expect((await making).narration).toBeDefined();
  });

  it('a definition that cannot be stored leaves no sound behind', async () => {
    const ports = new RecordingPorts();
    ports.createError = failing('DEFINITION_EXISTS');
    await expect(generateDefinition(request({ narrate: true }), call(), ports)).rejects.toMatchObject({
      reason: 'DEFINITION_EXISTS',
    });
    expect(ports.discarded).toHaveLength(1);
  });

  it('nor does one that was uploaded but whose answer did not come any more', async () => {
    const ports = new RecordingPorts();
    ports.createError = failing('UNAVAILABLE');
    ports.narrationError = failing('CANCELLED');
    await expect(generateDefinition(request({ narrate: true }), call(), ports)).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
    });
    expect(ports.discarded).toEqual(['objects/definitions/00000000-0000-4000-8000-000000000001/narration.wav']);
  });

  it('begins with the explanation, without waiting for the other kinds', async () => {
    const ports = new RecordingPorts();
    const spoken = gate();
    const { narrate } = ports.narrator;
    ports.narrator.narrate = (job, time) => {
      spoken.open();
      return narrate(job, time);
    };
    ports.terms.examples = async function* () {
      yield exampleSet('EXPLANATION');
      await spoken.promise;
      yield* EXAMPLE_KINDS.filter((kind) => kind !== 'EXPLANATION').map(exampleSet);
    };
    const { narration } = await generateDefinition(request({ narrate: true }), call(), ports);
    expect(narration?.text).toContain('EXPLANATION of a river.');
  });

  it('waits for no explanation when none is wanted', async () => {
    const ports = new RecordingPorts();
    const spoken = gate();
    const { narrate } = ports.narrator;
    ports.narrator.narrate = (job, time) => {
      spoken.open();
      return narrate(job, time);
    };
    ports.terms.examples = async function* () {
      await spoken.promise;
      yield exampleSet('SYNONYM');
    };
    const { narration } = await generateDefinition(request({ narrate: true, kinds: ['SYNONYM'] }), call(), ports);
    expect(narration).toBeDefined();
  });

  it('is removed with its definition, also when it was never named there', async () => {
    const ports = new RecordingPorts();
    await generateDefinition(request(), call(), ports);
    await deleteDefinition({ name: 'definitions/7', etag: '' }, ports);
    expect(ports.discarded).toEqual(['objects/definitions/7/narration.wav']);
  });

  it('a sound that cannot be named in the definition is still in the answer', async () => {
    const ports = new RecordingPorts();
    ports.attachError = failing('ETAG_MISMATCH');
    const { narration, degraded } = await generateDefinition(request({ narrate: true }), call(), ports);
    expect(narration).toBeDefined();
    expect(degraded).toMatchObject([{ step: 'attach' }]);
  });
});

describe('once only', () => {
  it('refuses a duplicate before anything is made', async () => {
    const ports = new RecordingPorts();
    ports.existing = { duplicate: 'definitions/9' };
    const made = generateDefinition(request(), call(), ports);
    await expect(made).rejects.toMatchObject({
      reason: 'DEFINITION_EXISTS',
      metadata: { term: 'river', name: 'definitions/9' },
    });
    expect(ports.defineCalls).toHaveLength(0);
    expect(ports.exampleCalls).toHaveLength(0);
  });

  it('makes one more when duplicates are allowed', async () => {
    const ports = new RecordingPorts();
    ports.existing = { duplicate: 'definitions/9' };
    await generateDefinition(request({ allowDuplicate: true }), call(), ports);
    expect(ports.created[0]).toMatchObject({ allowDuplicate: true });
  });

  it('answers a request id used before with what it made then', async () => {
    const first = new RecordingPorts();
    const made = await generateDefinition(request({ narrate: true, requestId: 'r-1' }), call(), first);
    const again = new RecordingPorts();
    again.existing = { byRequest: { ...stored(first.created[0]!), narration: made.definition.narration } };
    const { parts, onPart } = recorder();
    const replayed = await generateDefinition(request({ narrate: true, requestId: 'r-1' }), call(), again, onPart);
    expect(replayed.definition.name).toBe(made.definition.name);
    expect(replayed.narration).toMatchObject({ object: made.narration!.object, text: made.narration!.text });
    expect(again.defineCalls).toHaveLength(0);
    expect(parts.map((part) => part.type)).toEqual([
      'header',
      'text',
      ...EXAMPLE_KINDS.map(() => 'examples'),
      'stored',
      'narration',
    ]);
  });

  it('says again what was missing the first time', async () => {
    const first = new RecordingPorts();
    first.sets = [exampleSet('SYNONYM'), failing('UNAVAILABLE')];
    first.narrationError = failing('ENGINE_FAILED');
    const asked = request({ narrate: true, requestId: 'r-1' });
    const made = await generateDefinition(asked, call(), first);
    const again = new RecordingPorts();
    again.existing = { byRequest: stored(first.created[0]!) };
    const { parts, onPart } = recorder();
    const replayed = await generateDefinition(asked, call(), again, onPart);
    expect(replayed.degraded.map((part) => part.step)).toEqual(made.degraded.map((part) => part.step));
    expect(replayed.degraded[0]).toMatchObject({ step: 'examples', reason: 'UNAVAILABLE' });
    expect(parts.filter((part) => part.type === 'degraded')).toHaveLength(2);
  });

  it('of two calls with one request id the slower answers what the faster made, and leaves no sound', async () => {
    const ports = new RecordingPorts();
    ports.archive.create = async (job) => ({
      ...stored(job),
      name: 'definitions/faster',
      narration: 'objects/definitions/faster/narration.wav',
    });
    let attached = 0;
    ports.archive.attachNarration = async (definition) => {
      attached += 1;
      return { ...stored(ports.created[0]!), ...definition };
    };
    const { definition, narration } = await generateDefinition(
      request({ narrate: true, requestId: 'r-1' }),
      call(),
      ports,
    );
    expect(definition.name).toBe('definitions/faster');
    expect(narration?.object).toBe('objects/definitions/faster/narration.wav');
    expect(attached).toBe(0);
    expect(ports.discarded).toEqual(['objects/definitions/00000000-0000-4000-8000-000000000001/narration.wav']);
  });

  it('stores under a request id of its own when the caller has none, so that a lost answer may be asked for again', async () => {
    const ports = new RecordingPorts();
    await generateDefinition(request(), call(), ports);
    expect(ports.created[0]).toMatchObject({ requestId: ports.created[0]!.id });
  });

  it('the hash under a request id changes with what is asked', async () => {
    const fingerprintOf = async (change: Parameters<typeof request>[0]): Promise<string> => {
      const ports = new RecordingPorts();
      await generateDefinition(request({ requestId: 'r-1', ...change }), call(), ports);
      return ports.created[0]!.requestFingerprint;
    };
    const base = await fingerprintOf({});
    expect(await fingerprintOf({})).toBe(base);
    expect(await fingerprintOf({ term: 'stream' })).not.toBe(base);
    expect(await fingerprintOf({ narrate: true })).not.toBe(base);
    expect(await fingerprintOf({ maxExamples: 3 })).not.toBe(base);
  });
});

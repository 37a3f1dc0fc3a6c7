import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_KINDS, generateDefinition } from '../src/definitions/index.ts';
import { narrationObjects } from '../src/parts/index.ts';
import { call, exampleSet, failing, recorder, RecordingPorts, request, stored } from './fakes.ts';

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
    expect(ports.discarded).toEqual(narrationObjects('definitions/00000000-0000-4000-8000-000000000001'));
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

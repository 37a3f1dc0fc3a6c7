import { describe, expect, it } from '@jest/globals';
import { deleteDefinition, EXAMPLE_KINDS, generateDefinition } from '../src/definitions/index.ts';
import { narrationObjects } from '../src/parts/index.ts';
import { call, exampleSet, failing, gate, recorder, RecordingPorts, request } from './fakes.ts';

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
    expect(ports.discarded).toHaveLength(2);
  });

  it('nor does one that was uploaded but whose answer did not come any more', async () => {
    const ports = new RecordingPorts();
    ports.createError = failing('UNAVAILABLE');
    ports.narrationError = failing('CANCELLED');
    await expect(generateDefinition(request({ narrate: true }), call(), ports)).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
    });
    expect(ports.discarded).toEqual(narrationObjects('definitions/00000000-0000-4000-8000-000000000001'));
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
    expect(ports.discarded).toEqual(['objects/definitions/7/narration.wav', 'objects/definitions/7/narration.mp3']);
  });

  it('a sound that cannot be named in the definition is still in the answer', async () => {
    const ports = new RecordingPorts();
    ports.attachError = failing('ETAG_MISMATCH');
    const { narration, degraded } = await generateDefinition(request({ narrate: true }), call(), ports);
    expect(narration).toBeDefined();
    expect(degraded).toMatchObject([{ step: 'attach' }]);
  });
});

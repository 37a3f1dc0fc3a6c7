import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LABELS, METRICS, processMetrics } from '@exempla/telemetry';
import { RpcNarrator } from '../src/adapters/rpc-narrator.ts';
import { MemoryObjects } from './memory-objects.ts';

const time = { signal: new AbortController().signal, budgetMs: 10_000 };

interface Asked {
  readonly text: string;
  readonly voice: string;
  readonly keyFirst?: boolean;
}

/** The audio service: says a text by the bytes of it, in the voice asked for, or in `instead` when it is spoken. */
class Speech {
  asked = 0;
  spoken = 0;
  instead = '';
  /** Breaks off in the middle. */
  breaks = false;
  keepsSounds = true;
  knowsKeyFirst = true;

  async *synthesize({ text, voice, keyFirst }: Asked) {
    this.asked += 1;
    if (keyFirst && this.keepsSounds && this.knowsKeyFirst) {
      yield { part: { $case: 'header', value: this.#headerOf(text, voice) } };
      return;
    }
    const speaks = this.instead || voice;
    yield { part: { $case: 'header', value: this.#headerOf(text, speaks) } };
    this.spoken += 1;
    if (this.breaks) throw new Error('the engine broke');
    yield { part: { $case: 'chunk', value: Buffer.from(`${speaks} says ${text}`) } };
  }

  #headerOf(text: string, voice: string) {
    const soundKey = this.keepsSounds ? createHash('sha256').update(`${voice}\n${text}`).digest() : new Uint8Array();
    return { voice, sampleRateHz: 8_000, contentType: 'audio/wav', soundKey };
  }
}

describe('the sound of a text that was told before', () => {
  let speech: Speech;
  let objects: MemoryObjects;
  let narrator: RpcNarrator;
  beforeEach(() => {
    speech = new Speech();
    objects = new MemoryObjects();
    narrator = new RpcNarrator(speech as never, objects as never);
  });

  const narrate = (object: string, text = 'Hello.', voice = 'nova') =>
    narrator.narrate({ text, voice, language: 'en', name: `stories/${object}` }, time);
  const soundOf = (object: string) => objects.kept.get(`objects/stories/${object}/narration.wav`)?.bytes.toString();

  it('is not made again, and belongs to each who tells it', async () => {
    const first = await narrate('1');
    const second = await narrate('2');
    expect(speech.spoken).toBe(1);
    expect(soundOf('2')).toBe('nova says Hello.');
    expect(second).toEqual({ ...first, object: 'objects/stories/2/narration.wav' });
    await narrator.discard('objects/stories/1/narration.wav');
    expect(soundOf('2')).toBe('nova says Hello.');
  });

  it('is made by each of two who ask at the same moment, and then once more by nobody', async () => {
    await Promise.all([narrate('1'), narrate('2')]);
    await narrate('3');
    expect([soundOf('1'), soundOf('2'), soundOf('3')]).toEqual(Array(3).fill('nova says Hello.'));
    expect(speech.spoken).toBe(2);
  });

  it('is copied from whoever told it last, and made again when nobody has it any more', async () => {
    await narrate('1');
    await narrator.discard('objects/stories/1/narration.wav');
    await narrate('2');
    expect(speech.spoken).toBe(2);
    await narrate('3');
    expect(speech.spoken).toBe(2);
    expect(soundOf('3')).toBe('nova says Hello.');
  });

  it('is not taken from an object that says something else by now', async () => {
    await narrate('1');
    await narrate('1', 'Good night.');
    await narrate('2');
    expect(soundOf('2')).toBe('nova says Hello.');
    expect(speech.spoken).toBe(3);
  });

  it.each([
    ['another text', ['Good night.', 'nova']],
    ['another voice', ['Hello.', 'alloy']],
  ] as const)('is not that of %s', async (_, [text, voice]) => {
    await narrate('1');
    await narrate('2', text, voice);
    expect(speech.spoken).toBe(2);
    expect(soundOf('2')).toBe(`${voice} says ${text}`);
  });

  it('is never that of a voice that spoke in place of another', async () => {
    speech.instead = 'slt';
    await narrate('1');
    speech.instead = '';
    await narrate('2');
    expect(soundOf('2')).toBe('nova says Hello.');
    await narrate('3', 'Hello.', 'slt');
    expect(soundOf('3')).toBe('slt says Hello.');
    expect(speech.spoken).toBe(2);
  });

  it('is never one that broke off', async () => {
    speech.breaks = true;
    await expect(narrate('1')).rejects.toThrow('the engine broke');
    expect(objects.kept.size).toBe(0);
    speech.breaks = false;
    await narrate('2');
    expect(soundOf('2')).toBe('nova says Hello.');
  });

  it('is not kept where the engine costs next to nothing', async () => {
    speech.keepsSounds = false;
    await narrate('1');
    await narrate('2');
    expect([speech.spoken, speech.asked]).toEqual([2, 2]);
    expect([...objects.kept.keys()]).toEqual(['objects/stories/1/narration.wav', 'objects/stories/2/narration.wav']);
  });

  it('is kept when it is spoken at once, by an audio service of a version before', async () => {
    speech.knowsKeyFirst = false;
    await narrate('1');
    expect([soundOf('1'), speech.spoken]).toEqual(['nova says Hello.', 1]);
    speech.knowsKeyFirst = true;
    await narrate('2');
    expect([soundOf('2'), speech.spoken]).toEqual(['nova says Hello.', 1]);
  });

  it.each([true, false])('ends when it cannot be stored; known beforehand: %p', async (keepsSounds) => {
    speech.keepsSounds = keepsSounds;
    const signals: AbortSignal[] = [];
    const { synthesize } = speech;
    speech.synthesize = function (this: Speech, asked: Asked, { signal }: { signal: AbortSignal }) {
      signals.push(signal);
      return synthesize.call(this, asked);
    } as never;
    objects.uploadObject = () => Promise.reject(new Error('the store is down'));
    await expect(narrate('1')).rejects.toThrow('the store is down');
    expect(signals.map(({ aborted }) => aborted)).toEqual(keepsSounds ? [true, true] : [true]);
  });

  it('is made although it cannot be remembered', async () => {
    const { uploadObject } = objects;
    objects.uploadObject = async (parts) => {
      const stored = await uploadObject.call(objects, parts);
      if (stored.name.startsWith('objects/sounds/')) throw new Error('the store is down');
      return stored;
    };
    await expect(narrate('1')).resolves.toMatchObject({ voice: 'nova' });
  });

  it('counts hits and misses', async () => {
    const count = (how: string) => processMetrics.counter(METRICS.soundLookups, { [LABELS.soundLookup]: how }).value;
    const [hits, misses] = [count('hit'), count('miss')];
    for (const object of ['1', '2', '3']) await narrate(object);
    expect([count('hit') - hits, count('miss') - misses]).toEqual([2, 1]);
  });
});

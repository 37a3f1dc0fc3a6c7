import { expect, it } from '@jest/globals';
import { chunksOf, PAUSE_MS, shapePiece } from '../src/speech/join-speech.ts';
import { tone } from './beeping-engine.ts';
import { largestJumpAtJoins, silentEdgesMs } from './sound.ts';

const RATE = 8_000;
const PER_MS = RATE / 1000;
const padded = (before: number, sound: number, after: number): Int16Array<ArrayBuffer> => {
  const samples = new Int16Array(before + sound + after);
  samples.set(tone(sound), before);
  return samples;
};
const shape = (samples: Int16Array<ArrayBuffer>, speed = 1): Int16Array<ArrayBuffer> =>
  shapePiece({ samples, sampleRateHz: RATE }, 'sentence', speed);

it('keeps 40 ms of an engine’s own silence and adds the pause', () => {
  const shaped = shape(padded(4_000, 1_600, 2_400));
  expect(shaped.length).toBe(1_600 + 2 * 40 * PER_MS + PAUSE_MS.sentence * PER_MS);
  expect(silentEdgesMs({ samples: shaped, sampleRateHz: RATE }).start).toBeCloseTo(40, 0);
});

it('pauses are longer after a sentence than in it, and longest after a paragraph', () => {
  expect(PAUSE_MS.clause).toBeLessThan(PAUSE_MS.sentence);
  expect(PAUSE_MS.sentence).toBeLessThan(PAUSE_MS.paragraph);
});

it('pauses follow the speaking rate', () => {
  const pause = (speed: number): number => shape(tone(800), speed).length - 800;
  expect(pause(2)).toBe(pause(1) / 2);
});

it('sound that ends abruptly does not click', () => {
  const joined = [tone(1_600), tone(1_600)].map((samples) => [...shape(samples)]).flat();
  const sound = { samples: Int16Array.from(joined), sampleRateHz: RATE };
  expect(largestJumpAtJoins(sound, 100)).toBeLessThan(1_500);
  const careless = {
    samples: Int16Array.from([...tone(1_600), ...new Int16Array(2_560), ...tone(1_600)]),
    sampleRateHz: RATE,
  };
  expect(largestJumpAtJoins(careless, 100)).toBeGreaterThan(10_000);
});

it('the noise of a quiet room counts as silence', () => {
  const noisy = padded(1_600, 1_600, 1_600).map((sample, i) => sample + (i % 2 ? 40 : -40));
  expect(shape(noisy).length).toBe(shape(padded(1_600, 1_600, 1_600)).length);
});

it('silence becomes the pause alone, and a single sample is no problem', () => {
  expect(shape(new Int16Array(5_000)).length).toBe(PAUSE_MS.sentence * PER_MS);
  expect(shape(Int16Array.of(900)).length).toBe(1 + PAUSE_MS.sentence * PER_MS);
});

it('chunks are the bytes in order, none too large', () => {
  const samples = tone(1_000);
  const chunks = [...chunksOf(samples, 600)];
  expect(chunks.map((chunk) => chunk.length)).toEqual([600, 600, 600, 200]);
  expect(Buffer.concat(chunks).equals(Buffer.from(samples.buffer))).toBe(true);
});

it('chunks of a part of a buffer hold that part only', () => {
  expect([...chunksOf(tone(100).subarray(10, 20), 600)].map((chunk) => chunk.length)).toEqual([20]);
});

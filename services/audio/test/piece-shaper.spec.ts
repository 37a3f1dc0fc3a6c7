import { expect, it } from '@jest/globals';
import { PieceShaper } from '../src/speech/piece-shaper.ts';
import { tone } from './beeping-engine.ts';
import { largestJumpAtJoins, silentEdgesMs } from './sound.ts';

const RATE = 8_000;
const PER_MS = RATE / 1000;
const PAUSE = new Int16Array(320 * PER_MS);

const padded = (before: number, sound: number, after: number): Int16Array<ArrayBuffer> => {
  const samples = new Int16Array(before + sound + after);
  samples.set(tone(sound), before);
  return samples;
};

/** Shaped as it comes in pieces of so many samples. */
function shape(samples: Int16Array<ArrayBuffer>, size = samples.length): Int16Array<ArrayBuffer> {
  const shaper = new PieceShaper(RATE);
  const parts: number[] = [];
  for (let at = 0; at < samples.length; at += size) parts.push(...shaper.push(samples.slice(at, at + size)));
  return Int16Array.from([...parts, ...shaper.end()]);
}

it('keeps 40 ms of an engine’s own silence', () => {
  const shaped = shape(padded(4_000, 1_600, 2_400));
  expect(shaped.length).toBe(1_600 + 2 * 40 * PER_MS);
  expect(silentEdgesMs({ samples: shaped, sampleRateHz: RATE }).start).toBeCloseTo(40, 0);
});

it.each([1, 37, 80, 1_000])('is the same in pieces of %i samples', (size) => {
  for (const samples of [padded(4_000, 1_600, 2_400), padded(0, 1_630, 0), padded(330, 50, 3), tone(1)])
    expect([...shape(samples, size)]).toEqual([...shape(samples)]);
});

it('hands sound over before the piece has ended, and silence inside it with the next sound', () => {
  const shaper = new PieceShaper(RATE);
  expect(shaper.push(padded(800, 800, 0)).length).toBe(800 + 40 * PER_MS - 5 * PER_MS);
  expect(shaper.push(new Int16Array(4_000)).length).toBe(0);
  expect(shaper.push(tone(800)).length).toBe(4_800);
});

it('sound that ends abruptly does not click', () => {
  const joined = [tone(1_600), tone(1_600)].flatMap((samples) => [...shape(samples), ...PAUSE]);
  const sound = { samples: Int16Array.from(joined), sampleRateHz: RATE };
  expect(largestJumpAtJoins(sound, 100)).toBeLessThan(1_500);
  const careless = { samples: Int16Array.from([...tone(1_600), ...PAUSE, ...tone(1_600)]), sampleRateHz: RATE };
  expect(largestJumpAtJoins(careless, 100)).toBeGreaterThan(10_000);
});

it('the noise of a quiet room counts as silence', () => {
  const noisy = padded(1_600, 1_600, 1_600).map((sample, i) => sample + (i % 2 ? 40 : -40));
  expect(shape(noisy).length).toBe(shape(padded(1_600, 1_600, 1_600)).length);
});

it('of silence nothing is left, and a single sample is no problem', () => {
  expect(shape(new Int16Array(5_000)).length).toBe(0);
  expect(shape(Int16Array.of(900)).length).toBe(1);
});

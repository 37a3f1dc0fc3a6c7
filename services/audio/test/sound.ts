/** Measures of sound, for tests that cannot listen. */

export interface Sound {
  samples: Int16Array;
  sampleRateHz: number;
}

export const seconds = ({ samples, sampleRateHz }: Sound): number => samples.length / sampleRateHz;

/** Share of 20 ms frames louder than −35 dBFS. */
export function loudShare(sound: Sound): number {
  const frames = frameLevels(sound);
  return frames.filter((level) => level > -35).length / frames.length;
}

/** Level of each 20 ms frame in dBFS; −Infinity for silence. */
export function frameLevels({ samples, sampleRateHz }: Sound): number[] {
  const size = sampleRateHz / 50;
  const count = Math.floor(samples.length / size);
  return Array.from({ length: count }, (_, index) => {
    const frame = samples.subarray(index * size, (index + 1) * size);
    const power = frame.reduce((sum, sample) => sum + sample * sample, 0) / size;
    return 10 * Math.log10(power / 32_768 ** 2);
  });
}

/** Milliseconds before the first, and after the last, sample above −50 dBFS. */
export function silentEdgesMs({ samples, sampleRateHz }: Sound): { start: number; end: number } {
  const loud = (sample: number): boolean => Math.abs(sample) > 104;
  const perMs = sampleRateHz / 1000;
  return { start: samples.findIndex(loud) / perMs, end: (samples.length - 1 - samples.findLastIndex(loud)) / perMs };
}

/** Stretches of zeros at least `minMs` long: the pauses between pieces. */
export function pauses({ samples, sampleRateHz }: Sound, minMs: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  for (let i = 0; i <= samples.length; i++) {
    if (i < samples.length && samples[i] === 0) continue;
    if (i - start >= (minMs * sampleRateHz) / 1000) found.push({ start, end: i });
    start = i + 1;
  }
  return found;
}

/** The largest step from one sample to the next near the edges of the pauses, of 32,768. */
export function largestJumpAtJoins(sound: Sound, minPauseMs: number): number {
  const near = Math.round(sound.sampleRateHz / 1000);
  const jumps = pauses(sound, minPauseMs).flatMap(({ start, end }) => [
    jump(sound, start, near),
    jump(sound, end, near),
  ]);
  return Math.max(0, ...jumps);
}

function jump({ samples }: Sound, at: number, near: number): number {
  const from = Math.max(1, at - near);
  const part = samples.subarray(from - 1, Math.min(samples.length, at + near));
  return part.reduce((max, sample, i) => Math.max(max, Math.abs(sample - (part[i - 1] ?? sample))), 0);
}

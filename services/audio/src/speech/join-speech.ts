import type { Pcm } from './speech-engine.ts';
import type { PieceEnd } from './split-sentences.ts';

/** How long the voice rests after a piece, at normal speed. */
export const PAUSE_MS: Readonly<Record<PieceEnd, number>> = { clause: 120, sentence: 320, paragraph: 520, text: 100 };

/** Engines pad each piece with silence of their own; that much of it is kept, so that a soft onset is not cut. */
const KEPT_SILENCE_MS = 40;
/** Ramp at both edges, so that the signal meets the pause at zero and no click is heard. */
const FADE_MS = 5;
const FRAME_MS = 10;
/** A frame below −54 dBFS is silence: the noise floor of the recorded voices is at −56 and lower. */
const SILENCE_BELOW = 32_768 * 10 ** (-54 / 20);

/** One piece ready to be put after another: edges trimmed and faded, the pause appended. */
export function shapePiece(pcm: Pcm, end: PieceEnd, speed: number): Int16Array<ArrayBuffer> {
  const perMs = pcm.sampleRateHz / 1000;
  const sound = trimSilence(pcm.samples, perMs);
  const pause = Math.round((PAUSE_MS[end] / speed) * perMs);
  const shaped = new Int16Array(sound.length + pause);
  shaped.set(sound);
  fadeEdges(shaped.subarray(0, sound.length), Math.round(FADE_MS * perMs));
  return shaped;
}

function trimSilence(samples: Int16Array<ArrayBuffer>, perMs: number): Int16Array<ArrayBuffer> {
  const size = Math.round(FRAME_MS * perMs);
  const kept = Math.round(KEPT_SILENCE_MS * perMs);
  const frames = Math.ceil(samples.length / size);
  const isSound = (frame: number): boolean =>
    loudness(samples.subarray(frame * size, (frame + 1) * size)) >= SILENCE_BELOW;
  let first = 0;
  while (first < frames && !isSound(first)) first++;
  let last = frames;
  while (last > first && !isSound(last - 1)) last--;
  if (first === last) return samples.subarray(0, 0);
  return samples.subarray(Math.max(0, first * size - kept), Math.min(samples.length, last * size + kept));
}

/** Root mean square. */
const loudness = (frame: Int16Array): number =>
  Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);

function fadeEdges(samples: Int16Array<ArrayBuffer>, width: number): void {
  const ramp = Math.min(width, Math.floor(samples.length / 2));
  for (let i = 0; i < ramp; i++) {
    const gain = i / ramp;
    const back = samples.length - 1 - i;
    samples[i] = Math.round((samples[i] ?? 0) * gain);
    samples[back] = Math.round((samples[back] ?? 0) * gain);
  }
}

/** The bytes of the samples (little-endian, as in WAV and on every platform served), in chunks, without copying. */
export function* chunksOf(samples: Int16Array<ArrayBuffer>, maxChunkBytes: number): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  for (let at = 0; at < bytes.length; at += maxChunkBytes) yield bytes.subarray(at, at + maxChunkBytes);
}

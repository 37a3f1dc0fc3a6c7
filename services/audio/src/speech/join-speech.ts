import type { Pcm } from './speech-engine.ts';
import type { PieceEnd } from './split-sentences.ts';

/** How long the voice rests after a piece, at normal speed. */
export const PAUSE_MS: Readonly<Record<PieceEnd, number>> = { clause: 120, sentence: 320, paragraph: 520 };

/** Engines pad each piece with silence of their own; that much of it is kept before and after the sound. */
const KEPT_SILENCE_MS = 30;
/** Ramp at both edges, so that the signal meets the pause at zero and no click is heard. */
const FADE_MS = 5;
/** Full scale is 32,768; below this (−56 dBFS) an edge counts as silence. */
const SILENCE_BELOW = 52;

/** One piece ready to be put after another: edges trimmed and faded, the pause appended. */
export function shapePiece(pcm: Pcm, end: PieceEnd, speed: number): Int16Array<ArrayBuffer> {
  const perMs = pcm.sampleRateHz / 1000;
  const sound = trimSilence(pcm.samples, Math.round(KEPT_SILENCE_MS * perMs));
  const pause = Math.round((PAUSE_MS[end] / speed) * perMs);
  const shaped = new Int16Array(sound.length + pause);
  shaped.set(sound);
  fadeEdges(shaped.subarray(0, sound.length), Math.round(FADE_MS * perMs));
  return shaped;
}

function trimSilence(samples: Int16Array<ArrayBuffer>, kept: number): Int16Array<ArrayBuffer> {
  const isSound = (sample: number): boolean => Math.abs(sample) >= SILENCE_BELOW;
  const first = samples.findIndex(isSound);
  if (first < 0) return samples.subarray(0, 0);
  const last = samples.findLastIndex(isSound);
  return samples.subarray(Math.max(0, first - kept), Math.min(samples.length, last + 1 + kept));
}

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

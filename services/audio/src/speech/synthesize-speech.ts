import { planSpeech, type SpeechPlan } from './plan-speech.ts';
import { isOfInfrastructure, SpeechError } from './speech-error.ts';
import type { AudioFormat, Speaker, SpeechCall } from './speech-engine.ts';
import { speechFile, type SpeechFile } from './speech-file.ts';
import type { Piece } from './split-sentences.ts';
import type { ChosenVoice, VoiceRegistry } from './voice-registry.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface SpeechRequest {
  readonly text: string;
  /** Empty lets the language choose. */
  readonly voice: string;
  /** BCP 47; empty means that of the voice. */
  readonly language: string;
  /** Absent: WAV, or what the voice makes where it makes no WAV. */
  readonly format?: AudioFormat | undefined;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
  /** Where the sound has a key, the header alone: nothing is spoken. */
  readonly keyFirst?: boolean;
}

export interface SpeechLimits {
  /** Longest text an engine is given at once. */
  readonly maxPieceCharacters: number;
  readonly maxChunkBytes: number;
}

export interface SpeechHeader {
  readonly voice: string;
  readonly engine: string;
  readonly sampleRateHz: number;
  readonly format: AudioFormat;
  readonly contentType: string;
  readonly fallbackReason: string;
  /** Of the text. */
  readonly sentences: number;
  /** Equal for equal sound; empty where no sound is worth keeping. */
  readonly soundKey: Uint8Array;
}

export type SpeechPart = { type: 'header'; header: SpeechHeader } | { type: 'chunk'; bytes: Uint8Array<ArrayBuffer> };

/** Turns a text into sound: a header, then the bytes of one file. */
export type SynthesizeSpeech = (request: SpeechRequest, call: SpeechCall) => AsyncGenerator<SpeechPart, void>;

/** What became of one call; for counters and a line in the log. */
export interface SpeechReport {
  readonly voice: string;
  readonly engine: string;
  /** Of the text. */
  readonly sentences: number;
  /** What the engine was given, one after the other: a sentence each, or several. */
  readonly pieces: number;
  /** Pieces whose sound began. */
  readonly spoken: number;
  /** How many of them had begun when the first sound was handed over; 0 when none was. */
  readonly spokenAtFirstSound: number;
  /** Bytes handed over. */
  readonly bytes: number;
}

export interface SpeechParts {
  readonly registry: VoiceRegistry;
  readonly limits: SpeechLimits;
  /** Told once of every voice that was admitted, however its call ended. */
  readonly report?: (report: SpeechReport) => void;
  /** Told when another engine speaks than the one that should, and why. */
  readonly fellBack?: (fallback: { readonly from: string; readonly to: string; readonly reason: string }) => void;
}

/**
 * Speaks piece by piece at the reader's pace: a piece is begun when the last byte of the one before has been taken, so a
 * reader that stands still stops the engine. Nothing is handed over before there is sound: until then a voice of another engine
 * may take over from one whose engine breaks down.
 */
export const synthesizeSpeech = (parts: SpeechParts): SynthesizeSpeech =>
  async function* (request, call) {
    const candidates = parts.registry.candidates(request.voice, request.language, request.format);
    let failed: SpeechError | undefined;
    for (const [index, candidate] of candidates.entries()) {
      const isLast = index === candidates.length - 1;
      const chosen = failed ? { ...candidate, fallbackReason: whyNot(candidates[0], failed) } : candidate;
      const speech = speakAs(chosen, { request, call, isLast }, parts);
      const first = await speech.next().catch((error: unknown) => {
        // The voice that should have spoken is the one the caller is told of.
        if (failed) return undefined;
        if (isLast || !isOfInfrastructure(error)) throw error;
        failed = error;
        return undefined;
      });
      if (!first) continue;
      if (failed)
        parts.fellBack?.({ from: candidates[0].voice.engine, to: candidate.voice.engine, reason: failed.reason });
      if (!first.done) yield first.value;
      return yield* speech;
    }
    throw failed!;
  };

interface Task {
  readonly request: SpeechRequest;
  readonly call: SpeechCall;
  /** Nobody else can speak in its place. */
  readonly isLast: boolean;
}

async function* speakAs(
  chosen: ChosenVoice,
  { request, call, isLast }: Task,
  { limits, report }: SpeechParts,
): AsyncGenerator<SpeechPart, void> {
  const { voice, engine } = chosen;
  const plan = planSpeech(chosen, request, { ...limits, tenant: call.tenant });
  const { format, sentences, pieces, soundKey } = plan;
  call.signal.throwIfAborted();
  const file = speechFile(format, request.speed);
  if (request.keyFirst && soundKey.length > 0) {
    const { contentType } = file;
    yield { type: 'header', header: headerOf(chosen, plan, { contentType, sampleRateHz: voice.sampleRateHz }) };
    return;
  }
  // Whoever is silent leaves half of the time to the next.
  const patienceMs = isLast ? Infinity : call.deadline.remainingMs() / 2;
  const speaker = engine.open({ voice: voice.name, format, speed: request.speed, call, patienceMs });
  const done = { spoken: 0, spokenAtFirstSound: 0, bytes: 0 };
  try {
    for await (const bytes of soundOf(pieces, { speaker, file, begun: () => void done.spoken++ })) {
      if (done.bytes === 0) {
        done.spokenAtFirstSound = done.spoken;
        yield { type: 'header', header: headerOf(chosen, plan, file) };
      }
      for (const chunk of chunksOf(bytes, limits.maxChunkBytes)) {
        call.signal.throwIfAborted();
        done.bytes += chunk.length;
        yield { type: 'chunk', bytes: chunk };
      }
    }
  } finally {
    speaker.close();
    report?.({ voice: voice.name, engine: voice.engine, sentences, pieces: pieces.length, ...done });
  }
}

/** The bytes of the file, one piece after the other. */
async function* soundOf(
  pieces: readonly Piece[],
  { speaker, file, begun }: { speaker: Speaker; file: SpeechFile; begun: () => void },
): AsyncGenerator<Bytes, void> {
  for (const piece of pieces) {
    let isBegun = false;
    for await (const bytes of file.add(piece, speaker.speak(piece.text))) {
      if (bytes.length === 0) continue;
      if (!isBegun) begun();
      isBegun = true;
      yield bytes;
    }
  }
}

function* chunksOf(bytes: Bytes, maxChunkBytes: number): Generator<Bytes> {
  for (let at = 0; at < bytes.length; at += maxChunkBytes) yield bytes.subarray(at, at + maxChunkBytes);
}

function headerOf(
  { voice, fallbackReason }: ChosenVoice,
  { format, sentences, soundKey }: SpeechPlan,
  { sampleRateHz, contentType }: Pick<SpeechFile, 'sampleRateHz' | 'contentType'>,
): SpeechHeader {
  const { name, engine } = voice;
  return { voice: name, engine, sampleRateHz, format, contentType, fallbackReason, sentences, soundKey };
}

function whyNot({ voice, fallbackReason }: ChosenVoice, { reason }: SpeechError): string {
  const why = `voice "${voice.name}" of ${voice.engine} failed with ${reason}`;
  return fallbackReason === '' ? why : `${fallbackReason}; ${why}`;
}

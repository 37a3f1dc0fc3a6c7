import { chunksOf, shapePiece } from './join-speech.ts';
import { SpeechError } from './speech-error.ts';
import type { AudioFormat, Pcm, Voice } from './speech-engine.ts';
import { splitSentences, type Piece } from './split-sentences.ts';
import type { ChosenVoice, VoiceRegistry } from './voice-registry.ts';
import { wavHeader } from './wav.ts';

export interface SpeechRequest {
  readonly text: string;
  /** Empty lets the language choose. */
  readonly voice: string;
  /** BCP 47; empty means that of the voice. */
  readonly language: string;
  readonly format: AudioFormat;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
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
  /** Pieces that will be spoken. */
  readonly sentences: number;
}

export type SpeechPart = { type: 'header'; header: SpeechHeader } | { type: 'chunk'; bytes: Uint8Array<ArrayBuffer> };

/** Turns a text into sound: a header, then the bytes of one file. */
export type SynthesizeSpeech = (request: SpeechRequest, signal: AbortSignal) => AsyncGenerator<SpeechPart, void>;

/** What became of one call; for counters and a line in the log. */
export interface SpeechReport {
  readonly voice: string;
  /** Pieces of the text. */
  readonly sentences: number;
  /** Pieces an engine made: the same when the text was spoken to its end. */
  readonly spoken: number;
  /** How many of them were made when the first sound was handed over; 0 when none was. */
  readonly spokenAtFirstSound: number;
  /** Bytes handed over, header included. */
  readonly bytes: number;
}

export interface SpeechParts {
  readonly registry: VoiceRegistry;
  readonly limits: SpeechLimits;
  /** Told once of every call that was admitted, however it ended. */
  readonly report?: (report: SpeechReport) => void;
}

/**
 * Speaks piece by piece at the reader's pace: a piece is begun when the last byte of the one before has been taken, so a
 * reader that stands still stops the engine, and no more than one piece is in memory.
 */
export const synthesizeSpeech = ({ registry, limits, report }: SpeechParts): SynthesizeSpeech =>
  async function* (request, signal) {
    const chosen = registry.choose(request.voice, request.language);
    checkFormat(chosen, request.format);
    const pieces = sayablePieces(request.text, chosen, limits.maxPieceCharacters);
    signal.throwIfAborted();
    const { voice, engine } = chosen;
    const speaker = engine.open({ voice: voice.name, speed: request.speed, signal });
    const done = { spoken: 0, spokenAtFirstSound: 0, bytes: 0 };
    const chunk = (bytes: Uint8Array<ArrayBuffer>): SpeechPart => {
      signal.throwIfAborted();
      done.bytes += bytes.length;
      return { type: 'chunk', bytes };
    };
    try {
      yield { type: 'header', header: headerOf(chosen, request.format, pieces.length) };
      yield chunk(wavHeader(voice.sampleRateHz));
      for (const { text, end } of pieces) {
        const pcm = await speaker.speak(text);
        done.spoken++;
        checkRate(pcm, voice);
        for (const bytes of chunksOf(shapePiece(pcm, end, request.speed), limits.maxChunkBytes)) {
          done.spokenAtFirstSound ||= done.spoken;
          yield chunk(bytes);
        }
      }
    } finally {
      speaker.close();
      report?.({ voice: voice.name, sentences: pieces.length, ...done });
    }
  };

function sayablePieces(text: string, { engine, voice }: ChosenVoice, maxCharacters: number): Piece[] {
  if (splitSentences(text, maxCharacters).length === 0)
    throw new SpeechError('TEXT_EMPTY', 'text is empty', { field: 'text' });
  const pieces = splitSentences(engine.sayable(text), maxCharacters);
  if (pieces.length > 0) return pieces;
  const message = `text is empty: it has no letters or digits that voice "${voice.name}" can say`;
  throw new SpeechError('TEXT_EMPTY', message, { field: 'text', voice: voice.name });
}

function checkFormat({ voice }: ChosenVoice, format: AudioFormat): void {
  if (voice.formats.includes(format)) return;
  const formats = voice.formats.join(', ');
  const message = `engine "${voice.engine}" does not make ${format}; voice "${voice.name}" is made as ${formats}`;
  throw new SpeechError('FORMAT_UNSUPPORTED', message, { format, formats, engine: voice.engine, voice: voice.name });
}

function headerOf({ voice, fallbackReason }: ChosenVoice, format: AudioFormat, sentences: number): SpeechHeader {
  const { name, engine, sampleRateHz } = voice;
  return { voice: name, engine, sampleRateHz, format, contentType: 'audio/wav', fallbackReason, sentences };
}

function checkRate({ sampleRateHz }: Pcm, voice: Voice): void {
  if (sampleRateHz === voice.sampleRateHz) return;
  const [made, expected] = [String(sampleRateHz), String(voice.sampleRateHz)];
  const message = `the speech engine made ${made} samples a second where voice "${voice.name}" has ${expected}`;
  throw new SpeechError('ENGINE_FAILED', message, { sample_rate_hz: made, expected_hz: expected });
}

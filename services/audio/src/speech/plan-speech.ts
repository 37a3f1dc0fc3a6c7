import { groupSentences } from './group-sentences.ts';
import { SpeechError } from './speech-error.ts';
import type { AudioFormat } from './speech-engine.ts';
import { soundKey } from './sound-key.ts';
import { splitSentences, type Piece } from './split-sentences.ts';
import type { ChosenVoice } from './voice-registry.ts';

/** How a voice says a text, as far as that is known before its engine is asked. */
export interface SpeechPlan {
  readonly format: AudioFormat;
  /** Of the text. */
  readonly sentences: number;
  /** What the engine is given, one after the other. */
  readonly pieces: readonly Piece[];
  readonly soundKey: Uint8Array;
}

export interface Wanted {
  readonly text: string;
  readonly format?: AudioFormat | undefined;
  readonly speed: number;
}

/** Throws TEXT_EMPTY. */
export function planSpeech(
  chosen: ChosenVoice,
  { text, format: asked, speed }: Wanted,
  { tenant, maxPieceCharacters }: { tenant: string; maxPieceCharacters: number },
): SpeechPlan {
  const format = asked ?? chosen.voice.formats[0]!;
  const { sentences, pieces } = sayablePieces(text, chosen, maxPieceCharacters);
  return { format, sentences, pieces, soundKey: soundKey(chosen, { tenant, format, speed, pieces }) };
}

/** What the engine is given, and how many sentences that is. */
function sayablePieces(
  text: string,
  { engine, voice }: ChosenVoice,
  maxCharacters: number,
): { sentences: number; pieces: Piece[] } {
  if (splitSentences(text, maxCharacters).length === 0)
    throw new SpeechError('TEXT_EMPTY', 'text is empty', { field: 'text' });
  const { pieceCharacters = maxCharacters, sentenceCharacters = maxCharacters } = engine;
  const most = Math.min(maxCharacters, pieceCharacters, sentenceCharacters);
  const sentences = splitSentences(engine.sayable(text), most);
  if (sentences.length > 0) {
    const pieces = engine.pieceCharacters ? groupSentences(sentences, most) : sentences;
    return { sentences: sentences.length, pieces };
  }
  const message = `text is empty: it has no letters or digits that voice "${voice.name}" can say`;
  throw new SpeechError('TEXT_EMPTY', message, { field: 'text', voice: voice.name });
}

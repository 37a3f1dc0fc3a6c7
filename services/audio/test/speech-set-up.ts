import {
  SpeechError,
  synthesizeSpeech,
  VoiceRegistry,
  type SpeechPart,
  type SpeechReport,
  type SpeechRequest,
} from '../src/speech/index.ts';
import { BeepingEngine } from './beeping-engine.ts';
import { callOf } from './calls.ts';
import { collect } from './collect.ts';

export const TEXT = 'First sentence here. Second one follows. Third is last.';
const never = new AbortController().signal;

/** The first engine is the one whose voice is the default. */
export function setUp(maxPieceCharacters = 5_000, engines: readonly BeepingEngine[] = [new BeepingEngine()]) {
  const engine = engines[0]!;
  const registry = new VoiceRegistry(engines, { defaultVoice: '', fallbackVoices: [] });
  const reports: SpeechReport[] = [];
  const fallbacks: { from: string; to: string; reason: string }[] = [];
  const limits = { maxPieceCharacters, maxChunkBytes: 1_024 };
  const synthesize = synthesizeSpeech({
    registry,
    limits,
    report: (report) => void reports.push(report),
    fellBack: (fallback) => void fallbacks.push(fallback),
  });
  const speak = (request: Partial<SpeechRequest>, signal = never): AsyncGenerator<SpeechPart, void> =>
    synthesize({ text: TEXT, voice: '', language: '', format: 'wav', speed: 1, ...request }, callOf(signal));
  return { engine, reports, fallbacks, speak };
}

/** What speech that fails ends with. */
export const failure = async (parts: AsyncGenerator<SpeechPart, void>): Promise<SpeechError> => {
  try {
    await collect(parts);
  } catch (error) {
    if (error instanceof SpeechError) return error;
    throw error;
  }
  throw new Error('did not fail');
};

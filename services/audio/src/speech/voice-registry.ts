import { SpeechError } from './speech-error.ts';
import type { AudioFormat, SpeechEngine, Voice } from './speech-engine.ts';

export interface VoicePreferences {
  /** Speaks when no voice is asked for; the first voice of the first engine when empty. */
  readonly defaultVoice: string;
  /** Tried in this order when the voice that should speak does not speak the language; then any that does, engine by engine. */
  readonly fallbackVoices: readonly string[];
}

export interface ChosenVoice {
  readonly voice: Voice;
  readonly engine: SpeechEngine;
  /** Why another voice than the one asked for, or the default, speaks; empty when it is that one. */
  readonly fallbackReason: string;
}

/** What has to be turned on for a language no voice speaks. */
const ENABLE = 'a multilingual speech engine (EXEMPLA_AUDIO_ESPEAK, OPENAI_API_KEY or ELEVENLABS_API_KEY)';
const DEFAULT_LANGUAGE = 'en';

/** The voices of every engine, and the rules by which one is chosen. */
export class VoiceRegistry {
  /** By name. */
  readonly voices: readonly Voice[];
  readonly defaultVoice: string;
  readonly #byName = new Map<string, { voice: Voice; engine: SpeechEngine }>();
  readonly #preferred: readonly Voice[];

  /** Throws when a preference names a voice that is not there, or two voices share a name. */
  constructor(engines: readonly SpeechEngine[], preferences: VoicePreferences) {
    for (const engine of engines) {
      for (const voice of engine.voices) {
        if (this.#byName.has(voice.name)) throw new Error(`two voices are named "${voice.name}"`);
        this.#byName.set(voice.name, { voice, engine });
      }
    }
    const inOrder = [...this.#byName.values()].map(({ voice }) => voice);
    this.voices = inOrder.toSorted(byName);
    this.defaultVoice = preferences.defaultVoice || (inOrder[0]?.name ?? '');
    const named = [this.defaultVoice, ...preferences.fallbackVoices].map((name) => this.#named(name).voice);
    // Behind those named the order of the engines, which put their best first.
    this.#preferred = [...new Set([...named, ...inOrder])];
  }

  /**
   * The voice that speaks, and behind it the best voice of each other engine, for the case that its own breaks down. The first
   * is the one asked for, else the default, else one that speaks the language. Without a format any will do.
   */
  candidates(name: string, language: string, format?: AudioFormat): readonly [ChosenVoice, ...ChosenVoice[]] {
    const asked = this.#named(name === '' ? this.defaultVoice : name);
    const tag = language || mainLanguage(name === '' ? undefined : asked.voice);
    const isFit = fluency(asked.voice, tag) > 0;
    const speaking = this.#speaking(tag);
    const able = speaking.filter(({ formats }) => !format || formats.includes(format));
    const first = name !== '' && isFit ? asked.voice : (able[0] ?? speaking[0]!);
    if (format && !first.formats.includes(format)) throw withoutFormat(first, format);
    const engines = new Set([first.engine]);
    const others = able.filter(({ engine }) => !engines.has(engine) && engines.add(engine));
    const chosen = (voice: Voice, fallbackReason = ''): ChosenVoice => ({ ...this.#named(voice.name), fallbackReason });
    const why = isFit ? madeAsOther(asked.voice, format) : speaksOther(asked.voice, tag);
    return [chosen(first, why), ...others.map((voice) => chosen(voice))];
  }

  /** Those who speak the very variety, then those who speak the language; the preferred ones first. */
  #speaking(tag: string): Voice[] {
    const speaking = this.#preferred.filter((voice) => fluency(voice, tag) > 0);
    if (speaking.length > 0) return speaking.sort((a, b) => fluency(b, tag) - fluency(a, tag));
    const languages = [...new Set(this.voices.flatMap((voice) => voice.languages))].sort().join(', ');
    const message = `no voice speaks "${tag}"; there are voices for ${languages}. Enable ${ENABLE}`;
    throw new SpeechError('LANGUAGE_WITHOUT_VOICE', message, { language: tag, languages, enable: ENABLE });
  }

  #named(name: string): { voice: Voice; engine: SpeechEngine } {
    const found = this.#byName.get(name);
    if (found) return found;
    const voices = this.voices.map((voice) => voice.name).join(', ');
    throw new SpeechError('VOICE_UNKNOWN', `there is no voice "${name}"; the voices are ${voices}`, {
      voice: name,
      voices,
    });
  }
}

/** What a voice speaks to somebody who does not say: English, if it can. */
const mainLanguage = (voice: Voice | undefined): string =>
  !voice || fluency(voice, DEFAULT_LANGUAGE) > 0 ? DEFAULT_LANGUAGE : voice.languages[0]!;

const speaksOther = (asked: Voice, tag: string): string =>
  `voice "${asked.name}" speaks ${asked.languages.join(', ')}, not "${tag}"`;

const madeAsOther = ({ name, formats }: Voice, format: AudioFormat | undefined): string =>
  !format || formats.includes(format) ? '' : `voice "${name}" is made as ${formats.join(', ')}, not ${format}`;

function withoutFormat({ name, engine, formats: made }: Voice, format: AudioFormat): SpeechError {
  const formats = made.join(', ');
  const message = `engine "${engine}" does not make ${format}; voice "${name}" is made as ${formats}`;
  return new SpeechError('FORMAT_UNSUPPORTED', message, { format, formats, engine, voice: name });
}

const byName = (a: Voice, b: Voice): number => (a.name < b.name ? -1 : 1);

/** How well a voice serves someone who asks for a language, as `fits` counts. */
export const fluency = (voice: Voice, asked: string): number =>
  Math.max(0, ...voice.languages.map((spoken) => fits(spoken, asked)));

/** How well a voice for `spoken` serves someone who asks for `asked`: 2 a range match, 1 another region, 0 not at all. */
function fits(spoken: string, asked: string): 0 | 1 | 2 {
  const [have, want] = [spoken.toLowerCase(), asked.toLowerCase()];
  if (have === want || have.startsWith(`${want}-`) || want.startsWith(`${have}-`)) return 2;
  return have.split('-')[0] === want.split('-')[0] ? 1 : 0;
}

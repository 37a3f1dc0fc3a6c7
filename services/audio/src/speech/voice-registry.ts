import { SpeechError } from './speech-error.ts';
import type { SpeechEngine, Voice } from './speech-engine.ts';

export interface VoicePreferences {
  /** Speaks when no voice is asked for. */
  readonly defaultVoice: string;
  /** Tried in this order when the voice that should speak does not speak the language; then any that does. */
  readonly fallbackVoices: readonly string[];
}

export interface ChosenVoice {
  readonly voice: Voice;
  readonly engine: SpeechEngine;
  /** Why another voice than the one asked for, or the default, speaks; empty when it is that one. */
  readonly fallbackReason: string;
}

/** What has to be turned on for a language no voice speaks. */
const ENABLE = 'a multilingual speech engine (espeak-ng, OpenAI speech or ElevenLabs)';
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
    this.voices = [...this.#byName.values()].map(({ voice }) => voice).sort(byName);
    this.defaultVoice = preferences.defaultVoice;
    const named = [preferences.defaultVoice, ...preferences.fallbackVoices].map((name) => this.#named(name).voice);
    this.#preferred = [...new Set([...named, ...this.voices])];
  }

  /** The voice that speaks: the one asked for, else the default, else a fallback that speaks the language. */
  choose(name: string, language: string): ChosenVoice {
    const first = this.#named(name === '' ? this.defaultVoice : name);
    if (name !== '' && (language === '' || fluency(first.voice, language) > 0)) return { ...first, fallbackReason: '' };
    const tag = language === '' ? DEFAULT_LANGUAGE : language;
    const voice = this.#bestFor(tag);
    if (name === '' && fluency(first.voice, tag) > 0) return { ...this.#named(voice.name), fallbackReason: '' };
    const fallbackReason = `voice "${first.voice.name}" speaks ${first.voice.languages.join(', ')}, not "${tag}"`;
    return { ...this.#named(voice.name), fallbackReason };
  }

  /** The first of the preferred voices that speaks the very variety, else the first that speaks the language. */
  #bestFor(tag: string): Voice {
    const best = this.#preferred.reduce((a, b) => (fluency(b, tag) > fluency(a, tag) ? b : a));
    if (fluency(best, tag) > 0) return best;
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

import type { Voice } from '../speech/index.ts';

/** Samples a second of every voice that eSpeak NG makes by itself. */
export const ESPEAK_RATE_HZ = 22_050;

/** A line of `--voices`: priority, language, age and gender, name, file, other languages with their priorities. */
const LINE = /^\s*(\d+)\s+(\S+)\s+\S+\s+(\S+)\s+\S+\s*(.*)$/;
const OTHER = /\((\S+) (\d+)\)/g;

interface Listed {
  readonly voice: Voice;
  /** How well it serves those who name its language without a region: 1 is best. */
  readonly priority: number;
}

/** The voices that `espeak-ng --voices` lists, those first that its authors prefer for a language. */
export function espeakVoices(list: string): Voice[] {
  const listed = list.split('\n').slice(1).flatMap(read);
  const byName = new Map(listed.reverse().map((entry) => [entry.voice.name, entry]));
  return [...byName.values()]
    .reverse()
    .sort((a, b) => a.priority - b.priority)
    .map(({ voice }) => voice);
}

function read(line: string): Listed[] {
  const [, priority, language = '', name = '', others = ''] = LINE.exec(line) ?? [];
  if (priority === undefined) return [];
  const found = [...others.matchAll(OTHER)].map(([, tag = '', at]) => ({ tag, at: Number(at) }));
  const languages = [language, ...found.map(({ tag }) => tag)].flatMap(tagOf);
  if (languages.length === 0) return [];
  const [base] = language.split('-');
  const voice: Voice = {
    name: `espeak-${language}`,
    engine: 'espeak-ng',
    languages: [...new Set(languages)],
    sampleRateHz: ESPEAK_RATE_HZ,
    description: `${name.replaceAll('_', ' ')}, synthetic`,
    formats: ['wav'],
  };
  return [{ voice, priority: found.find(({ tag }) => tag === base)?.at ?? Number(priority) }];
}

/** As BCP 47 writes it; empty when it is none. */
function tagOf(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

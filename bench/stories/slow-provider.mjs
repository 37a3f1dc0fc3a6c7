// What stands in for providers that are somewhere else: each answers after 200 ms, and computes nothing meanwhile.
import { scoreDraft, writeStory } from '../../services/orchestrator/dist/grammar/index.js';

export const PROVIDER_MS = 200;
const TEXTS = 5;
export const MODEL = 'slow-provider';

/** As the room of the grammar knows it; the request of the callers, in load.mjs, is the same. */
const brief = (seed) => ({
  kind: 'child',
  child: { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] },
  moral: { kind: 'kindness' },
  minutes: 1,
  seed,
});

/** Stories made beforehand: a provider computes on its own machine. */
export function preparedDrafts() {
  return Array.from({ length: TEXTS }, (_, seed) => {
    const { title, paragraphs, summary, moral, companion, place } = writeStory(brief(seed));
    const usage = { promptTokens: 400, completionTokens: 300 };
    const generation = { model: MODEL, prompt: 'a story of Mia', usage, costMicroUsd: undefined, errorReason: '' };
    return { title, paragraphs, summary, moral, companion, place, generation };
  });
}

/** What a scripted upstream says: a story of which no second draft is asked for. */
export function preparedAnswer() {
  const { title, paragraphs, summary, companion, place } = writeStory(brief(0));
  return `${title}\n\n${paragraphs.join('\n\n')}\n\n===\n${JSON.stringify({ summary, companion, place })}`;
}

/** Judges where it is called, as synchronous code does. */
export const judgeHere = {
  passingScore: 7,
  judges: () => true,
  judge: async (_brief, draft) => {
    const words = draft.paragraphs.join(' ').split(/\s+/).length;
    const { overall, parts } = scoreDraft(brief(0), { ...draft, skeleton: '', words });
    return { total: overall, criteria: parts.map(({ name, score }) => ({ name, score })) };
  },
};

/** A writer of stories; `wait(ms, signal)` is how its caller waits for it. */
export function slowWriter(wait, drafts) {
  return {
    names: [MODEL],
    isPaid: false,
    writes: () => true,
    write: async ({ seed }, { signal }) => {
      await wait(PROVIDER_MS, signal);
      return drafts[Math.abs(seed) % drafts.length];
    },
  };
}

const SAMPLE_RATE_HZ = 8_000;
const MS_PER_CHARACTER = 10;

/** A voice: the first sound of a call takes as long as a provider does, the rest is there when it is asked for. */
export function slowVoice(wait) {
  const voice = { name: MODEL, engine: MODEL, languages: ['en'], sampleRateHz: SAMPLE_RATE_HZ, formats: ['wav'] };
  return {
    name: MODEL,
    voices: [{ ...voice, description: 'stands in for a provider' }],
    sayable: (text) => text,
    open: ({ call: { signal } }) => {
      let begun;
      return {
        speak: async function* (text) {
          await (begun ??= wait(PROVIDER_MS, signal));
          const length = (SAMPLE_RATE_HZ / 1_000) * MS_PER_CHARACTER * text.length;
          const samples = Int16Array.from({ length }, (_, i) => Math.round(20_000 * Math.cos(i / 5)));
          yield { type: 'pcm', samples, sampleRateHz: SAMPLE_RATE_HZ };
        },
        close: () => {},
      };
    },
    stats: () => ({}),
    close: async () => {},
  };
}

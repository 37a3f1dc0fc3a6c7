import type { Narration } from '../parts/index.ts';
import { TITLE_LINE_MAX, titleIn } from '../prompts/index.ts';
import { invalid } from './story-error.ts';
import type { Generation } from './ports.ts';
import type { GenerateRequest, GenerationInfo, NewStory, Story, StoryKind } from './types.ts';
import type { WrittenStory } from './write-story.ts';

// What a story is, apart from where it comes from and goes to: plain functions, no promises (S3-57).

const TITLE_MAX = 200;
const SUMMARY_MAX = 2_000;
const MORAL_MAX = 200;
const SERIES_MAX = 200;
const UNTITLED = 'A story';

export const kindOf = ({ child, hero }: Pick<GenerateRequest, 'child' | 'hero'>): StoryKind => {
  if (!child) return 'HERO';
  return hero === '' ? 'CHILD' : 'COMBINED';
};

/** The story that a draft becomes. `child` is the name of the child it is told to; empty for a hero's story. */
export function createStory(request: GenerateRequest, child: string, { draft, ...made }: WrittenStory): NewStory {
  const { title, text } = draft.title
    ? { title: draft.title, text: draft.paragraphs.join('\n\n') }
    : extractTitle(draft.paragraphs.join('\n\n'));
  return {
    title: clip(title, TITLE_MAX),
    text,
    summary: clip(draft.summary, SUMMARY_MAX),
    moral: clip(draft.moral, MORAL_MAX),
    kind: kindOf(request),
    child,
    hero: request.hero,
    language: request.language,
    lengthMinutes: request.lengthMinutes,
    audio: '',
    audioProvider: '',
    illustrations: [],
    model: draft.generation.model,
    generationInfo: infoOf(made.generations),
    score: made.score,
    parentStory: request.previousStory,
    companion: clip(draft.companion, SERIES_MAX),
    place: clip(draft.place, SERIES_MAX),
  };
}

/** What all drafts took together, those that came to nothing too. */
function infoOf(generations: readonly Generation[]): GenerationInfo {
  const used = generations.flatMap(({ usage }) => usage ?? []);
  const costs = generations.flatMap(({ costMicroUsd }) => costMicroUsd ?? []);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    attempts: generations.length,
    usage:
      used.length === 0
        ? undefined
        : {
            promptTokens: sum(used.map(({ promptTokens }) => promptTokens)),
            completionTokens: sum(used.map(({ completionTokens }) => completionTokens)),
          },
    costMicroUsd: costs.length === 0 ? undefined : sum(costs),
  };
}

/** Takes the title off a text that begins with one: `# Title`, `Title: …`, `**Title**` or a short first line. */
export function extractTitle(content: string): { title: string; text: string } {
  const [first = '', ...rest] = content.trim().split('\n');
  const text = rest.join('\n').trim();
  const title = titleIn(first);
  const isTitle = text !== '' && title !== '' && title.length <= TITLE_LINE_MAX;
  return isTitle ? { title, text } : { title: firstWords(content), text: content.trim() };
}

/** The story with its sound. */
export const attachAudio = <S extends Pick<Story, 'audio'>>(
  story: S,
  { object, voice }: Pick<Narration, 'object' | 'voice'>,
): S & Pick<Story, 'audio' | 'audioProvider'> => ({ ...story, audio: object, audioProvider: voice });

/** The story with a rating, 1 to 10; a second one takes the place of the first. */
export function rateStory<S extends Pick<Story, 'rating'>>(story: S, rating: number): S & { rating: number } {
  if (!Number.isInteger(rating) || rating < 1 || rating > 10) throw invalid('rating', 'must be 1 to 10');
  return { ...story, rating };
}

/** What is read aloud: the title, a pause, the story. */
export const spokenText = ({ title, text }: Pick<Story, 'title' | 'text'>): string =>
  `${/[.!?…]$/u.test(title) ? title : `${title}.`}\n\n${text}`;

const clip = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

function firstWords(content: string): string {
  const words = content.trim().split(/\s+/).slice(0, 6).join(' ');
  return words.replace(/[^\p{L}\p{N}]+$/u, '') || UNTITLED;
}

import { randomUUID } from 'node:crypto';
import type { ChildContent } from '../src/children/index.ts';
import type { HeroContent } from '../src/heroes/index.ts';
import type { NewRecord, Repository } from '../src/records/index.ts';
import type { GenerationContent, StoryContent, StoryUnit } from '../src/stories/index.ts';

export const childOf = (change: Partial<ChildContent> = {}): ChildContent => ({
  displayName: 'Mila',
  age: { type: 'years', years: 5 },
  gender: 'FEMALE',
  interests: ['dragons', 'the sea'],
  ...change,
});

export const heroOf = (change: Partial<HeroContent> = {}): HeroContent => ({
  displayName: 'Captain Straße “ünïcode” 🦉',
  gender: 'OTHER',
  appearance: 'a blue coat, {"one", NULL} \\ button',
  traits: ['brave', 'curious, at times'],
  interests: ['"maps"'],
  strengths: [],
  language: 'en',
  ...change,
});

/** Of a hero: it needs no child. */
export const storyOf = (change: Partial<StoryContent> = {}): StoryContent => ({
  title: 'The lighthouse',
  text: 'Once upon a time 🦉 …',
  summary: 'A light goes out.',
  moral: 'kindness',
  kind: 'HERO',
  childId: undefined,
  child: undefined,
  heroId: randomUUID(),
  parentId: randomUUID(),
  companion: 'Pip the hedgehog',
  place: 'the harbour town of Saltby',
  language: 'en-GB',
  lengthMinutes: 5,
  rating: 7,
  audio: 'objects/a.wav',
  audioProvider: 'flite',
  illustrations: ['objects/1.png', 'objects/2.png'],
  model: 'offline-grammar',
  generationInfo: { attempts: 2, usage: { promptTokens: 10, completionTokens: 20 }, costMicroUsd: 1_000_000_000_000 },
  score: { total: 8.5, criteria: [{ name: 'age', score: 9.25 }] },
  state: 'NEW',
  ...change,
});

export const generationOf = (change: Partial<GenerationContent> = {}): GenerationContent => ({
  storyId: randomUUID(),
  number: 0,
  model: 'a-model',
  prompt: 'Tell a story.',
  status: 'PENDING',
  usage: { promptTokens: 1, completionTokens: 2 },
  costMicroUsd: 1_000_000_000_000,
  errorReason: '',
  ...change,
});

export const newRecord = <C>(content: C, request?: NewRecord<C>['request']): NewRecord<C> => ({
  id: randomUUID(),
  etag: randomUUID(),
  content,
  request,
});

/** A kind of record: where it is, and different contents of it. */
export interface Kind {
  readonly name: string;
  readonly of: (unit: StoryUnit) => Repository<object, object>;
  readonly content: (unit: StoryUnit, number: number) => Promise<object>;
}

const kind = <C extends object, F>(
  name: string,
  of: (unit: StoryUnit) => Repository<C, F>,
  content: (number: number, unit: StoryUnit) => C | Promise<C>,
): Kind => ({ name, of: of as unknown as Kind['of'], content: async (unit, number) => content(number, unit) });

/** Parts need a story: one a tenant. */
async function ofOneStory({ stories }: StoryUnit, number: number): Promise<{ storyId: string; number: number }> {
  const storyId = '00000000-0000-4000-8000-000000000001';
  if (!(await stories.findById(storyId))) await stories.save({ ...newRecord(storyOf()), id: storyId });
  return { storyId, number: number + 1 };
}

const nothing = { summary: '', rating: undefined, illustrations: [], generationInfo: undefined, score: undefined };
const [heroId, parentId, childId] = [randomUUID(), randomUUID(), randomUUID()];

export const KINDS: readonly Kind[] = [
  kind(
    'children',
    ({ children }) => children,
    (i) => childOf({ displayName: `Straße “ünïcode” 🦉 ${i}` }),
  ),
  kind(
    'heroes',
    ({ heroes }) => heroes,
    (i) => heroOf({ displayName: `${i}` }),
  ),
  kind(
    'stories',
    ({ stories }) => stories,
    (i) => storyOf({ title: `${i}`, heroId, parentId }),
  ),
  kind(
    'stories of children, with nothing more',
    ({ stories }) => stories,
    (i) => storyOf({ ...nothing, title: `${i}`, heroId, childId, parentId: undefined, child: childOf() }),
  ),
  kind(
    'story revisions',
    ({ storyRevisions }) => storyRevisions,
    async (i, unit) => ({ ...(await ofOneStory(unit, i)), title: 'before', text: 'Once.' }),
  ),
  kind(
    'generations',
    ({ generations }) => generations,
    async (i, unit) => generationOf(await ofOneStory(unit, i)),
  ),
  kind(
    'generations of which little is known',
    ({ generations }) => generations,
    async (i, unit) => generationOf({ ...(await ofOneStory(unit, i)), usage: undefined, costMicroUsd: undefined }),
  ),
];

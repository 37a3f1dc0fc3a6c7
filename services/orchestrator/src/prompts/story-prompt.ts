import type { PromptAge, PromptBrief, PromptChild, PromptHero } from './brief.ts';
import { ANY_LANGUAGE, ENGLISH } from './english.ts';
import { RUSSIAN } from './russian.ts';
import type { PromptKind, Wording } from './wording.ts';

export const WORDS_PER_MINUTE = 150;

const WORDINGS: Readonly<Record<string, Wording>> = { en: ENGLISH, ru: RUSSIAN };

/** What a model is asked: instructions that are the same for everybody, and apart from them what was told, as data. */
export interface StoryPrompt {
  readonly system: string;
  readonly data: object;
}

/** The prompt for a story of whoever is in the brief. */
export function storyPrompt(brief: PromptBrief): StoryPrompt {
  const { child, hero } = brief;
  if (child && hero) return combinedPrompt({ ...brief, child, hero });
  if (child) return childPrompt({ ...brief, child });
  if (hero) return heroPrompt({ ...brief, hero });
  throw new Error('a story is of a child, a hero, or both');
}

export const childPrompt = (brief: PromptBrief & { child: PromptChild }): StoryPrompt =>
  promptOf('child', brief, (wording) => ({ child: childIn(wording, brief.child) }));

export const heroPrompt = (brief: PromptBrief & { hero: PromptHero }): StoryPrompt =>
  promptOf('hero', brief, (wording) => ({ hero: heroIn(wording, brief.hero) }));

export const combinedPrompt = (brief: PromptBrief & { child: PromptChild; hero: PromptHero }): StoryPrompt =>
  promptOf('combined', brief, (wording) => ({
    child: childIn(wording, brief.child),
    hero: heroIn(wording, brief.hero),
  }));

/** As it is kept beside a story. */
export const promptText = ({ system, data }: StoryPrompt): string => `${system}\n\n${JSON.stringify(data)}`;

/** A language without a wording of its own is asked for in English. */
const wordingOf = ({ language }: Pick<PromptBrief, 'language'>): Wording => {
  const [primary = ''] = language.toLowerCase().split('-');
  return WORDINGS[primary] ?? ANY_LANGUAGE;
};

function promptOf(kind: PromptKind, brief: PromptBrief, castIn: (wording: Wording) => object): StoryPrompt {
  const { moral, minutes, previous, language } = brief;
  const wording = wordingOf(brief);
  const data = {
    ...(wording.asksForLanguage && { language }),
    ...castIn(wording),
    moral: 'own' in moral ? moral.own : wording.morals[moral.kind],
    words: minutes * WORDS_PER_MINUTE,
    ...(previous && { previous: told(previousIn(previous)) }),
  };
  return { system: wording.system[kind], data };
}

const childIn = (wording: Wording, { displayName, age, gender, interests }: PromptChild): object =>
  told({
    name: displayName,
    age: age ? ageIn(wording, age) : '',
    pronouns: wording.pronouns[gender],
    likes: interests,
  });

const heroIn = (wording: Wording, hero: PromptHero): object =>
  told({
    name: hero.displayName,
    pronouns: wording.pronouns[hero.gender],
    looks: hero.appearance,
    traits: hero.traits,
    likes: hero.interests,
    good_at: hero.strengths,
  });

/** Of a whole story no more than this. */
const previousIn = ({ title, summary, companion, place }: NonNullable<PromptBrief['previous']>) => ({
  title,
  summary,
  companion,
  place,
});

/** Without what nobody told. */
const told = (facts: Readonly<Record<string, string | readonly string[]>>): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value.length > 0));

const ageIn = (wording: Wording, age: PromptAge): string =>
  age.type === 'years' ? wording.years(age.years) : wording.groups[age.group];

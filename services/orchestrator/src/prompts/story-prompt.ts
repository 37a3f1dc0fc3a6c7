import type { PromptAge, PromptBrief, PromptChild, PromptHero } from './brief.ts';
import { ENGLISH } from './english.ts';
import { RUSSIAN } from './russian.ts';
import type { Wording } from './wording.ts';

const WORDS_PER_MINUTE = 150;

const WORDINGS: Readonly<Record<string, Wording>> = { en: ENGLISH, ru: RUSSIAN };

/** The prompt for a story of whoever is in the brief. A language without a wording of its own is asked for in English. */
export function storyPrompt(brief: PromptBrief): string {
  const { child, hero } = brief;
  if (child && hero) return combinedPrompt({ ...brief, child, hero });
  if (child) return childPrompt({ ...brief, child });
  if (hero) return heroPrompt({ ...brief, hero });
  throw new Error('a story is of a child, a hero, or both');
}

export function childPrompt(brief: PromptBrief & { child: PromptChild }): string {
  const wording = wordingOf(brief);
  return inParagraphs(wording.task.child, factsOfChild(brief.child, wording), framing(brief, wording));
}

export function heroPrompt(brief: PromptBrief & { hero: PromptHero }): string {
  const wording = wordingOf(brief);
  return inParagraphs(wording.task.hero, factsOfHero(brief.hero, wording), framing(brief, wording));
}

export function combinedPrompt(brief: PromptBrief & { child: PromptChild; hero: PromptHero }): string {
  const wording = wordingOf(brief);
  return inParagraphs(
    wording.task.combined,
    factsOfChild(brief.child, wording),
    factsOfHero(brief.hero, wording),
    wording.together,
    framing(brief, wording),
  );
}

const inParagraphs = (...paragraphs: string[]): string => paragraphs.join('\n\n');

const wordingOf = ({ language }: Pick<PromptBrief, 'language'>): Wording => {
  const [primary = ''] = language.toLowerCase().split('-');
  return WORDINGS[primary] ?? ENGLISH;
};

/** As JSON has it: what is told cannot leave its quotation marks. */
const quoted = (text: string): string => JSON.stringify(text);
const list = (texts: readonly string[]): string => texts.map(quoted).join(', ');

function factsOfChild({ displayName, age, gender, interests }: PromptChild, wording: Wording): string {
  return facts(wording.child, [
    [wording.name, quoted(displayName)],
    [wording.age, age ? ageIn(wording, age) : ''],
    [wording.gender, wording.genders[gender]],
    [wording.interests, list(interests)],
  ]);
}

function factsOfHero(hero: PromptHero, wording: Wording): string {
  return facts(wording.hero, [
    [wording.name, quoted(hero.displayName)],
    [wording.gender, wording.genders[hero.gender]],
    [wording.appearance, hero.appearance === '' ? '' : quoted(hero.appearance)],
    [wording.traits, list(hero.traits)],
    [wording.interests, list(hero.interests)],
    [wording.strengths, list(hero.strengths)],
  ]);
}

const facts = (who: string, rows: readonly (readonly [string, string])[]): string =>
  [`${who}:`, ...rows.filter(([, value]) => value !== '').map(([key, value]) => `- ${key}: ${value}`)].join('\n');

const ageIn = (wording: Wording, age: PromptAge): string =>
  age.type === 'years' ? wording.years(age.years) : wording.groups[age.group];

function framing({ moral, minutes, previous, language }: PromptBrief, wording: Wording): string {
  const lesson = 'own' in moral ? quoted(moral.own) : wording.morals[moral.kind];
  const before = previous ? [wording.previous(quoted(previous.title), quoted(previous.summary))] : [];
  const other = wording === ENGLISH && !/^en(-|$)/i.test(language);
  return [
    wording.lesson(lesson),
    ...before,
    wording.length(minutes * WORDS_PER_MINUTE, minutes),
    ...(other ? [`Write in the language ${quoted(language)} in place of English.`] : []),
    ...wording.rules,
    wording.data,
  ].join('\n');
}

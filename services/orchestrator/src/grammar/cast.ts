import { ageOf, isTeen, type Gender, type StoryBrief } from './brief.ts';
import { companionNamed, companions, type Companion } from './companions.ts';
import { Dice } from './engine/random.ts';
import { pronounSlots } from './engine/pronouns.ts';
import { companionsOfTeens } from './teens/index.ts';
import type { Slots } from './engine/template.ts';
import { listed } from './engine/words.ts';
import { interestHelp, strengthHelp, tidied, type Help } from './topics/index.ts';

export interface Someone {
  readonly name: string;
  readonly gender: Gender;
}

export interface Cast {
  readonly hero: Someone;
  readonly companion: Companion;
  /** In a combined story the child's hero goes along, as the companion. */
  readonly partner?: Someone;
  readonly helps: readonly Help[];
  readonly partnerHelps: readonly Help[];
  /** The companion was there in the story before. */
  readonly returns: boolean;
}

const someone = (who: { name: string; gender: Gender }): Someone => ({
  // A name is data: only its white space is put in order.
  name: who.name.replace(/\s+/g, ' ').trim(),
  gender: who.gender,
});

const words = (items: readonly string[]): string[] => items.map(tidied).filter((item) => item !== '');
const strengthsOf = (items: readonly string[]): Help[] => words(items).map(strengthHelp);
const NO_INTEREST = 'small things';
const interestsOf = (items: readonly string[]): Help[] => words(items).map(interestHelp);
const orAny = (helps: Help[]): Help[] => (helps.length > 0 ? helps : [interestHelp(NO_INTEREST, 0)]);

const everybody = [...companions, ...companionsOfTeens];

const KNOWN_KIND = /^(?<name>.+?)(?: the |, (?:a|an|the) )(?<kind>[\p{L} -]+)$/u;

/** The companion of the story before, by what is said of it, or by a name we know in its summary. */
function companionBefore({ previous }: StoryBrief): Companion | undefined {
  if (previous === undefined) return undefined;
  const named = tidied(previous.companion ?? '');
  const { name = named, kind = 'friend' } = KNOWN_KIND.exec(named)?.groups ?? {};
  const known = everybody.find((companion) => companion.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  if (named !== '') return companionNamed(name, kind);
  const told = ` ${previous.title} ${previous.summary} `;
  return everybody.find((companion) => told.includes(` ${companion.name} the ${companion.kind}`));
}

function partnerCompanion(brief: NonNullable<StoryBrief['hero']>): Companion {
  const { name } = someone(brief);
  const traits = words(brief.traits);
  const looks = tidied(brief.appearance);
  const count = ['', 'One word was', 'Two words were', 'Three words were'][traits.length] ?? 'A few words were';
  const ways = [
    looks === '' ? '' : `Everyone knew ${name} from the pictures: ${looks}.`,
    traits.length === 0 ? '' : `${count} enough for ${name}, people said: ${listed(traits)}.`,
  ];
  const told = ways.filter((line) => line !== '').join(' ');
  return { ...companionNamed(name, 'hero'), ways: told === '' ? companionNamed(name, 'hero').ways : told };
}

function companionOf(brief: StoryBrief, taken: string): Companion {
  const all = isTeen(brief) ? companionsOfTeens : companions;
  const free = all.filter(({ name, kind }) => name !== taken && !tidied(interestText(brief)).includes(kind));
  return new Dice(`${brief.seed}/companion`).pick(free);
}

const interestText = (brief: StoryBrief): string =>
  [...(brief.child?.interests ?? []), ...(brief.hero?.interests ?? [])].join(' ').toLowerCase();

export function castOf(brief: StoryBrief): Cast {
  const { child, hero } = brief;
  const before = companionBefore(brief);
  if (brief.kind === 'hero') {
    if (!hero) throw new Error('a story of kind hero needs a hero');
    const main = someone(hero);
    return {
      hero: main,
      companion: before ?? companionOf(brief, main.name),
      helps: orAny([...strengthsOf(hero.strengths), ...interestsOf(hero.interests)]),
      partnerHelps: [],
      returns: before !== undefined,
    };
  }
  if (!child) throw new Error(`a story of kind ${brief.kind} needs a child`);
  const main = someone(child);
  const helps = orAny(interestsOf(child.interests));
  if (brief.kind === 'child')
    return {
      hero: main,
      companion: before ?? companionOf(brief, main.name),
      helps,
      partnerHelps: [],
      returns: before !== undefined,
    };
  if (!hero) throw new Error('a story of kind combined needs a hero');
  const companion = partnerCompanion(hero);
  return {
    hero: main,
    companion,
    partner: someone(hero),
    helps,
    partnerHelps: [...strengthsOf(hero.strengths), ...interestsOf(hero.interests)],
    returns: before?.name === companion.name,
  };
}

const NUMBERS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'.split(
    ' ',
  );

/** Slots of the one the story follows and the one beside. */
export function castSlots(cast: Cast, brief: StoryBrief): Slots {
  return {
    ...pronounSlots(cast.hero.gender),
    N: cast.hero.name,
    C: cast.companion.name,
    kind: cast.companion.kind,
    habit: cast.companion.habits[0] ?? '',
    otherHabit: cast.companion.habits[1] ?? '',
    grumble: cast.companion.grumble,
    age: NUMBERS[ageOf(brief)] ?? String(ageOf(brief)),
  };
}

/** The same with the two exchanged: for what the partner does. */
export function partnerSlots(cast: Cast): Slots {
  if (!cast.partner) return {};
  return { ...pronounSlots(cast.partner.gender), N: cast.partner.name, C: cast.hero.name };
}

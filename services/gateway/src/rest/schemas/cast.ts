import { Type, type Static } from 'typebox';
import { Etag, exactly, Gender, Language, line, maybe, NextPage, orNull, Time } from './parts.ts';

const entries = (description: string, minItems = 0) => Type.Array(line(100, description), { minItems, maxItems: 20 });
const kept = { id: Type.String(), etag: Etag, created_at: orNull(Time), updated_at: orNull(Time) };

const AgeGroup = Type.Enum(['2-3', '3-5', '5-7'], { description: 'An age that is not told to the year.' });
export type AgeGroup = Static<typeof AgeGroup>;
const child = {
  name: line(60, 'What the child is called.'),
  age: maybe(Type.Integer({ minimum: 1, maximum: 18, description: 'Years; or else age_group.' })),
  age_group: maybe(AgeGroup),
  gender: maybe(Gender),
  interests: entries('Something the child likes.', 1),
};
export const NewChild = exactly(child, { examples: [{ name: 'Mia', age: 5, gender: 'female', interests: ['stars'] }] });
export type NewChild = Static<typeof NewChild>;
export const ChildChange = exactly(
  {
    ...child,
    name: Type.Optional(child.name),
    interests: Type.Optional(child.interests),
  },
  { examples: [{ age: 6, interests: ['owls'] }] },
);
export type ChildChange = Static<typeof ChildChange>;
export const Child = Type.Object({
  ...kept,
  name: Type.String(),
  age: orNull(Type.Integer()),
  age_group: orNull(AgeGroup),
  gender: Gender,
  interests: Type.Array(Type.String()),
});
export type Child = Static<typeof Child>;
export const ChildPage = Type.Object({ children: Type.Array(Child), next_page_token: NextPage });

const hero = {
  name: line(60, 'What the hero is called.'),
  gender: maybe(Gender),
  appearance: maybe(Type.String({ maxLength: 1000, description: 'What the hero looks like.' })),
  traits: maybe(entries('What the hero is like.')),
  interests: maybe(entries('Something the hero likes.')),
  strengths: maybe(entries('Something the hero is good at.')),
  language: Language,
};
export const NewHero = exactly(hero, {
  examples: [
    { name: 'Torvald', language: 'en', appearance: 'a green coat', traits: ['curious'], strengths: ['climbing'] },
  ],
});
export type NewHero = Static<typeof NewHero>;
export const HeroChange = exactly(
  {
    ...hero,
    name: Type.Optional(hero.name),
    language: Type.Optional(hero.language),
  },
  { examples: [{ traits: ['brave'] }] },
);
export type HeroChange = Static<typeof HeroChange>;
export const Hero = Type.Object({
  ...kept,
  name: Type.String(),
  gender: Gender,
  appearance: Type.String(),
  traits: Type.Array(Type.String()),
  interests: Type.Array(Type.String()),
  strengths: Type.Array(Type.String()),
  language: Type.String(),
});
export type Hero = Static<typeof Hero>;
export const HeroPage = Type.Object({ heroes: Type.Array(Hero), next_page_token: NextPage });

import { Type, type Static } from 'typebox';

/** Text of one line. Markup and the like are text as any other. */
export const line = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*$', description });

/** What may be left out, or be null. */
export const maybe = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const Gender = Type.Enum(['male', 'female', 'other'], { description: 'Not told is other.' });
export type Gender = Static<typeof Gender>;

export const MORALS = [
  'kindness',
  'honesty',
  'bravery',
  'friendship',
  'perseverance',
  'empathy',
  'respect',
  'responsibility',
] as const;
export const Moral = Type.Enum([...MORALS], { description: 'What the story is to teach; kindness when not told.' });

export const Language = Type.String({
  minLength: 2,
  maxLength: 35,
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
  description: 'BCP 47 language tag, such as en.',
});

export const Minutes = Type.Integer({ minimum: 1, maximum: 30, description: 'Minutes it takes to read aloud.' });

export const Interests = Type.Array(line(100, 'Something the child likes.'), { minItems: 1, maxItems: 20 });

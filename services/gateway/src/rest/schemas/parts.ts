import { Type, type Static, type TSchema } from 'typebox';

/** Text of one line. Markup and the like are text as any other. */
export const line = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*$', description });

/** What may be left out, or be null. */
export const maybe = <T extends TSchema>(schema: T) => Type.Optional(orNull(schema));
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** An object that has these fields and no other. */
export const exactly = <T extends Parameters<typeof Type.Object>[0]>(fields: T, about: About = {}) =>
  Type.Object(fields, { additionalProperties: false, ...about });
interface About {
  description?: string;
  /** What somebody who tries it begins with. */
  examples?: readonly object[];
}

export const Id = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$', description: 'The last part of its resource name.' });
export const ById = exactly({ id: Id });
export const Etag = Type.String({ maxLength: 64, description: 'Changes with every write; goes into If-Match.' });
export const Time = Type.String({ format: 'date-time' });
export const Nothing = Type.Null({ description: 'Done.' });

export const Gender = Type.Enum(['male', 'female', 'other'], { description: 'Not told is other.' });
export type Gender = Static<typeof Gender>;

export const Moral = Type.Enum(
  ['kindness', 'honesty', 'bravery', 'friendship', 'perseverance', 'empathy', 'respect', 'responsibility'],
  { description: 'What the story is to teach; kindness when not told.' },
);
export type Moral = Static<typeof Moral>;

export const Language = Type.String({
  minLength: 2,
  maxLength: 35,
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
  description: 'BCP 47 language tag, such as en.',
});

/** Pages: both are asked for in the query. */
export const paging = {
  page_size: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 1,
      description: 'At most so many; 0 means 50, above 100 is taken as 100.',
    }),
  ),
  page_token: Type.Optional(Type.String({ maxLength: 500, description: 'next_page_token of the page before.' })),
};
export const NextPage = Type.String({ description: 'Empty on the last page.' });

/** A part that is missing, and why. */
export const Degraded = Type.Array(
  Type.Object({ step: Type.String(), reason: Type.String(), message: Type.String() }),
  { description: 'Optional parts that are missing, and why.' },
);

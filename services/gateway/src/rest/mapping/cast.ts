import type { Child as WireChild } from '@exempla/contracts/type/v1/child';
import type { Hero as WireHero } from '@exempla/contracts/type/v1/hero';
import { status, StatusError, type PartialMessage } from '@exempla/rpc';
import type { Child, ChildChange, Hero, HeroChange } from '../schemas/cast.ts';
import { fromAgeGroup, fromGender, idOf, renaming, timeOf, toAgeGroup, toGender } from './names.ts';

export const fromChild = (child: WireChild): Child => ({
  id: idOf(child.name),
  name: child.displayName,
  age: child.age?.$case === 'years' ? child.age.value : null,
  age_group: child.age?.$case === 'ageGroup' ? fromAgeGroup(child.age.value) : null,
  gender: fromGender(child.gender),
  interests: child.interests,
  etag: child.etag,
  created_at: timeOf(child.createTime),
  updated_at: timeOf(child.updateTime),
});

export const fromHero = (hero: WireHero): Hero => ({
  id: idOf(hero.name),
  name: hero.displayName,
  gender: fromGender(hero.gender),
  appearance: hero.appearance,
  traits: hero.traits,
  interests: hero.interests,
  strengths: hero.strengths,
  language: hero.language,
  etag: hero.etag,
  created_at: timeOf(hero.createTime),
  updated_at: timeOf(hero.updateTime),
});

export const toChild = (body: ChildChange): PartialMessage<WireChild> => ({
  displayName: body.name ?? '',
  age: ageOf(body),
  gender: toGender(body.gender),
  interests: body.interests ?? [],
});

function ageOf({ age, age_group }: ChildChange): PartialMessage<WireChild>['age'] {
  if (age && age_group) throw twoAges();
  if (age) return { $case: 'years', value: age };
  return age_group ? { $case: 'ageGroup', value: toAgeGroup(age_group) } : undefined;
}

const twoAges = (): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, 'INVALID_REQUEST', 'age and age_group: only one of them can be told', {
    violations: [{ field: 'age_group', description: 'only one of age and age_group can be told', rule: 'oneof' }],
  });

export const toHero = (body: HeroChange): PartialMessage<WireHero> => ({
  displayName: body.name ?? '',
  gender: toGender(body.gender),
  appearance: body.appearance ?? '',
  traits: body.traits ?? [],
  interests: body.interests ?? [],
  strengths: body.strengths ?? [],
  language: body.language ?? '',
});

/** The fields of a message that a body tells, for its update mask. */
export const maskOf = (body: object, fields: Readonly<Record<string, string>>): string[] =>
  Object.entries(body).flatMap(([key, value]) => (value === undefined ? [] : [fields[key] ?? key]));

export const CHILD_FIELDS = { name: 'display_name', age: 'years' };
export const HERO_FIELDS = { name: 'display_name' };

export const childFieldNames = renaming([
  ['child.display_name', 'name'],
  ['child.years', 'age'],
  ['child.age_group', 'age_group'],
  ['child.interests', 'interests'],
  ['child.gender', 'gender'],
]);
export const heroFieldNames = renaming([
  ['hero.display_name', 'name'],
  ...['gender', 'appearance', 'traits', 'interests', 'strengths', 'language'].map(
    (name) => [`hero.${name}`, name] as const,
  ),
]);

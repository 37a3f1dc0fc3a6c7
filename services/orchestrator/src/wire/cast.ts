// exempla.type.v1.Child and Hero ↔ room. Storage and our callers speak of the same resources.
import { AgeGroup as WireGroup, Gender as WireGender, type Child as WireChild } from '@exempla/contracts/type/v1/child';
import type { Hero as WireHero } from '@exempla/contracts/type/v1/hero';
import type { Age, AgeGroup, Child, ChildProfile, Gender, Hero, HeroProfile } from '../stories/index.ts';
import { enumNames } from './names.ts';

const genders = enumNames<Gender>(WireGender, 'GENDER_');
const groups = enumNames<AgeGroup>(WireGroup, 'AGE_GROUP_');

export function fromGender(gender: WireGender): Gender {
  const name = genders.from(gender);
  return name === 'UNSPECIFIED' ? 'OTHER' : name;
}

export const toGender = (gender: Gender): WireGender => genders.to(gender);

export function fromAge(age: WireChild['age']): Age | undefined {
  if (age === undefined) return undefined;
  if (age.$case === 'years') return { type: 'years', years: age.value };
  const group = groups.from(age.value);
  return group === 'UNSPECIFIED' ? undefined : { type: 'group', group };
}

export function toAge(age: Age | undefined): WireChild['age'] {
  if (age === undefined) return undefined;
  if (age.type === 'years') return { $case: 'years', value: age.years };
  return { $case: 'ageGroup', value: groups.to(age.group) };
}

type WireProfile = Pick<WireChild, 'displayName' | 'age' | 'gender' | 'interests'>;

export const fromProfile = ({ displayName, age, gender, interests }: WireProfile): ChildProfile => ({
  displayName,
  age: fromAge(age),
  gender: fromGender(gender),
  interests,
});

export const toProfile = ({ displayName, age, gender, interests }: ChildProfile): WireProfile => ({
  displayName,
  age: toAge(age),
  gender: toGender(gender),
  interests: [...interests],
});

export const fromChild = (child: WireChild): Child => ({ ...kept(child), ...fromProfile(child) });
export const toChild = (child: Child): WireChild => ({ ...kept(child), ...toProfile(child) });

export const fromHero = (hero: WireHero): Hero => ({ ...kept(hero), ...fromHeroProfile(hero) });
export const toHero = (hero: Hero): WireHero => ({ ...kept(hero), ...toHeroProfile(hero) });

type WireHeroProfile = Omit<WireHero, 'name' | 'etag' | 'createTime' | 'updateTime'>;

export const fromHeroProfile = ({ gender, ...hero }: WireHeroProfile): HeroProfile => ({
  ...told(hero),
  gender: fromGender(gender),
});

export const toHeroProfile = ({ gender, ...hero }: HeroProfile): WireHeroProfile => ({
  ...told(hero),
  gender: toGender(gender),
});

const told = ({ displayName, appearance, traits, interests, strengths, language }: Omit<HeroProfile, 'gender'>) => ({
  displayName,
  appearance,
  traits: [...traits],
  interests: [...interests],
  strengths: [...strengths],
  language,
});

const kept = ({ name, etag, createTime, updateTime }: Pick<Child, 'name' | 'etag' | 'createTime' | 'updateTime'>) => ({
  name,
  etag,
  createTime,
  updateTime,
});

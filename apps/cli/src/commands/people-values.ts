import { AgeGroup, Gender } from '@exempla/contracts/type/v1/child';
import { InvalidArgumentError } from 'commander';
import { GENDERS } from '../requests/story.ts';

const AGE_GROUPS = new Map([
  ['2-3', AgeGroup.AGE_GROUP_2_TO_3],
  ['3-5', AgeGroup.AGE_GROUP_3_TO_5],
  ['5-7', AgeGroup.AGE_GROUP_5_TO_7],
]);

export function ageGroup(text: string): AgeGroup {
  const group = AGE_GROUPS.get(text);
  if (group !== undefined) return group;
  throw new InvalidArgumentError(`"${text}" is not one of ${[...AGE_GROUPS.keys()].join(', ')}.`);
}

type Age = { $case: 'years'; value: number } | { $case: 'ageGroup'; value: AgeGroup };

/** `5` or `3-5`. */
export function ageWord(age: Age | undefined): string {
  if (age?.$case === 'years') return String(age.value);
  return [...AGE_GROUPS].find(([, group]) => group === age?.value)?.[0] ?? '';
}

export const genderWord = (gender: Gender): string =>
  Object.entries(GENDERS).find(([, value]) => value === gender)?.[0] ?? 'other';

import { Moral } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';

export const GENDERS = { female: Gender.GENDER_FEMALE, male: Gender.GENDER_MALE, other: Gender.GENDER_OTHER };
export type GenderWord = keyof typeof GENDERS;

const MORALS = new Map(
  Object.entries(Moral).flatMap(([name, value]) =>
    typeof value === 'number' && value > 0 ? [[name.replace('MORAL_', '').toLowerCase(), value] as const] : [],
  ),
);

/** A moral by its name; any other text is one of your own. */
export function lessonOf(moral: string) {
  const known = MORALS.get(moral.toLowerCase());
  return known === undefined
    ? ({ $case: 'customMoral', value: moral } as const)
    : ({ $case: 'moral', value: known } as const);
}

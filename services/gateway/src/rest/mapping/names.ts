import { AgeGroup as WireAgeGroup, Gender as WireGender } from '@exempla/contracts/type/v1/child';
import type { AgeGroup } from '../schemas/cast.ts';
import type { Gender } from '../schemas/parts.ts';

/** `stories/1` as `1`; what is not there as null. */
export const idOf = (name: string): string => name.slice(name.indexOf('/') + 1);
export const idOrNull = (name: string): string | null => (name === '' ? null : idOf(name));

/** The name of what may not be told, `children/1`; empty when it is not. */
export const nameOf = (collection: string, id: string | null | undefined): string =>
  typeof id === 'string' ? `${collection}/${id}` : '';

export const timeOf = (time: Date | undefined): string | null => time?.toISOString() ?? null;

const GENDERS: Readonly<Record<Gender, WireGender>> = {
  male: WireGender.GENDER_MALE,
  female: WireGender.GENDER_FEMALE,
  other: WireGender.GENDER_OTHER,
};
export const toGender = (gender: Gender | null | undefined): WireGender => GENDERS[gender ?? 'other'];
export const fromGender = (gender: WireGender): Gender =>
  gender === WireGender.GENDER_MALE ? 'male' : gender === WireGender.GENDER_FEMALE ? 'female' : 'other';

const AGE_GROUPS: Readonly<Record<AgeGroup, WireAgeGroup>> = {
  '2-3': WireAgeGroup.AGE_GROUP_2_TO_3,
  '3-5': WireAgeGroup.AGE_GROUP_3_TO_5,
  '5-7': WireAgeGroup.AGE_GROUP_5_TO_7,
};
export const toAgeGroup = (group: AgeGroup): WireAgeGroup => AGE_GROUPS[group];
export const fromAgeGroup = (group: WireAgeGroup): AgeGroup | null =>
  (Object.keys(AGE_GROUPS) as AgeGroup[]).find((one) => AGE_GROUPS[one] === group) ?? null;

/** Renames the beginning of a field's path: the first that fits. */
export const renaming =
  (names: readonly (readonly [message: string, body: string])[]) =>
  (field: string): string => {
    const found = names.find(
      ([message]) => field === message || field.startsWith(`${message}.`) || field.startsWith(`${message}[`),
    );
    return found ? found[1] + field.slice(found[0].length) : field;
  };

import { childName, idIn } from '@exempla/contracts';
import type {
  CreateChildRequest,
  FindChildRequest,
  UpdateChildRequest,
} from '@exempla/contracts/storage/v1/child_store_service';
import { AgeGroup, Child as WireChild, Gender } from '@exempla/contracts/type/v1/child';
import type { Age, Child, ChildContent, ExactMatch } from '../children/index.ts';
import type { CreateInput, UpdateInput } from '../records/index.ts';
import { enumNames } from './enum-names.ts';
import { checkRequest } from './request-checks.ts';

const groups = enumNames<AgeGroup>(AgeGroup, 'AGE_GROUP_');
const genders = enumNames<Gender>(Gender, 'GENDER_');

export const toGender = (gender: Gender): string => genders.toName(gender === 0 ? Gender.GENDER_OTHER : gender);
export const fromGender = (gender: string): Gender => genders.fromName(gender);

export function toAge(age: WireChild['age']): Age | undefined {
  if (age === undefined) return undefined;
  if (age.$case === 'years') return { type: 'years', years: age.value };
  return { type: 'group', group: groups.toName(age.value) };
}

export function fromAge(age: Age | undefined): WireChild['age'] {
  if (age === undefined) return undefined;
  if (age.type === 'years') return { $case: 'years', value: age.years };
  return { $case: 'ageGroup', value: groups.fromName(age.group) };
}

const toChildContent = ({ displayName, age, gender, interests }: WireChild): ChildContent => ({
  displayName,
  age: toAge(age),
  gender: toGender(gender),
  interests,
});

export const fromChild = (child: Child): WireChild => ({
  name: childName(child.id),
  displayName: child.displayName,
  age: fromAge(child.age),
  gender: fromGender(child.gender),
  interests: [...child.interests],
  etag: child.etag,
  createTime: child.createTime,
  updateTime: child.updateTime,
});

/** The rules of the protos see to it that the message is there; an empty one stands in for the type. */
const present = (child: WireChild | undefined): WireChild => child ?? WireChild.create();

export function toCreateChild(request: CreateChildRequest): CreateInput<ChildContent> {
  checkRequest(request);
  return { content: toChildContent(present(request.child)), requestId: request.requestId };
}

export function toExactMatch(request: FindChildRequest): ExactMatch {
  checkRequest(request);
  const { displayName, age, gender } = request;
  return { displayName, age: toAge(age), gender: toGender(gender) };
}

export function toUpdateChild(request: UpdateChildRequest): UpdateInput<ChildContent> {
  const child = present(request.child);
  checkRequest(request, { 'child.name': child.name });
  return { id: idIn(child.name), etag: child.etag, mask: request.updateMask ?? [], values: toChildContent(child) };
}

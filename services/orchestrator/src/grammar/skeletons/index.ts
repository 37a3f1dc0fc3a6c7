import { delivery, fireErrand, race } from './errands.ts';
import { goneQuiet, lostOne, newcomer } from './for-others.ts';
import { guardian, ownMistake, secretDoor } from './secrets.ts';
import type { Skeleton } from './skeleton.ts';

export type { Skeleton } from './skeleton.ts';

export const skeletons: readonly Skeleton[] = [
  lostOne,
  goneQuiet,
  newcomer,
  delivery,
  fireErrand,
  race,
  guardian,
  ownMistake,
  secretDoor,
];
